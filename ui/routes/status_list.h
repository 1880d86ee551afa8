#pragma once

#include <QList>
#include <QString>

#include <optional>

/// HTTP statuses as people write them in one field. Pure functions.
namespace quaygate {

/// "408, 429".
QString writeStatuses(const QList<int> &statuses);
/// Commas or blanks between them; empty: none. Nothing if something else stands there.
std::optional<QList<int>> readStatuses(const QString &text);

} // namespace quaygate
