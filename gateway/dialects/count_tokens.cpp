#include "gateway/dialects/count_tokens.h"

#include "gateway/dialects/json_build.h"
#include "gateway/dialects/json_view.h"
#include "gateway/dialects/refused.h"
#include "gateway/dialects/token_estimate.h"

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

constexpr qint64 tokensOfTheBegin = 3;
constexpr qint64 tokensOfAMessage = 4;
constexpr qint64 tokensOfATool = 8;
constexpr qint64 tokensOfAnImage = 765;

qint64 tokensOfText(const JsonView &text) {
    return text.isString() ? estimateTokens(QString::fromUtf8(text.string())) : 0;
}

qint64 tokensOfJson(const JsonView &value) {
    return value.raw().size() * 2 / 7;
}

qint64 tokensOfFile(const JsonView &base64) {
    return base64.inside().size() * 3 / 100;
}

qint64 tokensOfContent(const JsonView &content);

qint64 tokensOfDocument(const JsonView &block) {
    const JsonView source = block["source"];
    const qint64 tokens = tokensOfText(block["title"]) + tokensOfText(block["context"]);
    if (source["type"].string() == "base64")
        return tokens + tokensOfFile(source["data"]);
    return tokens + tokensOfText(source["data"]) + tokensOfContent(source["content"]);
}

qint64 tokensOfBlock(const JsonView &block) {
    const QByteArray type = block["type"].string();
    if (type == "image")
        return tokensOfAnImage;
    if (type == "document")
        return tokensOfDocument(block);
    if (type == "tool_use")
        return tokensOfAMessage + tokensOfText(block["name"]) + tokensOfJson(block["input"]);
    if (type == "tool_result")
        return tokensOfAMessage + tokensOfContent(block["content"]);
    if (type == "search_result")
        return tokensOfText(block["title"]) + tokensOfText(block["source"]) +
               tokensOfContent(block["content"]);
    return tokensOfText(block["text"]) + tokensOfContent(block["content"]);
}

qint64 tokensOfContent(const JsonView &content) {
    qint64 tokens = tokensOfText(content);
    for (const JsonView &block : content.elements())
        tokens += tokensOfBlock(block);
    return tokens;
}

} // namespace

Result<qint64> estimateInputTokens(QByteArrayView messagesRequest) {
    const JsonDocument document(messagesRequest);
    if (!document.isObject())
        return notAnObject(document);
    const JsonView request = document.root();
    if (!request["model"].isString())
        return refused("model", u"a model is required."_s);
    const auto messages = request["messages"].elements();
    if (messages.empty())
        return refused("messages", u"at least one message is required."_s);

    qint64 tokens = tokensOfTheBegin;
    if (const qint64 system = tokensOfContent(request["system"]); system > 0)
        tokens += tokensOfAMessage + system;
    for (const JsonView &message : messages)
        tokens += tokensOfAMessage + tokensOfContent(message["content"]);
    for (const JsonView &tool : request["tools"].elements())
        tokens += tokensOfATool + tokensOfText(tool["name"]) + tokensOfText(tool["description"]) +
                  tokensOfJson(tool["input_schema"]);
    return tokens;
}

Result<QByteArray> countTokens(QByteArrayView messagesRequest) {
    const Result<qint64> tokens = estimateInputTokens(messagesRequest);
    if (!tokens)
        return tokens.error();
    return ObjectText().number("input_tokens", *tokens).text();
}

} // namespace quaygate::dialects
