#pragma once

#include "gateway/config/config.h"
#include "gateway/config/config_words.h"
#include "gateway/config/object_reader.h"

/// The readers of the configuration's parts. Each takes what it knows, keeps the rest as unknown,
/// and notes what is wrong. Inner part of config/.
namespace quaygate {

GatewaySettings readGateway(Reading &reading, const json::Node &node, const QString &pointer);
Backend readBackend(Reading &reading, const json::Node &node, const QString &pointer);
Route readRoute(Reading &reading, const json::Node &node, const QString &pointer);
ClientKey readClientKey(Reading &reading, const json::Node &node, const QString &pointer);

/// An object whose members are aliases, or the prices of models, every one of them.
QList<ModelAlias> readAliases(Reading &reading, const json::Node &node, const QString &pointer);
DesktopSettings readDesktop(Reading &reading, const json::Node &node, const QString &pointer);
QList<ModelPrice> readPrices(Reading &reading, const json::Node &node, const QString &pointer);

/// Takes the members of `Rules` from the object that carries them.
Rules takeRules(Reading &reading, ObjectReader &object);
QList<RateLimit> takeRateLimits(Reading &reading, ObjectReader &object);
/// Nothing if it is absent or null.
std::optional<Budget> takeBudget(Reading &reading, ObjectReader &object);

/// Reads every element of a member that is a list.
template<typename T>
QList<T> takeList(Reading &reading, ObjectReader &object, QByteArrayView key,
                  T (*readOne)(Reading &, const json::Node &, const QString &)) {
    QList<T> list;
    for (const json::Node &element : object.takeArray(key))
        list.append(
            readOne(reading, element, object.pointerTo(key) + u'/' + QString::number(list.size())));
    return list;
}

/// Reads a member that is an object into `value`, which stays as it is if there is none.
template<typename T>
void takeObject(Reading &reading, ObjectReader &object, QByteArrayView key, T &value,
                T (*read)(Reading &, const json::Node &, const QString &)) {
    if (const json::Node *const node = object.takeNode(key))
        value = read(reading, *node, object.pointerTo(key));
}

/// Reads a member that is one of the words of an enumeration.
template<typename T>
void takeWord(ObjectReader &object, QByteArrayView key, T &value) {
    QString word = wordOf(value);
    object.take(key, word);
    if (const auto known = valueOf<T>(word))
        value = *known;
    else
        object.add(
            key, QStringLiteral("\"%1\" must be %2.").arg(QString::fromLatin1(key), wordList<T>()));
}

} // namespace quaygate
