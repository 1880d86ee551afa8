#pragma once

#include <QString>
#include <QStringList>

namespace quaygate {

/// `base` if it is not taken, else the first of `base-2`, `base-3`, … that is not; cut so that it
/// is a valid name. For a form that proposes a name.
QString uniqueName(const QString &base, const QStringList &taken);

/// The most characters that a name of a backend, route or secret may have.
inline constexpr qsizetype maxNameLength = 64;

} // namespace quaygate
