#pragma once

#include "gateway/json/json_text.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace quaygate::dialects {

/// A value of a parsed JSON text, or nothing: a member that is not there gives a view that is not
/// there either, so that a path can be asked for in one go. Numbers, objects and strings are taken
/// over as their `raw` text, which keeps big integers, number spellings, key order and escapes.
/// Points into the text and the tree it was made from. A value; any thread.
class JsonView {
public:
    JsonView() = default;
    JsonView(QByteArrayView text, const json::Node &node) : m_text(text), m_node(&node) {}

    bool isObject() const { return is(json::Node::Type::Object); }
    bool isArray() const { return is(json::Node::Type::Array); }
    bool isString() const { return is(json::Node::Type::String); }
    bool isNumber() const { return is(json::Node::Type::Number); }
    bool isBool() const { return is(json::Node::Type::Bool); }
    /// There, and not `null`, which every API here takes for absent.
    bool isPresent() const { return m_node && m_node->type != json::Node::Type::Null; }

    JsonView operator[](QByteArrayView key) const;
    /// Empty unless it is an array.
    std::vector<JsonView> elements() const;
    bool isEmptyArray() const { return isArray() && m_node->elements.empty(); }

    /// As it stands in the text; empty if there is nothing.
    QByteArrayView raw() const;
    /// A string without its quotes, still escaped; empty unless it is a string.
    QByteArrayView inside() const;
    /// A string in UTF-8; empty unless it is a string.
    QByteArray string() const;
    bool isTrue() const { return isBool() && raw() == "true"; }
    /// A whole number that fits.
    std::optional<qint64> integer() const;

private:
    bool is(json::Node::Type type) const { return m_node && m_node->type == type; }

    QByteArrayView m_text;
    const json::Node *m_node = nullptr;
};

/// A text together with its tree. Not copied: views point into it.
class JsonDocument {
public:
    explicit JsonDocument(QByteArrayView text) : m_text(text), m_parsed(json::parse(text)) {}
    Q_DISABLE_COPY_MOVE(JsonDocument)

    bool isObject() const { return m_parsed.ok && m_parsed.root.type == json::Node::Type::Object; }
    JsonView root() const { return {m_text, m_parsed.root}; }
    const json::SyntaxError &error() const { return m_parsed.error; }

private:
    QByteArrayView m_text; ///< of the caller
    json::Parsed m_parsed;
};

/// BodyNotJson, with the place, for the request of a client that is not a JSON object.
Error notAnObject(const JsonDocument &document);

} // namespace quaygate::dialects
