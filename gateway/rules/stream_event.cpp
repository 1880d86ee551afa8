#include "gateway/rules/stream_event.h"

#include "gateway/rules/json_path.h"

namespace quaygate {

namespace {

using json::Span;
using Token = json::Scanner::Token;

/// In the chat and completions APIs the number of a choice, or of a call in it, may come behind its
/// text; until then its place in the list stands for it.
struct Numbers {
    struct Number {
        int place;
        int inner; ///< -1: of the choice
        qint64 number;
    };

    qint64 of(int place, int inner) const {
        for (const Number &each : numbers) {
            if (each.place == place && each.inner == inner)
                return each.number;
        }
        return inner < 0 ? place : inner;
    }

    QVarLengthArray<Number, 4> numbers;
};

/// Of a name that is a literal here.
QByteArray literalOf(QByteArrayView name) {
    return QByteArray::fromRawData(name.data(), name.size());
}

struct ChoiceText {
    QByteArrayView name;
    bool isJson = false;
    bool ofCall = false;
};

/// Which text of a choice stands there; without a name: none.
ChoiceText choiceText(const JsonPath &path) {
    if (path.is({"choices", "*", "delta", "content"}))
        return {"content"};
    if (path.is({"choices", "*", "text"}))
        return {"text"};
    if (path.is({"choices", "*", "delta", "tool_calls", "*", "function", "arguments"}))
        return {"arguments", true, true};
    if (path.is({"choices", "*", "delta", "tool_calls", "*", "custom", "input"}))
        return {"input", false, true};
    if (path.is({"choices", "*", "delta", "function_call", "arguments"}))
        return {"function_call", true};
    if (path.is({"choices", "*", "delta", "refusal"}))
        return {"refusal"};
    if (path.is({"choices", "*", "delta", "reasoning_content"}))
        return {"reasoning_content"};
    if (path.is({"choices", "*", "delta", "reasoning"}))
        return {"reasoning"};
    if (path.is({"choices", "*", "delta", "content", "*", "text"}))
        return {"parts"};
    if (path.is({"choices", "*", "delta", "audio", "transcript"}))
        return {"transcript"};
    return {};
}

/// Of the choices, what is no text.
void readChoiceMember(const JsonPath &path, Token token, StreamEvent &event, Numbers &numbers) {
    if (token == Token::Number && path.is({"choices", "*", "index"}))
        numbers.numbers.append({path.element(1), -1, path.value().toLongLong()});
    else if (token == Token::Number &&
             path.is({"choices", "*", "delta", "tool_calls", "*", "index"}))
        numbers.numbers.append({path.element(1), path.element(4), path.value().toLongLong()});
    else if (token == Token::String && path.is({"choices", "*", "finish_reason"}))
        event.finished.append(path.element(1));
}

bool readChoices(QByteArrayView data, StreamEvent &event) {
    JsonPath path(data);
    Numbers numbers;
    qsizetype logprobsBegin = -1;
    for (Token token = path.next(); token != Token::End; token = path.next()) {
        switch (token) {
        case Token::Error:
            return false;
        case Token::String:
            if (const ChoiceText text = choiceText(path); !text.name.isEmpty()) {
                const int inner = text.ofCall ? path.element(4) : -1;
                event.pieces.append(
                    {{path.element(1), inner, literalOf(text.name)}, path.span(), text.isJson});
                break;
            }
            event.isError = event.isError || path.is({"error"});
            if (path.is({"obfuscation"}))
                event.padding = path.span();
            [[fallthrough]];
        case Token::Number:
            readChoiceMember(path, token, event, numbers);
            break;
        case Token::BeginObject:
            if (path.is({"choices", "*", "logprobs"}))
                logprobsBegin = path.span().begin;
            event.isError = event.isError || path.is({"error"});
            break;
        case Token::EndObject:
            if (logprobsBegin >= 0 && path.depth() == 3) {
                event.logprobs.append({logprobsBegin, path.span().end});
                logprobsBegin = -1;
            }
            break;
        default:
            break;
        }
    }
    for (TextPiece &piece : event.pieces) {
        const auto place = static_cast<int>(piece.key.outer);
        piece.key.inner =
            piece.key.inner < 0 ? 0 : numbers.of(place, static_cast<int>(piece.key.inner));
        piece.key.outer = numbers.of(place, -1);
    }
    for (qint64 &choice : event.finished)
        choice = numbers.of(static_cast<int>(choice), -1);
    return true;
}

/// Which of a block's texts stands there; empty: none.
QByteArrayView blockText(const JsonPath &path) {
    if (path.is({"delta", "text"}) || path.is({"content_block", "text"}))
        return "text";
    if (path.is({"delta", "partial_json"}))
        return "partial_json";
    if (path.is({"delta", "thinking"}) || path.is({"content_block", "thinking"}))
        return "thinking";
    return {};
}

bool readBlocks(QByteArrayView data, StreamEvent &event) {
    JsonPath path(data);
    for (Token token = path.next(); token != Token::End; token = path.next()) {
        if (token == Token::Error)
            return false;
        if (token == Token::Number && path.is({"index"}))
            event.index = path.value().toLongLong();
        if (token != Token::String)
            continue;
        if (path.is({"type"}))
            event.type = path.string();
        else if (const QByteArrayView name = blockText(path); !name.isEmpty())
            event.pieces.append({{0, 0, literalOf(name)}, path.span(), name == "partial_json"});
    }
    for (TextPiece &piece : event.pieces)
        piece.key.outer = event.index;
    event.isError = event.type == "error";
    return true;
}

bool readItems(QByteArrayView data, StreamEvent &event) {
    JsonPath path(data);
    Span delta;
    qsizetype logprobsBegin = -1;
    for (Token token = path.next(); token != Token::End; token = path.next()) {
        if (token == Token::Error)
            return false;
        if (token == Token::String && path.is({"type"}))
            event.type = path.string();
        else if (token == Token::String && path.is({"delta"}))
            delta = path.span();
        else if (token == Token::BeginArray && path.is({"logprobs"}))
            logprobsBegin = path.span().begin;
        else if (token == Token::EndArray && path.depth() == 1 && logprobsBegin >= 0) {
            if (path.span().end - logprobsBegin > 2)
                event.logprobs.append({logprobsBegin, path.span().end});
            logprobsBegin = -1;
        }
        if (token == Token::String && path.is({"obfuscation"}))
            event.padding = path.span();
        if (token != Token::Number)
            continue;
        if (path.is({"output_index"}))
            event.index = path.value().toLongLong();
        else if (path.is({"content_index"}) || path.is({"summary_index"}))
            event.part = path.value().toLongLong();
        else if (path.is({"sequence_number"}))
            event.sequenceNumber = path.span();
    }
    event.isError = event.type == "error" || event.type == "response.failed";
    // A sound is no text.
    if (delta.end > 0 && event.type != "response.audio.delta")
        event.pieces.append(
            {{event.index, event.part, event.type}, delta, event.type.contains("arguments")});
    return true;
}

} // namespace

bool readStreamEvent(QByteArrayView data, RuleDialect dialect, StreamEvent &event) {
    switch (dialect) {
    case RuleDialect::Responses:
        return readItems(data, event);
    case RuleDialect::Messages:
        return readBlocks(data, event);
    case RuleDialect::Chat:
    case RuleDialect::Completions:
    case RuleDialect::Embeddings:
        break;
    }
    return readChoices(data, event);
}

} // namespace quaygate
