#include "gateway/rules/answer_events.h"

#include "gateway/json/text_edits.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using json::Node;

/// What the data was taken from may have had several lines.
QByteArray event(QByteArrayView type, const QByteArray &data) {
    const QByteArray line = "data: " + QByteArray(data).replace('\n', ' ') + "\n\n";
    return type.isEmpty() ? line : "event: " + type.toByteArray() + '\n' + line;
}

QByteArray literal(QByteArrayView inside) {
    return '"' + inside.toByteArray() + '"';
}

/// What a choice holds to say no more than the text.
QByteArray choiceMember(const TextKey &key, QByteArrayView inside) {
    const QByteArray text = literal(inside);
    const QByteArray call = R"({"tool_calls":[{"index":)" + QByteArray::number(key.inner) + R"(,)";
    if (key.name == "text")
        return R"("text":)" + text;
    if (key.name == "arguments")
        return R"("delta":)" + call + R"("function":{"arguments":)" + text + "}}]}";
    if (key.name == "input")
        return R"("delta":)" + call + R"("custom":{"input":)" + text + "}}]}";
    if (key.name == "function_call")
        return R"("delta":{"function_call":{"arguments":)" + text + "}}";
    if (key.name == "parts")
        return R"("delta":{"content":[{"type":"text","text":)" + text + "}]}";
    if (key.name == "transcript")
        return R"("delta":{"audio":{"transcript":)" + text + "}}";
    return R"("delta":{")" + key.name + "\":" + text + '}';
}

QByteArray restOfChoice(const TextKey &key, QByteArrayView last, QByteArrayView inside) {
    const QByteArray choices = R"([{"index":)" + QByteArray::number(key.outer) + ',' +
                               choiceMember(key, inside) +
                               R"(,"finish_reason":null,"logprobs":null}])";
    const json::Parsed parsed = json::parse(last);
    json::TextEdits edits(last);
    if (const Node *const old = parsed.root.find("choices"))
        edits.replace(old->span, choices);
    return event({}, edits.applied());
}

QByteArray restOfItem(const TextKey &key, QByteArrayView last, QByteArrayView inside,
                      qint64 sequenceNumber) {
    const json::Parsed parsed = json::parse(last);
    json::TextEdits edits(last);
    for (const Node::Member &member : parsed.root.members) {
        if (member.key == "delta")
            edits.replace(member.value.span, literal(inside));
        else if (member.key == "sequence_number")
            edits.replace(member.value.span, QByteArray::number(sequenceNumber));
        else if (member.key == "logprobs")
            edits.replace(member.value.span, "[]");
    }
    return event(key.name, edits.applied());
}

QByteArray restOfBlock(const TextKey &key, QByteArrayView inside) {
    const QByteArray type =
        key.name == "partial_json" ? "input_json_delta"_ba : key.name + "_delta";
    return event("content_block_delta", R"({"type":"content_block_delta","index":)" +
                                            QByteArray::number(key.outer) +
                                            R"(,"delta":{"type":")" + type + "\",\"" + key.name +
                                            "\":" + literal(inside) + "}}");
}

QByteArray failedResponse(const QString &message, QByteArrayView response, qint64 sequenceNumber) {
    const QByteArray quoted = json::quote(message);
    const QByteArray number = QByteArray::number(sequenceNumber);
    const QByteArray error = R"({"code":"guard_rejected","message":)" + quoted + '}';
    const Result<QByteArray> withStatus = json::withMember(response, "status", R"("failed")");
    const Result<QByteArray> failed =
        withStatus ? json::withMember(*withStatus, "error", error) : withStatus;
    if (!failed)
        return event("error", R"({"type":"error","code":"guard_rejected","message":)" + quoted +
                                  R"(,"param":null,"sequence_number":)" + number + '}');
    return event("response.failed", R"({"type":"response.failed","response":)" + *failed +
                                        R"(,"sequence_number":)" + number + '}');
}

} // namespace

QByteArray restEvent(RuleDialect dialect, const TextKey &key, QByteArrayView last,
                     QByteArrayView inside, qint64 sequenceNumber) {
    switch (dialect) {
    case RuleDialect::Responses:
        return restOfItem(key, last, inside, sequenceNumber);
    case RuleDialect::Messages:
        return restOfBlock(key, inside);
    case RuleDialect::Chat:
    case RuleDialect::Completions:
    case RuleDialect::Embeddings:
        break;
    }
    return restOfChoice(key, last, inside);
}

QByteArray rejectionEvents(RuleDialect dialect, const QString &message, QByteArrayView response,
                           qint64 sequenceNumber) {
    const QByteArray quoted = json::quote(message);
    switch (dialect) {
    case RuleDialect::Responses:
        return failedResponse(message, response, sequenceNumber);
    case RuleDialect::Messages:
        return event("error",
                     R"({"type":"error","error":{"type":"invalid_request_error","message":)" +
                         quoted + "}}");
    case RuleDialect::Chat:
    case RuleDialect::Completions:
    case RuleDialect::Embeddings:
        break;
    }
    return event({},
                 R"({"error":{"message":)" + quoted +
                     R"(,"type":"invalid_request_error","param":null,"code":"guard_rejected"}})") +
           event({}, "[DONE]");
}

} // namespace quaygate
