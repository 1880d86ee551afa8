#pragma once

#include "gateway/config/endpoint.h"

#include <QString>
#include <QStringView>

/// Azure's clouds, and where each of them signs people in (section 4.1 of the Azure reference).
/// Pure functions.
namespace quaygate {

enum class Cloud { Public, UsGovernment, China };

/// By the host's ending; a host that is none of Azure's counts as the public cloud's.
Cloud cloudOf(QStringView host);

/// Where Entra ID of that cloud is, without a path.
QString authorityOf(Cloud cloud);

/// What a token must be asked for so that the endpoint takes it: "https://…/.default". A Foundry
/// project has an audience of its own; all else takes that of Cognitive Services.
QString scopeOf(const Endpoint &endpoint);

/// The audience of a scope: "https://x" for "https://x/.default".
QString resourceOf(const QString &scope);

} // namespace quaygate
