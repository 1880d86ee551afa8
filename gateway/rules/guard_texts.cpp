#include "gateway/rules/guard_texts.h"

#include "gateway/rules/json_body.h"

namespace quaygate {

namespace {

using json::Node;
using Kind = GuardText::Kind;

/// Goes through a body and remembers what counts.
class Reader {
public:
    explicit Reader(QByteArrayView body) : m_body(body) {}

    std::vector<GuardText> take() { return std::move(m_texts); }

    void text(const Node *node, Kind kind = Kind::Text) {
        if (node && (node->type == Node::Type::String || kind == Kind::Json))
            m_texts.push_back({node, kind, m_logprobs});
    }

    /// Of the texts that are read from here on.
    void setLogprobs(const Node *logprobs) {
        const bool present = logprobs && logprobs->type != Node::Type::Null;
        m_logprobs = present ? logprobs : nullptr;
    }

    /// A string, or a list of strings.
    void texts(const Node *node) {
        text(node);
        for (const Node &each : elements(node))
            text(&each);
    }

    /// A string, or a list of parts of any dialect. What else stands in a part is no text: the
    /// data of an image or a sound, the signature of a thought.
    void content(const Node *node) {
        text(node);
        for (const Node &part : elements(node))
            contentPart(part);
    }

    void chatMessage(const Node &message) {
        content(message.find("content"));
        text(message.find("refusal"));
        text(message.find("reasoning_content"));
        text(message.find("reasoning"));
        if (const Node *const audio = message.find("audio"))
            text(audio->find("transcript"));
        if (const Node *const call = message.find("function_call"))
            text(call->find("arguments"), Kind::JsonText);
        for (const Node &call : elements(message.find("tool_calls"))) {
            if (const Node *const function = call.find("function"))
                text(function->find("arguments"), Kind::JsonText);
            if (const Node *const custom = call.find("custom"))
                text(custom->find("input"));
        }
    }

    /// Of `input`: a message, a call of a tool, or what came of it.
    void responsesItem(const Node &item) {
        content(item.find("content"));
        content(item.find("output"));
        text(item.find("arguments"), Kind::JsonText);
        text(item.find("input"));
    }

    /// Of `output`, which is not signed in what can be read of it.
    void outputItem(const Node &item) {
        responsesItem(item);
        content(item.find("summary"));
        text(item.find("code"));
    }

    void outputPart(const Node &part) { contentPart(part); }

    void block(const Node &block) {
        contentPart(block);
        text(block.find("thinking"));
    }

    const std::vector<Node> &elements(const Node *node) const {
        static const std::vector<Node> none;
        return node && node->type == Node::Type::Array ? node->elements : none;
    }

private:
    void contentPart(const Node &part) {
        const QByteArray type = stringOf(m_body, part.find("type"));
        if (type == "tool_use" || type == "server_tool_use" || type == "mcp_tool_use") {
            text(part.find("input"), Kind::Json);
        } else if (type == "document") {
            text(part.find("title"));
            text(part.find("context"));
            document(part.find("source"));
        } else if (type != "thinking" && type != "redacted_thinking") {
            setLogprobs(part.find("logprobs"));
            text(part.find("text"));
            text(part.find("refusal"));
            setLogprobs(nullptr);
            content(part.find("content"));
        }
    }

    void document(const Node *source) {
        if (!source)
            return;
        content(source->find("content"));
        if (stringOf(m_body, source->find("type")) == "text")
            text(source->find("data"));
    }

    QByteArrayView m_body;
    std::vector<GuardText> m_texts;
    const Node *m_logprobs = nullptr;
};

void readChat(Reader &reader, const Node &root) {
    for (const Node &message : reader.elements(root.find("messages")))
        reader.chatMessage(message);
    if (const Node *const prediction = root.find("prediction"))
        reader.content(prediction->find("content"));
}

void readResponses(Reader &reader, const Node &root) {
    reader.text(root.find("instructions"));
    reader.text(root.find("input"));
    for (const Node &item : reader.elements(root.find("input")))
        reader.responsesItem(item);
    const Node *const prompt = root.find("prompt");
    const Node *const variables = prompt ? prompt->find("variables") : nullptr;
    if (!variables)
        return;
    for (const Node::Member &variable : variables->members) {
        reader.text(&variable.value);
        reader.text(variable.value.find("text"));
    }
}

void readMessages(Reader &reader, const Node &root) {
    reader.content(root.find("system"));
    for (const Node &message : reader.elements(root.find("messages")))
        reader.content(message.find("content"));
}

} // namespace

std::vector<GuardText> requestTexts(QByteArrayView body, const Node &root, RuleDialect dialect) {
    Reader reader(body);
    switch (dialect) {
    case RuleDialect::Chat:
        readChat(reader, root);
        break;
    case RuleDialect::Responses:
        readResponses(reader, root);
        break;
    case RuleDialect::Messages:
        readMessages(reader, root);
        break;
    case RuleDialect::Completions:
        reader.texts(root.find("prompt"));
        reader.text(root.find("suffix"));
        break;
    case RuleDialect::Embeddings:
        reader.texts(root.find("input"));
        break;
    }
    return reader.take();
}

std::vector<GuardText> answerTexts(QByteArrayView body, const Node &root, RuleDialect dialect) {
    Reader reader(body);
    for (const Node &choice : reader.elements(root.find("choices"))) {
        reader.setLogprobs(choice.find("logprobs"));
        reader.text(choice.find("text"));
        if (const Node *const message = choice.find("message"))
            reader.chatMessage(*message);
        reader.setLogprobs(nullptr);
    }
    if (dialect == RuleDialect::Responses) {
        for (const Node &item : reader.elements(root.find("output")))
            reader.outputItem(item);
    } else if (dialect == RuleDialect::Messages) {
        for (const Node &block : reader.elements(root.find("content")))
            reader.block(block);
    }
    return reader.take();
}

std::vector<GuardText> repeatedTexts(QByteArrayView data, const Node &root) {
    Reader reader(data);
    for (const char *const name : {"text", "refusal", "input", "code", "transcript"})
        reader.text(root.find(name));
    reader.text(root.find("arguments"), Kind::JsonText);
    if (const Node *const part = root.find("part"))
        reader.outputPart(*part);
    if (const Node *const item = root.find("item"))
        reader.outputItem(*item);
    if (const Node *const response = root.find("response")) {
        for (const Node &item : reader.elements(response->find("output")))
            reader.outputItem(item);
    }
    if (const Node *const block = root.find("content_block"))
        reader.text(block->find("input"), Kind::Json);
    if (const Node *const message = root.find("message")) {
        for (const Node &block : reader.elements(message->find("content")))
            reader.block(block);
    }
    return reader.take();
}

} // namespace quaygate
