#pragma once

#include <QString>
#include <QStringView>

/// What a host name says about the service behind it (section 1.1 of the Azure reference). Hosts
/// are lower case, without port. Pure functions.
namespace quaygate {

/// A resource's own or regional endpoint, in any cloud. Such a host serves `/openai/…` at its root
/// and knows no path prefix.
bool isAzureHost(QStringView host);

/// `{resource}.services.ai.azure.*`, the only host whose bare `/models` is the Model Inference API.
bool isFoundryHost(QStringView host);

/// Serverless endpoints and GitHub Models: OpenAI-shaped, but they take `Authorization: Bearer`
/// only.
bool wantsBearer(QStringView host);

/// `r.privatelink.openai.azure.com` is the DNS target of a private endpoint; certificates are for
/// `r.openai.azure.com`, which resolves to the same address inside that network.
QString withoutPrivateLink(const QString &host);

} // namespace quaygate
