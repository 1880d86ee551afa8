#include "gateway/rules/client_key_ring.h"

#include "gateway/rules/client_key.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QVarLengthArray>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using Mode = GatewaySettings::ClientKeys;

/// What is longer is no client key, but perhaps a token of Entra ID, which has kilobytes.
constexpr qsizetype longestKey = 256;
/// How many credentials of one request are looked at: nobody sends more, and each costs a hash.
constexpr int mostPresented = 8;

/// The text after "Bearer", or all of it.
QByteArrayView withoutScheme(QByteArrayView value) {
    constexpr QByteArrayView scheme{"Bearer"};
    if (value.size() <= scheme.size() || !sameLetters(value.first(scheme.size()), scheme) ||
        value[scheme.size()] != ' ')
        return value;
    return value.sliced(scheme.size()).trimmed();
}

bool holdsClientKey(QByteArrayView header) {
    return sameHeader(header, "Authorization") || sameHeader(header, "api-key") ||
           sameHeader(header, "x-api-key");
}

/// What a request presents as keys; views into it.
using Presented = QVarLengthArray<QByteArrayView, mostPresented>;

void present(Presented &presented, QByteArrayView text) {
    if (!text.isEmpty() && presented.size() < mostPresented)
        presented.append(text);
}

/// Each part of a list, in turn.
template<typename Each>
void forEachPart(QByteArrayView list, char separator, Each each) {
    while (!list.isEmpty()) {
        const qsizetype end = list.indexOf(separator);
        each((end < 0 ? list : list.first(end)).trimmed());
        list = end < 0 ? QByteArrayView() : list.sliced(end + 1);
    }
}

/// Where the handshake of a WebSocket may have a key, beside its headers.
void presentHandshake(Presented &presented, const HeaderList &headers, QByteArrayView query) {
    constexpr QByteArrayView protocol{"openai-insecure-api-key."};
    constexpr QByteArrayView parameter{"api-key="};
    const auto offered = headers.find("Sec-WebSocket-Protocol");
    forEachPart(offered.value_or(QByteArrayView()), ',', [&](QByteArrayView name) {
        if (name.startsWith(protocol))
            present(presented, name.sliced(protocol.size()));
    });
    forEachPart(query, '&', [&](QByteArrayView one) {
        if (one.startsWith(parameter))
            present(presented, one.sliced(parameter.size()));
    });
}

Presented presentedBy(const HeaderList &headers, QByteArrayView query) {
    Presented presented;
    for (const Header &header : headers) {
        if (holdsClientKey(header.name))
            present(presented, withoutScheme(header.value));
    }
    if (headers.contains("Sec-WebSocket-Key"))
        presentHandshake(presented, headers, query);
    return presented;
}

Error keyMissing() {
    return {ErrorCode::ClientKeyMissing,
            u"This gateway wants a client key, and the request has none; make one with `quaygate "
            "client-key add NAME` and give it to your tool as its API key."_s,
            {}};
}

Error keyWrong() {
    return {ErrorCode::ClientKeyWrong,
            u"The API key of the request is no client key of this gateway; make one with `quaygate "
            "client-key add NAME` and give it to your tool as its API key."_s,
            {}};
}

QString listed(const QStringList &patterns) {
    constexpr qsizetype most = 10;
    if (patterns.isEmpty())
        return u"none"_s;
    return patterns.first(std::min(patterns.size(), most)).join(u", "_s) +
           (patterns.size() > most ? u", …"_s : QString());
}

QString shown(QByteArrayView text) {
    return QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 200)));
}

} // namespace

Mode clientKeysAt(Mode wanted, const QHostAddress &bound) {
    return bound.isLoopback() ? wanted : Mode::Required;
}

KnownClientKey::KnownClientKey(const ClientKey &key)
    : m_key(&key), m_routes(key.routes), m_models(key.models) {
}

