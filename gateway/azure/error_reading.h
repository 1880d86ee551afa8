#pragma once

#include <QByteArray>
#include <QString>

namespace quaygate {

/// What an upstream's error body says, whatever its shape (section 7 of the Azure reference: Azure
/// gateway, OpenAI, API Management, rare ones, HTML). All fields may be empty.
struct AzureError {
    QString code;
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
};

/// What a status and body mean, and the sentence that says what to do about it.
struct Explanation {
    Outcome outcome = Outcome::Works;
    QString text;
};

/// `deploymentName` and `apiVersion` are named in the sentence.
Explanation explain(int status, const QByteArray &body, const QString &deploymentName,
                    const QString &apiVersion);

} // namespace quaygate
