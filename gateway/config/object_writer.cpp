#include "gateway/config/object_writer.h"

#include "gateway/config/duration.h"
#include "gateway/json/json_text.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace quaygate {

QByteArray inlineList(const QByteArrayList &elements) {
    return '[' + elements.join(", ") + ']';
}

void ObjectWriter::add(QStringView key, const QByteArray &json) {
    m_members.append({json::quote(key), json});
}

void ObjectWriter::addNumber(QStringView key, qint64 number) {
    add(key, QByteArray::number(number));
}

void ObjectWriter::addNumber(QStringView key, double number) {
    add(key, QByteArray::number(number, 'f', QLocale::FloatingPointShortest));
}

void ObjectWriter::addText(QStringView key, const QString &text) {
    add(key, json::quote(text));
}

void ObjectWriter::addTextUnlessEmpty(QStringView key, const QString &text) {
    if (!text.isEmpty())
        addText(key, text);
}

void ObjectWriter::addDuration(QStringView key, std::chrono::milliseconds duration) {
    addText(key, formatDuration(duration));
}

void ObjectWriter::addTexts(QStringView key, const QStringList &texts) {
    QByteArrayList quoted;
    for (const QString &text : texts)
        quoted.append(json::quote(text));
    add(key, inlineList(quoted));
}

void ObjectWriter::addUnknown(const QList<UnknownMember> &unknown) {
    for (const UnknownMember &member : unknown)
        add(member.key, member.json);
}

QByteArray ObjectWriter::json() const {
    if (m_members.isEmpty())
        return "{}"_ba;
    QByteArrayList lines;
    for (const Member &member : m_members)
        lines.append(QByteArray(2 * innerDepth(), ' ') + member.key + ": " + member.json);
    return "{\n" + lines.join(",\n") + '\n' + QByteArray(2 * m_depth, ' ') + '}';
}

} // namespace quaygate
