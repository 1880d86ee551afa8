#pragma once

#include "gateway/dialects/json_view.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QByteArrayView>

namespace quaygate::dialects {

/// Puts a JSON object together as text, members in the order they are added. Keys are plain names
/// of an API, without anything to escape. A value; any thread.
class ObjectText {
public:
    /// `value` is JSON.
    ObjectText &raw(QByteArrayView key, QByteArrayView value);
    /// Nothing if the value is absent or `null`.
    ObjectText &rawIf(QByteArrayView key, const JsonView &value);
    ObjectText &string(QByteArrayView key, QByteArrayView utf8);
    ObjectText &number(QByteArrayView key, qint64 value);
    ObjectText &boolean(QByteArrayView key, bool value);
    ObjectText &null(QByteArrayView key) { return raw(key, "null"); }
    /// The members of another one.
    ObjectText &members(const ObjectText &other);

    bool isEmpty() const { return m_members.isEmpty(); }
    QByteArray text() const { return '{' + m_members + '}'; }

private:
    QByteArray m_members;
};

/// A JSON array of values that are JSON.
QByteArray arrayText(const QByteArrayList &values);

/// A JSON string literal of UTF-8 text.
QByteArray quoted(QByteArrayView utf8);

/// A JSON string literal of the inside of one: what is escaped already.
QByteArray literal(QByteArrayView inside);

} // namespace quaygate::dialects
