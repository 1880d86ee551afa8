#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>

namespace quaygate {

/// Whose token, for what, and got how: what two backends have in common if they can share a token.
/// A value; any thread.
struct TokenIdentity {
    Auth::Kind kind = Auth::Kind::AzureCli;
    QString authority; ///< EntraClientSecret: a URL without a slash at its end
    QString tenant;    ///< EntraClientSecret; AzureCli: may be empty
    QString clientId;  ///< EntraClientSecret; EntraManagedIdentity: may be empty
    SecretReference secret;
    QString scope;
    QString endpoint; ///< EntraManagedIdentity: may be empty
    // The way to Entra ID is the way to the backend.
    QString proxy;
    QString caFile;

    /// The same for identities that are the same, and for no others. Not for people.
    QByteArray key() const;

    bool operator==(const TokenIdentity &) const = default;
};

/// True if requests of a backend are signed with a token that Quaygate gets.
bool needsToken(const Auth &auth);

/// The identity of a backend that `needsToken`. ConfigInvalid if its endpoint or authority cannot
/// be read. The built-in simulator is a public-cloud endpoint here.
Result<TokenIdentity> tokenIdentity(const Backend &backend);

} // namespace quaygate
