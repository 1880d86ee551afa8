#pragma once

#include "gateway/traffic/traffic_record.h"

#include <QJsonArray>
#include <QList>
#include <QString>

namespace quaygate::traffic {

/// The lists of a record as JSON, for the store and for `quaygate traffic --json`.
QJsonArray attemptsJson(const QList<Attempt> &attempts);
QJsonArray verdictsJson(const QList<RuleVerdict> &verdicts);

/// The same as text, empty for an empty list; and back, where a text that is none is an empty list.
QByteArray attemptsText(const QList<Attempt> &attempts);
QByteArray verdictsText(const QList<RuleVerdict> &verdicts);
QList<Attempt> attemptsOf(const QString &text);
QList<RuleVerdict> verdictsOf(const QString &text);

} // namespace quaygate::traffic
