#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "gateway/config/ranges.h"
#include "gateway/json/json_text.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include <chrono>
#include <optional>

namespace quaygate {

/// A text being read, and what is wrong with it so far.
struct Reading {
    /// Nobody reads more, and each costs a walk through the text for its line.
    static constexpr qsizetype maxProblems = 100;

    QByteArrayView text;
    Problems problems;

    bool isFull() const { return problems.size() >= maxProblems; }
    void add(const json::Node &node, const QString &pointer, const QString &message);
};

/// Takes the members of one JSON object by name and type, notes what is wrong with them, and keeps
/// what nobody took. Inner part of config/; borrows all it is given.
class ObjectReader {
public:
    /// `what` names the object in messages: "“gateway”", "A backend".
    ObjectReader(Reading &reading, const json::Node &node, QString pointer, const QString &what);

    /// Each leaves `value` alone if the member is absent or of another type; the latter is a
    /// problem.
    void take(QByteArrayView key, QString &value);
    void takeWholeNumber(QByteArrayView key, Range range, int &value);
    void takeWholeNumber(QByteArrayView key, LargeRange range, qint64 &value);
    void takeNumber(QByteArrayView key, NumberRange range, double &value);
    void take(QByteArrayView key, bool &value);
    void take(QByteArrayView key, std::chrono::milliseconds &value);

    /// A list of texts, or of whole numbers. An element of another type is a problem of its own,
    /// and an empty text (0) stands in for it.
    void take(QByteArrayView key, QStringList &values);
    void takeWholeNumbers(QByteArrayView key, Range range, QList<int> &values);

    /// The member if it is there, whatever its type, with its pointer for a reader of its own.
    const json::Node *takeNode(QByteArrayView key);
    /// The elements of a member that is an array; empty if it is absent or (a problem) something
    /// else.
    const std::vector<json::Node> &takeArray(QByteArrayView key);

    QString pointerTo(QByteArrayView key) const;
    bool has(QByteArrayView key) const { return m_node.find(key) != nullptr; }
    /// Notes a problem with a member, or with the object if it has no such member.
    void add(QByteArrayView key, const QString &message);
    /// The same with an element of a member that is a list.
    void addAt(QByteArrayView key, qsizetype index, const QString &message);

    /// The value of one of this object's members, to the byte.
    QByteArray bytesOf(const json::Node &node) const;
    /// The members that were not taken, to the byte.
    QList<UnknownMember> rest() const;

private:
    void refuseDuplicates();
    std::optional<double> number(const json::Node &node) const;

    Reading &m_reading;
    const json::Node &m_node;
    QString m_pointer;
    QList<QByteArray> m_taken;
};

/// A JSON pointer to a member of what `pointer` points to (RFC 6901).
QString memberPointer(const QString &pointer, QByteArrayView key);

} // namespace quaygate
