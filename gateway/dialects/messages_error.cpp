#include "gateway/dialects/messages_error.h"

#include "gateway/dialects/json_build.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

QByteArray messageOf(const UpstreamError &error) {
    if (error.code == "context_length_exceeded")
        return "prompt is too long: " + error.message;
    return error.message;
}

/// The code of an error is a status in digits, or a word.
int statusOf(const UpstreamError &error) {
    if (const int status = error.code.toInt(); status >= 400)
        return status;
    if (error.code.contains("rate_limit") || error.type.contains("rate_limit"))
        return 429;
    const bool ofClient = error.type == "invalid_request_error" || error.code == "content_filter";
    return ofClient ? 400 : 500;
}

} // namespace

QByteArray messagesErrorType(int status) {
    switch (status) {
    case 401:
        return "authentication_error";
    case 402:
        return "billing_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 413:
        return "request_too_large";
    case 429:
        return "rate_limit_error";
    case 504:
        return "timeout_error";
    case 529:
        return "overloaded_error";
    default:
        return status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
    }
}

QByteArray messagesError(QByteArrayView type, QByteArrayView message, QByteArrayView requestId) {
    const QByteArray error = ObjectText().string("type", type).string("message", message).text();
    ObjectText answer;
    answer.string("type", "error").raw("error", error);
    if (!requestId.isEmpty())
        answer.string("request_id", requestId);
    return answer.text();
}

QByteArray upstreamErrorAsMessages(int status, QByteArrayView body, QByteArrayView requestId) {
    const QByteArray message = messageOf(readUpstreamError(body));
    const QByteArray unsaid =
        "The upstream answered with status " + QByteArray::number(status) + " and did not say why.";
    return messagesError(messagesErrorType(status), message.isEmpty() ? unsaid : message,
                         requestId);
}

QByteArray streamErrorAsMessages(const UpstreamError &error) {
    const QByteArray message = messageOf(error);
    return messagesError(messagesErrorType(statusOf(error)),
                         message.isEmpty() ? "The upstream broke off and did not say why."_ba
                                           : message);
}

} // namespace quaygate::dialects
