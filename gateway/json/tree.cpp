#include "gateway/json/escape.h"
#include "gateway/json/json_text.h"
#include "gateway/json/scanner.h"

#include <algorithm>

namespace quaygate::json {

namespace {

using Token = Scanner::Token;

Node::Type typeOf(Token token) {
    switch (token) {
    case Token::BeginObject:
        return Node::Type::Object;
    case Token::BeginArray:
        return Node::Type::Array;
    case Token::String:
        return Node::Type::String;
    case Token::Number:
        return Node::Type::Number;
    case Token::Bool:
        return Node::Type::Bool;
    default:
        return Node::Type::Null;
    }
}

/// Puts the tokens together to a tree, without recursion. The pointers of the open objects and
/// arrays stay good because nothing is added to a container while one of its values is open.
class TreeBuilder {
public:
    TreeBuilder(QByteArrayView text, Node &root) : m_text(text), m_root(root) {}

    void take(Token token, const Scanner &scanner) {
        const Span span = scanner.span();
        switch (token) {
        case Token::Key:
            addMember(span, scanner.escaped());
            break;
        case Token::EndObject:
        case Token::EndArray:
            m_open.back()->span.end = span.end;
            m_open.pop_back();
            break;
        default:
            addValue(token, span);
            break;
        }
    }

private:
    void addMember(Span keySpan, bool escaped) {
        const QByteArrayView inside =
            m_text.sliced(keySpan.begin + 1, keySpan.end - keySpan.begin - 2);
        m_open.back()->members.push_back(
            {escaped ? unescape(inside) : inside.toByteArray(), keySpan, {}});
    }

    void addValue(Token token, Span span) {
        Node &node = place();
        node.type = typeOf(token);
        node.span = span;
        if (token == Token::BeginObject || token == Token::BeginArray)
            m_open.push_back(&node);
    }

    Node &place() {
        if (m_open.empty())
            return m_root;
        Node &container = *m_open.back();
        if (container.type == Node::Type::Object)
            return container.members.back().value;
        return container.elements.emplace_back();
    }

    QByteArrayView m_text;
    Node &m_root;
    std::vector<Node *> m_open;
};

} // namespace

const Node *Node::find(QByteArrayView key) const {
    const auto found = std::find_if(members.rbegin(), members.rend(),
                                    [key](const Member &member) { return member.key == key; });
    return found == members.rend() ? nullptr : &found->value;
}

Parsed parse(QByteArrayView text, int maxDepth) {
    Parsed parsed;
    Scanner scanner(text, maxDepth);
    TreeBuilder builder(text, parsed.root);
    Token token = scanner.next();
    while (token != Token::End && token != Token::Error) {
        builder.take(token, scanner);
        token = scanner.next();
    }
    parsed.ok = token == Token::End;
    if (!parsed.ok) {
        parsed.error = scanner.error();
        parsed.root = {};
    }
    return parsed;
}

int lineAt(QByteArrayView text, qsizetype offset) {
    const qsizetype end = std::clamp<qsizetype>(offset, 0, text.size());
    return static_cast<int>(std::count(text.begin(), text.begin() + end, '\n')) + 1;
}

} // namespace quaygate::json
