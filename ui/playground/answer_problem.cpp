#include "ui/playground/answer_problem.h"

#include "gateway/azure/auth_headers.h"
#include "gateway/azure/error_reading.h"

#include <QSet>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString textOrStatus(const AzureError &error, int status) {
    if (!error.message.isEmpty())
        return error.message;
    return u"The service answered with status %1 and no explanation."_s.arg(status);
}

/// The gateway's own errors say what to do already; Azure's have to be explained. Azure writes its
/// codes otherwise ("DeploymentNotFound", "404").
bool isOurOwn(const AzureError &error) {
    static const QSet<QString> codes{
        u"bad_request"_s,
        u"body_not_json"_s,
        u"body_too_large"_s,
        u"headers_too_large"_s,
        u"target_too_long"_s,
        u"request_timeout"_s,
        u"unsupported_content_type"_s,
        u"sign_in_failed"_s,
        u"credential_missing"_s,
        u"forbidden_host"_s,
        u"forbidden_origin"_s,
        u"no_route"_s,
        u"method_not_allowed"_s,
        u"unknown_operation"_s,
        u"overloaded"_s,
        u"client_key_missing"_s,
        u"client_key_wrong"_s,
        u"route_not_allowed"_s,
        u"model_not_allowed"_s,
        u"rate_limit_exceeded"_s,
        u"budget_exceeded"_s,
        u"guard_rejected"_s,
        u"secret_not_found"_s,
        u"keychain_locked"_s,
        u"keychain_missing"_s,
        u"variable_not_set"_s,
        u"name_not_resolved"_s,
        u"connection_refused"_s,
        u"connection_failed"_s,
        u"tls_failed"_s,
        u"proxy_failed"_s,
        u"timeout"_s,
        u"upstream_closed"_s,
        u"upstream_protocol"_s,
        u"internal"_s,
    };
    return codes.contains(error.code);
}

/// A sentence on what the refused request was signed with.
QString signature(const Auth &auth) {
    switch (auth.kind) {
    case Auth::Kind::Keychain:
        return u" The key is “%1” in the keychain."_s.arg(auth.name);
    case Auth::Kind::Environment:
        return u" The key is that of the environment variable %1."_s.arg(auth.name);
    case Auth::Kind::EntraClientSecret:
        return u" The token is that of the application %1."_s.arg(auth.clientId);
    case Auth::Kind::EntraManagedIdentity:
        return auth.clientId.isEmpty()
                   ? u" The token is that of this machine's managed identity."_s
                   : u" The token is that of the managed identity %1."_s.arg(auth.clientId);
    case Auth::Kind::AzureCli:
        return u" The token is that of whoever ran “az login” on this computer."_s;
    case Auth::Kind::Passthrough:
    case Auth::Kind::None:
        break;
    }
    return {};
}

} // namespace

AnswerProblem problemOfStatus(int status, const QByteArray &body, const ChatTarget &target) {
    const AzureError error = readAzureError(body);
    if (error.code == "credential_missing"_L1)
        return {u"This route passes on the credential that each tool sends itself, and the "
                "playground has none. Choose a route whose backend signs in by itself."_s,
                error.message};
    if (isOurOwn(error))
        return {textOrStatus(error, status), {}};
    if (status >= 300 && status < 400)
        return {u"The service redirects to another address (status %1), and redirects are not "
                "followed. Correct the endpoint of the backend."_s.arg(status),
                {}};
    const Explanation explanation =
        explain(status, body, target.deploymentName, target.apiVersion, signedWith(target.auth));
    QString text = explanation.text.isEmpty() ? textOrStatus(error, status) : explanation.text;
    if (explanation.outcome == Outcome::WrongKey || explanation.outcome == Outcome::NoPermission)
        text += signature(target.auth);
    return {text, text.contains(error.message) ? QString() : error.message};
}

AnswerProblem problemOfStreamError(const QByteArray &body, const ChatTarget &target) {
    const AzureError error = readAzureError(body);
    bool isStatus = false;
    const int status = error.code.toInt(&isStatus);
    if (isStatus && status >= 400 && status < 600)
        return problemOfStatus(status, body, target);
    const QString said = error.message.isEmpty() ? u"no explanation"_s : error.message;
    return {u"The service broke off with an error. Try again."_s, said};
}

AnswerProblem problemOfConnection(QNetworkReply::NetworkError error, const QString &libraryText,
                                  const ChatTarget &target) {
    const QString place = target.url.authority();
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return {u"Nothing answers at %1. Start the gateway, then try again."_s.arg(place), {}};
    case QNetworkReply::RemoteHostClosedError:
        return {
            u"The gateway at %1 closed the connection before it answered. Try again."_s.arg(place),
            {}};
    case QNetworkReply::TimeoutError:
        return {u"The gateway at %1 did not answer in time. Try again."_s.arg(place), {}};
    default:
        return {u"The gateway at %1 could not be asked. Check that it is running, then try again."_s
                    .arg(place),
                libraryText};
    }
}

AnswerProblem problemOfContentType(const QByteArray &contentType) {
    const QString type =
        contentType.isEmpty()
            ? u"no content type"_s
            : QString::fromLatin1(contentType.first(std::min<qsizetype>(contentType.size(), 80)));
    return {
        u"The answer is not a chat completion (%1). Check that the endpoint of the backend is an "
        "Azure OpenAI resource."_s.arg(type),
        {}};
}

AnswerProblem problemOfCut(const AnswerReader &answer) {
    if (answer.overflowed())
        return {u"The answer was longer than %L1 characters; the rest was not kept."_s.arg(
                    AnswerReader::maxCharacters),
                {}};
    if (answer.sawNonsense() && answer.text().isEmpty())
        return {u"The service sent something that is not a chat completion. Check the backend."_s,
                {}};
    if (answer.text().isEmpty())
        return {u"The connection ended before any text arrived. Try again."_s, {}};
    return {u"The connection broke before the answer was complete. What arrived is kept."_s, {}};
}

QString noteOnEnd(const AnswerReader &answer) {
    const QString &reason = answer.finishReason();
    if (reason == "content_filter"_L1)
        return answer.text().isEmpty()
                   ? u"Azure's content filter held the answer back. Say it differently and try again."_s
                   : u"Azure's content filter cut the answer short."_s;
    if (reason == "length"_L1)
        return answer.text().isEmpty()
                   ? u"The token limit was used up before any text came: a reasoning model thinks "
                     "first. Raise “Max tokens” or switch it off."_s
                   : u"The answer reached the token limit. Raise “Max tokens” or ask to go on."_s;
    if (answer.refused())
        return u"The model declined to answer."_s;
    if (answer.text().isEmpty())
        return u"The model answered with no text."_s;
    return {};
}

bool refusesStreamOptions(int status, const QByteArray &body) {
    if (status != 400)
        return false;
    const AzureError error = readAzureError(body);
    return error.param.startsWith("stream_options"_L1) ||
           error.message.contains("stream_options"_L1) ||
           error.message.contains("include_usage"_L1);
}

} // namespace quaygate