Result<void> KnownClientKey::mayUse(QByteArrayView routeName) const {
    if (m_routes.match(routeName))
        return {};
    const QString where = routeName.isEmpty() ? u"the paths that belong to no route"_s
                                              : u"the route \"%1\""_s.arg(shown(routeName));
    return Error{ErrorCode::RouteNotAllowed,
                 u"The client key \"%1\" may not use %2; its routes are: %3."_s.arg(
                     m_key->name, where, listed(m_key->routes)),
                 {}};
}

Result<void> KnownClientKey::mayAsk(QByteArrayView model) const {
    if (m_models.match(model))
        return {};
    return Error{ErrorCode::ModelNotAllowed,
                 u"The client key \"%1\" may not use the model \"%2\"; its models are: %3."_s.arg(
                     m_key->name, shown(model), listed(m_key->models)),
                 {}};
}

std::size_t ClientKeyRing::Hash::operator()(const Digest &digest) const {
    std::size_t hash = 0;
    std::memcpy(&hash, digest.bytes.data(), sizeof hash);
    return hash;
}

bool ClientKeyRing::Equal::operator()(const Digest &a, const Digest &b) const {
    unsigned char different = 0;
    for (std::size_t i = 0; i < a.bytes.size(); ++i)
        different |= static_cast<unsigned char>(a.bytes[i] ^ b.bytes[i]);
    return different == 0;
}

ClientKeyRing::ClientKeyRing(const QList<ClientKey> &keys) {
    m_keys.reserve(std::size_t(keys.size()));
    m_byDigest.reserve(std::size_t(keys.size()));
    for (const ClientKey &key : keys) {
        const QByteArray bytes = digestOfHash(key.hash);
        Digest digest;
        if (bytes.size() != qsizetype(digest.bytes.size()))
            continue; // no key has it, so none is let in by it
        std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
        m_byDigest.emplace(digest, m_keys.size());
        m_keys.emplace_back(key);
    }
}

ClientKeyRing::Digest ClientKeyRing::digestOf(QByteArrayView text) {
    const QByteArray bytes = QCryptographicHash::hash(text, QCryptographicHash::Sha256);
    Digest digest;
    std::copy(bytes.begin(), bytes.end(), digest.bytes.begin());
    return digest;
}

const KnownClientKey *ClientKeyRing::of(QByteArrayView text) const {
    if (m_keys.empty() || text.isEmpty() || text.size() > longestKey)
        return nullptr;
    const auto found = m_byDigest.find(digestOf(text));
    return found == m_byDigest.end() ? nullptr : &m_keys[found->second];
}

Result<const KnownClientKey *> ClientKeyRing::find(const HeaderList &headers, Mode mode,
                                                   QByteArrayView query) const {
    if (mode == Mode::Off)
        return nullptr;
    const Presented presented = presentedBy(headers, query);
    for (const QByteArrayView text : presented) {
        if (const KnownClientKey *const key = of(text))
            return key;
    }
    const bool isOurs = std::any_of(presented.begin(), presented.end(), looksLikeClientKey);
    if (isOurs || (!presented.isEmpty() && mode == Mode::Required))
        return keyWrong();
    return mode == Mode::Required ? Result<const KnownClientKey *>(keyMissing()) : nullptr;
}

bool ClientKeyRing::isClientKey(QByteArrayView headerValue) const {
    const QByteArrayView text = withoutScheme(headerValue);
    return looksLikeClientKey(text) || of(text);
}

void ClientKeyRing::removeFrom(HeaderList &headers) const {
    const auto isOurs = [this](const Header &header) {
        const bool isCredential =
            holdsClientKey(header.name) || sameHeader(header.name, "Ocp-Apim-Subscription-Key");
        return isCredential && isClientKey(header.value);
    };
    bool any = false;
    for (const Header &header : headers)
        any = any || isOurs(header);
    if (!any)
        return;
    HeaderList kept;
    for (const Header &header : headers) {
        if (!isOurs(header))
            kept.append(header.name, header.value);
    }
    headers = std::move(kept);
}

} // namespace quaygate
