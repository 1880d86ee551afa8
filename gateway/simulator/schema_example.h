#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QString>

namespace quaygate::simulator {

/// A value that satisfies a JSON schema, as plausible as words of `text` (what the user said) can
/// make it: enum, const, default, type, bounds, formats, required properties, anyOf, allOf, local
/// $ref. `pattern` and the like are not looked at. Bounded, whatever the schema says.
QJsonValue exampleFor(const QJsonObject &schema, const QString &text);

} // namespace quaygate::simulator
