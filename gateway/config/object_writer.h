#pragma once

#include "gateway/config/config.h"

#include <QByteArray>
#include <QByteArrayList>
#include <QList>
#include <QString>
#include <QStringList>
#include <QStringView>

namespace quaygate {

/// The members of an object being written, each as JSON indented for `depth`. Inner part of
/// config/.
class ObjectWriter {
public:
    explicit ObjectWriter(int depth) : m_depth(depth) {}

    int innerDepth() const { return m_depth + 1; }

    void add(QStringView key, const QByteArray &json);
    void addNumber(QStringView key, qint64 number);
    /// In the fewest digits that are read back as the same number.
    void addNumber(QStringView key, double number);
    void addText(QStringView key, const QString &text);
    void addTextUnlessEmpty(QStringView key, const QString &text);
    void addDuration(QStringView key, std::chrono::milliseconds duration);
    /// In one line.
    void addTexts(QStringView key, const QStringList &texts);
    void addUnknown(const QList<UnknownMember> &unknown);

    QByteArray json() const;

private:
    struct Member {
        QByteArray key;
        QByteArray json;
    };

    int m_depth;
    QList<Member> m_members;
};

/// A list in one line.
QByteArray inlineList(const QByteArrayList &elements);

/// A list with an element a line, or more lines where it is an object.
template<typename T>
QByteArray writeList(const QList<T> &list, int depth, QByteArray (*writeOne)(const T &, int)) {
    if (list.isEmpty())
        return QByteArrayLiteral("[]");
    QByteArrayList lines;
    for (const T &item : list)
        lines.append(QByteArray(2 * (depth + 1), ' ') + writeOne(item, depth + 1));
    return "[\n" + lines.join(",\n") + '\n' + QByteArray(2 * depth, ' ') + ']';
}

} // namespace quaygate
