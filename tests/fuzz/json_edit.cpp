#include "gateway/json/json_text.h"
#include "gateway/json/utf8.h"
#include "tests/fuzz/qt_json.h"
#include "tests/fuzz/target.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QJsonValue>
#include <QSet>

using namespace Qt::StringLiterals;

// A member set in a JSON text. An input is the member's name, its value, and the text: the first
// line, the second, and the rest.

namespace quaygate::fuzz {
namespace {

using json::Node;

struct Input {
    QByteArray key;
    QByteArray value;
    QByteArray text;
};

QByteArrayView takeLine(QByteArrayView &rest) {
    const qsizetype end = rest.indexOf('\n');
    const QByteArrayView line = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
    return line;
}

Input inputOf(QByteArrayView bytes) {
    Input input;
    input.key = json::textOfUtf8(takeLine(bytes)).toUtf8(); // names are UTF-8
    input.value = takeLine(bytes).toByteArray().trimmed();
    input.text = bytes.toByteArray();
    return input;
}

bool sameValue(QByteArrayView text, const Node &node, const QJsonValue &value);

bool sameObject(QByteArrayView text, const Node &node, const QJsonObject &object) {
    QSet<QByteArray> names;
    for (const Node::Member &member : node.members)
        names.insert(member.key);
    if (names.size() != object.size()) {
        // Two names that Qt tells apart may be the same text.
        QSet<QString> texts;
        for (const QString &name : object.keys())
            texts.insert(withoutLoneSurrogates(name));
        return names.size() == texts.size() && texts.size() < object.size();
    }
    for (auto member = object.begin(); member != object.end(); ++member) {
        const Node *const found = node.find(withoutLoneSurrogates(member.key()).toUtf8());
        if (!found || !sameValue(text, *found, member.value()))
            return false;
    }
    return true;
}

bool sameArray(QByteArrayView text, const Node &node, const QJsonArray &array) {
    if (static_cast<qsizetype>(node.elements.size()) != array.size())
        return false;
    for (qsizetype i = 0; i < array.size(); ++i) {
        if (!sameValue(text, node.elements[static_cast<std::size_t>(i)], array.at(i)))
            return false;
    }
    return true;
}

bool sameValue(QByteArrayView text, const Node &node, const QJsonValue &value) {
    const QByteArrayView bytes = text.sliced(node.span.begin, node.span.end - node.span.begin);
    switch (node.type) {
    case Node::Type::Null:
        return value.isNull() && bytes == "null";
    case Node::Type::Bool:
        return value.isBool() && bytes == (value.toBool() ? "true" : "false");
    case Node::Type::Number:
        return value.isDouble() && bytes.toDouble() == value.toDouble();
    case Node::Type::String:
        return value.isString() &&
               json::stringValue(text, node) == withoutLoneSurrogates(value.toString());
    case Node::Type::Array:
        return value.isArray() && sameArray(text, node, value.toArray());
    case Node::Type::Object:
        return value.isObject() && sameObject(text, node, value.toObject());
    }
    return false;
}

/// Qt's reader must understand the same, where it takes the text (it does not take every number).
void checkTree(const QByteArray &text, const Node &root) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    const bool isDocument = root.type == Node::Type::Object || root.type == Node::Type::Array;
    if (!isDocument || hasByteOrderMark(text) || error.error == QJsonParseError::IllegalNumber)
        return;
    check(error.error == QJsonParseError::NoError, "what is JSON here is JSON for others");
    check(document.isObject() ? sameObject(text, root, document.object())
                              : sameArray(text, root, document.array()),
          "a text means here what it means for others");
}

/// Both in the same order, with the same bytes between and around the values that are named `key`;
/// the new ones are `value`.
void checkReplaced(const Input &input, const Node &before, const QByteArray &text,
                   const Node &after) {
    check(before.members.size() == after.members.size(), "a replacement adds no member");
    qsizetype oldAt = 0;
    qsizetype newAt = 0;
    for (std::size_t i = 0; i < before.members.size(); ++i) {
        const Node::Member &member = before.members[i];
        if (member.key != input.key)
            continue;
        const json::Span oldSpan = member.value.span;
        const json::Span newSpan = after.members[i].value.span;
        check(input.text.mid(oldAt, oldSpan.begin - oldAt) ==
                  text.mid(newAt, newSpan.begin - newAt),
              "a replacement keeps all bytes in front of it");
        check(text.mid(newSpan.begin, newSpan.end - newSpan.begin) == input.value,
              "a replacement is the value to the byte");
        oldAt = oldSpan.end;
        newAt = newSpan.end;
    }
    check(input.text.mid(oldAt) == text.mid(newAt), "a replacement keeps all bytes behind it");
}

void checkAdded(const Input &input, const Node &before, const QByteArray &text, const Node &after) {
    check(after.members.size() == before.members.size() + 1, "one member is added");
    check(after.members.front().key == input.key, "the member that is added is the first");
    const qsizetype inside = before.span.begin + 1;
    check(text.startsWith(input.text.left(inside)) && text.endsWith(input.text.mid(inside)),
          "an addition keeps all other bytes");
}

void checkEdit(const Input &input, const Node &before) {
    const Result<QByteArray> edited = json::withMember(input.text, input.key, input.value);
    check(edited.ok(), "a member of an object can be set");
    const json::Parsed after = json::parse(*edited);
    check(after.ok, "a text stays JSON when a member is set");

    const Node *const set = after.root.find(input.key);
    check(set != nullptr, "a member that was set is there");
    check(json::findMember(*edited, input.key).value() == set->span, "both searches agree");
    check(edited->mid(set->span.begin, set->span.end - set->span.begin) == input.value,
          "a member that was set has the value");
    if (before.find(input.key))
        checkReplaced(input, before, *edited, after.root);
    else
        checkAdded(input, before, *edited, after.root);
    check(json::withMember(*edited, input.key, input.value).value() == *edited,
          "the same edit again changes nothing");
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    const Input input = inputOf(bytesOf(data, size));
    const json::Parsed parsed = json::parse(input.text);
    const Result<json::Span> found = json::findMember(input.text, input.key);
    if (!parsed.ok) {
        check(!found.ok(), "no member is found in what is not JSON");
        check(parsed.error.line >= 1 && parsed.error.column >= 1 &&
                  parsed.error.offset <= input.text.size() && !parsed.error.message.isEmpty(),
              "an error has a place and a reason");
        return 0;
    }
    checkTree(input.text, parsed.root);
    const bool isObject = parsed.root.type == json::Node::Type::Object;
    check(found.ok() == isObject, "members are found in objects, and only there");
    if (!isObject)
        return 0;
    const json::Node *const member = parsed.root.find(input.key);
    check(*found == (member ? member->span : json::Span{}), "both searches agree");
    // A value that makes the text deeper than what is read is the caller's mistake.
    if (json::parse(input.value, 500).ok)
        checkEdit(input, parsed.root);
    return 0;
}
