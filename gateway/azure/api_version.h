#pragma once

#include <QString>
#include <QStringView>

/// The values of `api-version` (section 3 of the Azure reference). Pure functions.
namespace quaygate {

/// The version that stands for the dated family where a URL names none: the last dated one that is
/// not a preview.
inline constexpr QLatin1StringView defaultDatedVersion{"2024-10-21"};

/// `2024-10-21` or `2025-01-01-preview`, by form alone.
bool isDatedVersion(QStringView version);

/// One of the versions that Azure OpenAI has published. An unknown one of the dated family is
/// answered with the same 404 as a wrong path, so this tells the two apart.
bool isPublishedVersion(QStringView version);

/// True for a Backend whose requests go to `/openai/v1`: no version, `v1` or `preview`. Everything
/// else is the dated family.
bool isV1Family(QStringView version);

} // namespace quaygate
