#pragma once

#include "gateway/config/config.h"
#include "gateway/http/header_list.h"
#include "gateway/result.h"
#include "gateway/rules/name_pattern.h"

#include <QByteArrayView>

#include <array>
#include <unordered_map>
#include <vector>

class QHostAddress;

namespace quaygate {

/// Which mode holds for a gateway bound to that address: whoever can be reached from other machines
/// wants a key, whatever the settings say.
GatewaySettings::ClientKeys clientKeysAt(GatewaySettings::ClientKeys wanted,
                                         const QHostAddress &bound);

/// One client key made ready for requests. Points into the snapshot that it was made of.
class KnownClientKey {
public:
    explicit KnownClientKey(const ClientKey &key);

    const ClientKey &key() const { return *m_key; }

    /// RouteNotAllowed. Where the model alone chose the backend the route has no name, and a key
    /// for certain routes only may not go there.
    Result<void> mayUse(QByteArrayView routeName) const;
    /// ModelNotAllowed. `model` as the client names it; where it names none, or where the route
    /// does not care for what it says, the deployment that answers.
    Result<void> mayAsk(QByteArrayView model) const;

private:
    const ClientKey *m_key;
    NamePatterns m_routes;
    NamePatterns m_models;
};

/// The client keys of a snapshot, found by what a request presents. Made once of a snapshot, to
/// which it points; then only read, by any thread.
class ClientKeyRing {
public:
    explicit ClientKeyRing(const QList<ClientKey> &keys);

    /// The first key of ours in `Authorization: Bearer`, `api-key` or `x-api-key`, whatever else
    /// these say: a request may carry a credential for its backend too. The handshake of a
    /// WebSocket, to which a browser can add no header, may have it as `api-key` in its query or
    /// as the subprotocol `openai-insecure-api-key.KEY`. Null: it has none and needs none. With Off
    /// nothing is looked at.
    ///
    /// ClientKeyMissing, ClientKeyWrong. With Optional only what looks like a key of Quaygate's can
    /// be wrong, for a library that must be given some key says "none" or "sk-…".
    Result<const KnownClientKey *> find(const HeaderList &headers, GatewaySettings::ClientKeys mode,
                                        QByteArrayView query = {}) const;

    /// True if the value of a credential header is a client key: one of these, or what looks like
    /// one. In no mode may it go to a backend that passes the client's credentials on.
    bool isClientKey(QByteArrayView headerValue) const;
    /// Takes every such header out of a request that is to be sent on.
    void removeFrom(HeaderList &headers) const;

private:
    /// A SHA-256.
    struct Digest {
        std::array<char, 32> bytes;
    };
    /// The digest is as good a hash as any; compared in constant time.
    struct Hash {
        std::size_t operator()(const Digest &digest) const;
    };
    struct Equal {
        bool operator()(const Digest &a, const Digest &b) const;
    };

    static Digest digestOf(QByteArrayView text);
    const KnownClientKey *of(QByteArrayView text) const;

    std::vector<KnownClientKey> m_keys;
    std::unordered_map<Digest, std::size_t, Hash, Equal> m_byDigest; ///< to a place in m_keys
};

} // namespace quaygate
