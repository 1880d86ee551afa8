#pragma once

#include "gateway/azure/token_identity.h"
#include "gateway/secrets/secret.h"

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <utility>

/// What is asked of a token service (sections 4.2 to 4.4 of the Azure reference). Pure functions.
namespace quaygate {

/// One HTTP request for a token.
struct TokenCall {
    QByteArray method;
    QByteArray url;
    QList<std::pair<QByteArray, QByteArray>> headers;
    /// A header that is a credential; none if the name is empty.
    QByteArray secretHeader;
    Secret secret;
    /// Holds the client secret, therefore a Secret itself.
    Secret body;
};

/// To Entra ID, with the client secret of an app registration.
TokenCall clientSecretCall(const TokenIdentity &identity, const Secret &clientSecret);

/// To the metadata service of a virtual machine, or to `identity.endpoint`, which is asked in the
/// same way; without a path it gets the metadata service's.
TokenCall imdsCall(const TokenIdentity &identity);

/// Where App Service, Functions and Container Apps say their token service is: the variables
/// IDENTITY_ENDPOINT and IDENTITY_HEADER.
struct AppServiceIdentity {
    QByteArray endpoint;
    Secret header;
};
TokenCall appServiceCall(const TokenIdentity &identity, const AppServiceIdentity &service);

/// The arguments of `az` that print a token as JSON.
QStringList azureCliArguments(const TokenIdentity &identity);

} // namespace quaygate
