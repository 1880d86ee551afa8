#pragma once

#include <QJsonObject>
#include <QString>

namespace quaygate::simulator {

/// A string that satisfies the format and the length of a JSON schema, for the property `name`: a
/// name from the user's text where a place or a person is asked for, the whole text for a query,
/// else a word made of the property's name.
QString stringExample(const QJsonObject &rules, const QString &name, const QString &text);

} // namespace quaygate::simulator
