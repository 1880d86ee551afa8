#pragma once

#include <QByteArray>
#include <QString>

namespace quaygate {

/// What an upstream's error body says, whatever its shape (section 7 of the Azure reference: Azure
/// gateway, OpenAI, API Management, rare ones, HTML). All fields may be empty.
struct AzureError {
    /// As on the wire; a number is given in digits. The inner error's code where the outer has
    /// none.
    QString code;
    /// One line, shortened if it is very long; the title of an HTML page.
    QString message;
    QString type;
    QString param;
};

AzureError readAzureError(const QByteArray &body);

/// The outcomes that a person can act on.
enum class Outcome {
    Works,
    WrongKey,
    KeyAuthDisabled,
    NoPermission,
    NetworkBlocked,
    DeploymentNotFound,
    VersionNotSupported,
    WrongAddress,
    NotAChatModel,
    RateLimited,
    ContentFiltered,
    Refused,
    ServiceDown,
    SignInFailed, ///< there is no token to send; never made by `explain`
    Unreachable,  ///< no answer came at all; never made by `explain`
};

/// What a status and body mean, and the sentence that says what to do about it.
struct Explanation {
    Outcome outcome = Outcome::Works;
    QString text;
};

/// What a request was signed with, which decides what a refusal means.
enum class SignedWith {
    Key,
    Token,   ///< of Entra ID
    Nothing, ///< the clients' credentials are passed on, and there was no client
};

/// `deploymentName` and `apiVersion` are named in the sentence. An error that is about the request
/// and not about the backend (an unsupported parameter, say) is `Refused`, with Azure's own
/// message: the deployment itself answers.
Explanation explain(int status, const QByteArray &body, const QString &deploymentName,
                    const QString &apiVersion, SignedWith signedWith = SignedWith::Key);

/// True if an answer to a request with a token says that it has expired, or is one of those in
/// which Azure does not tell that from other defects: another token may help. `wwwAuthenticate` is
/// the header of that name.
bool saysTokenExpired(int status, QByteArrayView wwwAuthenticate, const QByteArray &body);

} // namespace quaygate
