#include "gateway/pipeline/error_answer.h"

#include "gateway/json/json_text.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Row {
    int status;
    const char *type;
    const char *code;
};

/// No default: a new ErrorCode must find its answer here.
Row rowOf(ErrorCode code) {
    constexpr const char *invalid = "invalid_request_error";
    constexpr const char *server = "server_error";
    constexpr const char *upstream = "upstream_error";
    constexpr const char *credentials = "authentication_error";
    constexpr const char *permission = "permission_error";
    switch (code) {
    case ErrorCode::BadRequest:
        return {400, invalid, "bad_request"};
    case ErrorCode::BodyNotJson:
        return {400, invalid, "body_not_json"};
    case ErrorCode::BodyTooLarge:
        return {413, invalid, "body_too_large"};
    case ErrorCode::HeadersTooLarge:
        return {431, invalid, "headers_too_large"};
    case ErrorCode::TargetTooLong:
        return {414, invalid, "target_too_long"};
    case ErrorCode::RequestTimeout:
        return {408, invalid, "request_timeout"};
    case ErrorCode::UnsupportedContentType:
        return {415, invalid, "unsupported_content_type"};
    case ErrorCode::ForbiddenHost:
        return {403, invalid, "forbidden_host"};
    case ErrorCode::ForbiddenOrigin:
        return {403, invalid, "forbidden_origin"};
    case ErrorCode::NoRoute:
        return {404, invalid, "no_route"};
    case ErrorCode::MethodNotAllowed:
        return {405, invalid, "method_not_allowed"};
    case ErrorCode::UnknownOperation:
        return {404, invalid, "unknown_operation"};
    case ErrorCode::ModelNotFound:
        return {404, invalid, "model_not_found"};
    case ErrorCode::Overloaded:
        return {503, server, "overloaded"};
    case ErrorCode::ClientKeyMissing:
        return {401, credentials, "client_key_missing"};
    case ErrorCode::ClientKeyWrong:
        return {401, credentials, "client_key_wrong"};
    case ErrorCode::RouteNotAllowed:
        return {403, permission, "route_not_allowed"};
    case ErrorCode::ModelNotAllowed:
        return {403, permission, "model_not_allowed"};
    case ErrorCode::RateLimited:
        return {429, "rate_limit_error", "rate_limit_exceeded"};
    case ErrorCode::BudgetExceeded:
        // The type by which OpenAI's clients know that waiting a moment does not help.
        return {429, "insufficient_quota", "budget_exceeded"};
    case ErrorCode::GuardRejected:
        return {403, invalid, "guard_rejected"};
    case ErrorCode::SecretNotFound:
        return {503, credentials, "secret_not_found"};
    case ErrorCode::SecretStoreLocked:
        return {503, credentials, "keychain_locked"};
    case ErrorCode::SecretStoreMissing:
        return {503, credentials, "keychain_missing"};
    case ErrorCode::VariableNotSet:
        return {503, credentials, "variable_not_set"};
    case ErrorCode::SignInFailed:
        return {503, credentials, "sign_in_failed"};
    case ErrorCode::CredentialMissing:
        return {401, credentials, "credential_missing"};
    case ErrorCode::NameNotResolved:
        return {502, upstream, "name_not_resolved"};
    case ErrorCode::ConnectionRefused:
        return {502, upstream, "connection_refused"};
    case ErrorCode::ConnectionFailed:
        return {502, upstream, "connection_failed"};
    case ErrorCode::TlsFailed:
        return {502, upstream, "tls_failed"};
    case ErrorCode::ProxyFailed:
        return {502, upstream, "proxy_failed"};
    case ErrorCode::TimedOut:
        return {504, upstream, "timeout"};
    case ErrorCode::UpstreamClosed:
        return {502, upstream, "upstream_closed"};
    case ErrorCode::UpstreamProtocol:
        return {502, upstream, "upstream_protocol"};
    case ErrorCode::AddressInUse:
    case ErrorCode::AddressNotAvailable:
    case ErrorCode::InvalidAddress:
    case ErrorCode::ConfigInvalid:
    case ErrorCode::FileUnreadable:
    case ErrorCode::FileUnwritable:
    case ErrorCode::FileChanged:
    case ErrorCode::Cancelled:
    case ErrorCode::Internal:
        break;
    }
    return {500, server, "internal"};
}

} // namespace

ErrorAnswer errorAnswer(const Error &error) {
    const Row row = rowOf(error.code);
    QByteArray body = "{\"error\":{\"message\":" + json::quote(error.message);
    body += ",\"type\":\""_ba + row.type + "\",\"code\":\"" + row.code + "\",\"param\":null}}\n";
    return {row.status, {{"Content-Type", "application/json"}}, body};
}

QByteArray errorWord(ErrorCode code) {
    return rowOf(code).code;
}

} // namespace quaygate
