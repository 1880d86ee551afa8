#include "gateway/config/object_reader.h"

#include "gateway/config/duration.h"
#include "gateway/json/utf8.h"

#include <QSet>

#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QByteArrayView bytesOf(QByteArrayView text, json::Span span) {
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

void ObjectReader::takeWholeNumber(QByteArrayView key, Range range, int &value) {
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return;
    const double number = node->type == json::Node::Type::Number
                              ? bytesOf(m_reading.text, node->span).toDouble()
                              : std::nan("");
    if (number >= range.from && number <= range.to && std::floor(number) == number)
        value = static_cast<int>(number);
    else
        add(key, u"%1 must be %2."_s.arg(quoted(key), wholeNumberRule(range)));
}

void ObjectReader::take(QByteArrayView key, bool &value) {
    const json::Node *const node = takeNode(key);
    if (node == nullptr)
        return;
    if (node->type == json::Node::Type::Bool)
        value = bytesOf(m_reading.text, node->span) == "true";
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

QList<UnknownMember> ObjectReader::rest() const {
    QList<UnknownMember> rest;
    for (const json::Node::Member &member : m_node.members) {
        if (!m_taken.contains(member.key))
            rest.append({json::textOfUtf8(member.key),
                         bytesOf(m_reading.text, member.value.span).toByteArray()});
    }
    return rest;
}

} // namespace quaygate
