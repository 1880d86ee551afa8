#include "gateway/rules/prompt.h"

#include "gateway/json/text_edits.h"
#include "gateway/rules/json_body.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

bool isOfSystem(const PromptMessage &message) {
    return message.role == u"system"_s || message.role == u"developer"_s;
}

bool isPresent(const Node *node) {
    return node && node->type != Node::Type::Null;
}

/// What a rule's messages are written as in one conversation.
class Writer {
public:
    /// `list` holds the messages that the client sent.
    Writer(QByteArrayView body, const Node *list) {
        if (!list)
            return;
        for (const Node &message : list->elements) {
            const QByteArray role = stringOf(body, message.find("role"));
            m_hasSystem = m_hasSystem || role == "system";
            m_hasDeveloper = m_hasDeveloper || role == "developer";
        }
    }

    QByteArray message(const PromptMessage &message) const {
        return R"({"role":)" + json::quote(roleOf(message)) + R"(,"content":)" +
               json::quote(message.content) + '}';
    }

private:
    QString roleOf(const PromptMessage &message) const {
        if (!isOfSystem(message) || m_hasSystem == m_hasDeveloper)
            return message.role;
        return m_hasSystem ? u"system"_s : u"developer"_s;
    }

    bool m_hasSystem = false;
    bool m_hasDeveloper = false;
};

QByteArray textBlock(const QByteArray &literal) {
    return R"({"type":"text","text":)" + literal + '}';
}

enum class Of { All, System, Conversation };

QByteArrayList written(const QList<PromptMessage> &messages, const Writer &writer, Of of) {
    QByteArrayList texts;
    for (const PromptMessage &message : messages) {
        if (of == Of::All || isOfSystem(message) == (of == Of::System))
            texts.append(writer.message(message));
    }
    return texts;
}

/// What the system says, as blocks.
QByteArrayList blocks(const QList<PromptMessage> &messages) {
    QByteArrayList texts;
    for (const PromptMessage &message : messages) {
        if (isOfSystem(message))
            texts.append(textBlock(json::quote(message.content)));
    }
    return texts;
}

/// Adds to a member that is a list, a text or absent; `ofText` makes an element of a text.
void surround(json::TextEdits &edits, QByteArrayView body, const Node &root, QByteArrayView name,
              const QByteArrayList &front, const QByteArrayList &back,
              QByteArray (*ofText)(const QByteArray &literal)) {
    if (front.isEmpty() && back.isEmpty())
        return;
    const Node *const value = root.find(name);
    if (!value)
        edits.addMembers(root,
                         {'"' + name.toByteArray() + "\":[" + (front + back).join(',') + ']'});
    else if (value->type == Node::Type::Null)
        edits.replace(value->span, '[' + (front + back).join(',') + ']');
    else if (value->type == Node::Type::Array)
        edits.addElements(*value, front, back);
    else if (value->type == Node::Type::String)
        edits.replace(
            value->span,
            '[' +
                (front + QByteArrayList{ofText(textOf(body, *value).toByteArray())} + back)
                    .join(',') +
                ']');
}

QByteArray userMessage(const QByteArray &literal) {
    return R"({"role":"user","content":)" + literal + '}';
}

void addToMessages(json::TextEdits &edits, QByteArrayView body, const Node &root,
                   const PromptRule &rule, Of of) {
    const Node *const list = root.find("messages");
    if (!list || list->type != Node::Type::Array)
        return;
    const Writer writer(body, list);
    edits.addElements(*list, written(rule.prepend, writer, of), written(rule.append, writer, of));
}

void addToInput(json::TextEdits &edits, QByteArrayView body, const Node &root,
                const PromptRule &rule) {
    const Writer writer(body, root.find("input"));
    const bool continues =
        isPresent(root.find("previous_response_id")) || isPresent(root.find("conversation"));
    surround(edits, body, root, "input",
             written(rule.prepend, writer, continues ? Of::System : Of::All),
             written(rule.append, writer, Of::All), userMessage);
}

} // namespace

Result<QByteArray> withPrompt(const QByteArray &body, const PromptRule &rule, RuleDialect dialect) {
    if (rule.isEmpty())
        return body;
    const Result<Node> root = parseBody(body);
    if (!root)
        return root.error();
    json::TextEdits edits(body);
    switch (dialect) {
    case RuleDialect::Chat:
        addToMessages(edits, body, *root, rule, Of::All);
        break;
    case RuleDialect::Responses:
        addToInput(edits, body, *root, rule);
        break;
    case RuleDialect::Messages:
        surround(edits, body, *root, "system", blocks(rule.prepend), blocks(rule.append),
                 textBlock);
        addToMessages(edits, body, *root, rule, Of::Conversation);
        break;
    case RuleDialect::Completions:
    case RuleDialect::Embeddings:
        break;
    }
    return edits.isEmpty() ? body : edits.applied();
}

} // namespace quaygate
