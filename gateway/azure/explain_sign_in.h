#pragma once

#include "gateway/azure/token_identity.h"
#include "gateway/result.h"

#include <QByteArray>

/// Why there is no token, in a sentence that says what to do. All are SignInFailed; `detail` is
/// what the service or program said, in one line. Pure functions.
namespace quaygate {

/// An answer of Entra ID other than 200. Known by the AADSTS number, else by the status.
Error explainEntraError(const TokenIdentity &identity, int status, const QByteArray &body);

/// An answer other than 200 of the machine's token service.
Error explainManagedIdentityError(const TokenIdentity &identity, int status,
                                  const QByteArray &body);

/// No answer of the metadata service at all: `failure` is what the way to it ended in.
Error explainNoMetadataService(const TokenIdentity &identity, const Error &failure);

/// `az` ended with that exit code, or printed no token, and wrote this to its error output.
Error explainAzureCliError(const TokenIdentity &identity, int exitCode, const QByteArray &errors);

/// There is no `az` on the PATH.
Error azureCliMissing();
/// It has not ended in this many seconds.
Error azureCliHangs(int seconds);
/// It could not be started, or crashed.
Error azureCliBroken(const QString &detail);

} // namespace quaygate
