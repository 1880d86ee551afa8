#include "gateway/config/object_reader.h"

#include "gateway/config/duration.h"
#include "gateway/json/utf8.h"

#include <QSet>

#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QByteArrayView bytesAt(QByteArrayView text, json::Span span) {
    return text.sliced(span.begin, span.end - span.begin);
}

QString quoted(QByteArrayView key) {
    return u'"' + json::textOfUtf8(key) + u'"';
}

} // namespace

QString memberPointer(const QString &pointer, QByteArrayView key) {
    QString escaped = json::textOfUtf8(key);
    escaped.replace(u'~', "~0"_L1).replace(u'/', "~1"_L1);
    return pointer + u'/' + escaped;
}

void Reading::add(const json::Node &node, const QString &pointer, const QString &message) {
    if (isFull())
        return;
    problems.append({json::lineAt(text, node.span.begin), pointer, message});
}

ObjectReader::ObjectReader(Reading &reading, const json::Node &node, QString pointer,
                           const QString &what)
    : m_reading(reading), m_node(node), m_pointer(std::move(pointer)) {
    if (node.type != json::Node::Type::Object)
        reading.add(node, m_pointer, u"%1 must be an object in braces { }."_s.arg(what));
    refuseDuplicates();
}

/// A name that stands twice would lose one of its values with the next save.
void ObjectReader::refuseDuplicates() {
    QSet<QByteArray> seen;
    for (const json::Node::Member &member : m_node.members) {
        if (seen.contains(member.key))
            m_reading.add(member.value, memberPointer(m_pointer, member.key),
                          u"%1 stands twice; remove one of them."_s.arg(quoted(member.key)));
        seen.insert(member.key);
    }
}

const json::Node *ObjectReader::takeNode(QByteArrayView key) {
    m_taken.append(key.toByteArray());
    return m_node.find(key);
}

void ObjectReader::take(QByteArrayView key, QString &value) {
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return;
    if (node->type == json::Node::Type::String)
        value = json::stringValue(m_reading.text, *node);
    else
        add(key, u"%1 must be a text in double quotes."_s.arg(quoted(key)));
}

/// Nothing if it is none, or one that no double holds.
std::optional<double> ObjectReader::number(const json::Node &node) const {
    bool fits = false;
    const double read = bytesAt(m_reading.text, node.span).toDouble(&fits);
    return fits && node.type == json::Node::Type::Number ? std::optional(read) : std::nullopt;
}

void ObjectReader::takeWholeNumber(QByteArrayView key, Range range, int &value) {
    qint64 large = value;
    takeWholeNumber(key, LargeRange{range.from, range.to}, large);
    value = static_cast<int>(large);
}

void ObjectReader::takeWholeNumber(QByteArrayView key, LargeRange range, qint64 &value) {
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return;
    const double read = number(*node).value_or(std::nan(""));
    if (read >= double(range.from) && read <= double(range.to) && std::floor(read) == read)
        value = static_cast<qint64>(read);
    else
        add(key, u"%1 must be %2."_s.arg(quoted(key), wholeNumberRule(range)));
}

void ObjectReader::takeNumber(QByteArrayView key, NumberRange range, double &value) {
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return;
    const double read = number(*node).value_or(std::nan(""));
    if (range.holds(read))
        value = read;
    else
        add(key, u"%1 must be %2."_s.arg(quoted(key), numberRule(range)));
}

void ObjectReader::take(QByteArrayView key, QStringList &values) {
    if (takeNode(key) == nullptr)
        return;
    values.clear();
    for (const json::Node &element : takeArray(key)) {
        const bool isText = element.type == json::Node::Type::String;
        if (!isText)
            addAt(key, values.size(),
                  u"Each of %1 must be a text in double quotes."_s.arg(quoted(key)));
        values.append(isText ? json::stringValue(m_reading.text, element) : QString());
    }
}

void ObjectReader::takeWholeNumbers(QByteArrayView key, Range range, QList<int> &values) {
    if (takeNode(key) == nullptr)
        return;
    values.clear();
    for (const json::Node &element : takeArray(key)) {
        const double read = number(element).value_or(std::nan(""));
        const bool isGood = read >= range.from && read <= range.to && std::floor(read) == read;
        if (!isGood)
            addAt(key, values.size(),
                  u"Each of %1 must be %2."_s.arg(quoted(key), wholeNumberRule(range)));
        values.append(isGood ? static_cast<int>(read) : 0);
    }
}

void ObjectReader::take(QByteArrayView key, bool &value) {
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return;
    if (node->type == json::Node::Type::Bool)
        value = bytesAt(m_reading.text, node->span) == "true";
    else
        add(key, u"%1 must be true or false."_s.arg(quoted(key)));
}

void ObjectReader::take(QByteArrayView key, std::chrono::milliseconds &value) {
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return;
    const auto duration = node->type == json::Node::Type::String
                              ? parseDuration(json::stringValue(m_reading.text, *node))
                              : std::nullopt;
    if (duration)
        value = *duration;
    else
        add(key, u"%1 must be %2."_s.arg(quoted(key), durationRule()));
}

const std::vector<json::Node> &ObjectReader::takeArray(QByteArrayView key) {
    static const std::vector<json::Node> none;
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return none;
    if (node->type != json::Node::Type::Array)
        add(key, u"%1 must be a list in brackets [ ]."_s.arg(quoted(key)));
    return node->elements;
}

QString ObjectReader::pointerTo(QByteArrayView key) const {
    return memberPointer(m_pointer, key);
}

void ObjectReader::add(QByteArrayView key, const QString &message) {
    const json::Node *const node = m_node.find(key);
    m_reading.add(node == nullptr ? m_node : *node, pointerTo(key), message);
}

void ObjectReader::addAt(QByteArrayView key, qsizetype index, const QString &message) {
    m_reading.add(m_node.find(key)->elements.at(size_t(index)),
                  pointerTo(key) + u'/' + QString::number(index), message);
}

QByteArray ObjectReader::bytesOf(const json::Node &node) const {
    return bytesAt(m_reading.text, node.span).toByteArray();
}

QList<UnknownMember> ObjectReader::rest() const {
    QList<UnknownMember> rest;
    for (const json::Node::Member &member : m_node.members) {
        if (!m_taken.contains(member.key))
            rest.append({json::textOfUtf8(member.key), bytesOf(member.value)});
    }
    return rest;
}

} // namespace quaygate
