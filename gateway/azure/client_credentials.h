#pragma once

#include "gateway/config/config.h"
#include "gateway/secrets/secret.h"

#include <QByteArrayView>
#include <QList>

/// The client's own credentials, for a backend that passes them on (section 4.1 of the Azure
/// reference). Pure functions.
namespace quaygate {

/// One request header that is a credential.
struct CredentialHeader {
    QByteArray name;
    Secret value;
};

/// True if a header of the client is one that such a backend sends on: `api-key`, `Authorization`,
/// `x-api-key`, `Ocp-Apim-Subscription-Key` and `auth.header`.
bool isPassedOn(const Auth &auth, QByteArrayView name);

/// What goes upstream of the client's headers for which `isPassedOn` holds. As they are, but for
/// this: Azure takes a key as a bearer token on the v1 family only, so on the dated one a bearer
/// that is no token is sent as the key that it is; and an Azure host gets one credential, the key,
/// where a client sends two.
QList<CredentialHeader> passedOn(const Backend &backend, QList<CredentialHeader> fromClient);

} // namespace quaygate
