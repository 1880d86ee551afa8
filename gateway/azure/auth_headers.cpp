#include "gateway/azure/auth_headers.h"

#include "gateway/azure/token_identity.h"

#include <QByteArray>

#include <algorithm>
#include <array>

namespace quaygate {

namespace {

constexpr QByteArrayView authorization{"Authorization"};

bool sameName(QByteArrayView a, QByteArrayView b) {
    return a.size() == b.size() && a.compare(b, Qt::CaseInsensitive) == 0;
}

bool startsWithName(QByteArrayView name, QByteArrayView start) {
    return name.size() > start.size() && sameName(name.first(start.size()), start);
}

template<std::size_t N>
bool isOneOf(QByteArrayView name, const std::array<QByteArrayView, N> &names) {
    return std::any_of(names.begin(), names.end(),
                       [&](QByteArrayView one) { return sameName(name, one); });
}

} // namespace

QByteArray credentialHeader(const Auth &auth) {
    if (needsToken(auth))
        return authorization.toByteArray();
    return auth.header.isEmpty() ? apiKeyHeader.toByteArray() : auth.header.toLatin1();
}

Secret credentialValue(const Auth &auth, const Secret &secret) {
    if (secret.isEmpty() || !sameName(credentialHeader(auth), authorization))
        return secret;
    QByteArray value;
    value.reserve(7 + secret.size());
    value.append("Bearer ").append(secret.reveal());
    return Secret(std::move(value));
}

SignedWith signedWith(const Auth &auth) {
    if (auth.kind == Auth::Kind::Passthrough)
        return SignedWith::Nothing;
    return needsToken(auth) ? SignedWith::Token : SignedWith::Key;
}

bool isForwardable(QByteArrayView name) {
    static constexpr std::array<QByteArrayView, 10> wanted{
        "accept",
        "content-type",
        "user-agent",
        "x-ms-client-request-id",
        "x-ms-useragent",
        "x-ms-spillover-deployment",
        "x-policy-id",
        // The Model Inference API's way to treat unknown members of the body.
        "extra-parameters",
        "idempotency-key",
        "x-request-id",
    };
    // Feature opt-ins: aoai-evals, x-ms-oai-image-generation-deployment and their like.
    return isOneOf(name, wanted) || startsWithName(name, "aoai-") ||
           startsWithName(name, "x-ms-oai-") ||
           // What the simulator is asked to do; Azure ignores it.
           startsWithName(name, "x-simulator-");
}

} // namespace quaygate
