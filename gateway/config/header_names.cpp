#include "gateway/config/header_names.h"

#include <algorithm>
#include <array>

namespace quaygate {

namespace {

template<std::size_t N>
bool isOneOf(QByteArrayView name, const std::array<QByteArrayView, N> &names) {
    return std::any_of(names.begin(), names.end(), [&](QByteArrayView one) {
        return name.compare(one, Qt::CaseInsensitive) == 0;
    });
}

bool isTokenCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

} // namespace

bool isHeaderName(QByteArrayView name) {
    return !name.isEmpty() && std::all_of(name.begin(), name.end(), isTokenCharacter);
}

bool isCredentialHeader(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 18> credentials{
        "authorization",
        "proxy-authorization",
        "api-key",
        "api_key",
        "apikey",
        "x-api-key",
        "x-goog-api-key",
        "ocp-apim-subscription-key",
        "subscription-key",
        "x-functions-key",
        "x-auth-token",
        "x-amz-security-token",
        "x-identity-header",
        "x-ms-token-aad-access-token",
        "x-ms-token-aad-id-token",
        "x-ms-client-principal",
        "cookie",
        "set-cookie",
    };
    return isOneOf(name, credentials);
}

bool isFramingHeader(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 16> framing{
        "host",   "connection",      "keep-alive",        "proxy-connection",
        "te",     "trailer",         "transfer-encoding", "upgrade",
        "expect", "content-length",  "content-type",      "content-encoding",
        "accept", "accept-encoding", "http2-settings",    "range",
    };
    return isOneOf(name, framing);
}

} // namespace quaygate
