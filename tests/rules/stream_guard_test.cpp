#include "gateway/http/sse_reader.h"
#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/guard_body.h"
#include "gateway/rules/stream_guard.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

// Guards over streams: what a client puts together from the events.

namespace quaygate {
namespace {

GuardSteps steps(GuardRule::Action action = GuardRule::Action::Mask) {
    GuardRule rule;
    rule.action = action;
    rule.patterns = {u"secret-\\d\\d"_s};
    rule.builtins = {GuardBuiltin::CreditCard, GuardBuiltin::Email};
    Guard guard;
    guard.response = {rule};
    return compileGuard(guard).value()->response;
}

/// A stream through a guard, in pieces of `size` bytes; 0: at once.
QByteArray through(RuleDialect dialect, const QByteArray &stream, qsizetype size = 0,
                   GuardRule::Action action = GuardRule::Action::Mask) {
    StreamGuard guard(dialect, steps(action));
    QByteArray out;
    const qsizetype step = size > 0 ? size : std::max<qsizetype>(stream.size(), 1);
    for (qsizetype at = 0; at < stream.size(); at += step)
        out += guard.feed(stream.sliced(at, std::min(step, stream.size() - at)));
    return out + guard.end();
}

QList<QJsonObject> eventsOf(const QByteArray &stream) {
    QList<QJsonObject> events;
    SseReader reader([&](const SseReader::Event &event) {
        if (event.data == "[DONE]")
            return;
        const QJsonDocument document = QJsonDocument::fromJson(event.data);
        EXPECT_TRUE(document.isObject()) << event.data.constData();
        events.append(document.object());
    });
    reader.feed(stream);
    return events;
}

/// Every text that a client of the stream puts together, by its place.
QMap<QString, QString> textsOf(const QByteArray &stream) {
    QMap<QString, QString> texts;
    for (const QJsonObject &event : eventsOf(stream)) {
        const QString type = event[u"type"].toString();
        if (event[u"delta"].isString())
            texts[type + QString::number(event[u"output_index"].toInt())] +=
                event[u"delta"].toString();
        const QJsonObject delta = event[u"delta"].toObject();
        for (const QString &member : {u"text"_s, u"partial_json"_s, u"thinking"_s})
            texts[member + QString::number(event[u"index"].toInt())] += delta[member].toString();
        for (const QJsonValue &choice : event[u"choices"].toArray()) {
            const QString index = QString::number(choice[u"index"].toInt());
            texts[u"content"_s + index] += choice[u"delta"][u"content"].toString();
            texts[u"refusal"_s + index] += choice[u"delta"][u"refusal"].toString();
            texts[u"text"_s + index] += choice[u"text"].toString();
            for (const QJsonValue &call : choice[u"delta"][u"tool_calls"].toArray())
                texts[u"call"_s + index + u'.' + QString::number(call[u"index"].toInt())] +=
                    call[u"function"][u"arguments"].toString();
        }
    }
    texts.removeIf([](const auto &text) { return text.value().isEmpty(); });
    return texts;
}

QByteArray chunk(const QByteArray &delta, const QByteArray &finish = "null", int index = 0) {
    return R"(data: {"choices":[{"content_filter_results":{},"delta":)" + delta +
           R"(,"finish_reason":)" + finish + R"(,"index":)" + QByteArray::number(index) +
           R"(,"logprobs":null}],"created":1774960000,"id":"chatcmpl-1","model":"gpt-4.1","object":"chat.completion.chunk"})" +
           "\n\n";
}

QByteArray content(const QByteArray &inside, int index = 0) {
    return chunk(R"({"content":")" + inside + "\"}", "null", index);
}

const QByteArray chatEnd = chunk("{}", "\"stop\"") + "data: [DONE]\n\n";

QByteArray chatOf(std::initializer_list<const char *> pieces) {
    QByteArray stream = chunk(R"({"role":"assistant","content":""})");
    for (const char *const piece : pieces)
        stream += content(piece);
    return stream + chatEnd;
}

TEST(StreamGuardChat, passesWhatHasNoMatchToTheByte) {
    const QByteArray stream =
        "\xEF\xBB\xBF: a comment\r\n\r\n" + chatOf({"Hello ", "caf\\u00e9 ", "w\\\"x\\\" "}) +
        "event: other\ndata: {\"choices\":[],\ndata: \"usage\":{}}\n\ndata\n\nretry: 5\n\n";
    for (const qsizetype size : {0, 1, 7, 64})
        EXPECT_EQ(through(RuleDialect::Chat, stream, size), stream);
}

TEST(StreamGuardChat, passesEventsAtOnce) {
    StreamGuard guard(RuleDialect::Chat, steps());
    const QByteArray event = content("plain prose, ");
    EXPECT_EQ(guard.feed(event.first(40)), "");
    EXPECT_EQ(guard.feed(event.sliced(40)), event);
    // What may become an address waits, the rest does not.
    EXPECT_EQ(textsOf(guard.feed(content("and bob")))[u"content0"_s], u"and "_s);
    EXPECT_EQ(textsOf(guard.feed(content(" says ")))[u"content0"_s], u"bob says "_s);
}

TEST(StreamGuardChat, findsMatchesOverManyEvents) {
    const struct {
        QByteArray stream;
        QString text;
    } cases[] = {
        {chatOf({"x secret-42 y"}), u"x <MASKED> y"_s},
        {chatOf({"x secr", "et-42 y"}), u"x <MASKED> y"_s},
        {chatOf({"x secr", "et-", "42"}), u"x <MASKED>"_s},
        {chatOf({"s", "e", "c", "r", "e", "t", "-", "4", "2"}), u"<MASKED>"_s},
        {chatOf({"s", "e", "c", "r", "e", "t", "-", "4", "x"}), u"secret-4x"_s},
        {chatOf({"4111 ", "1111 ", "1111 ", "1111", "!"}), u"<CREDIT_CARD>!"_s},
        {chatOf({"bob", "@", "example", ".", "com", " or al@x", ".org"}),
         u"<EMAIL_ADDRESS> or <EMAIL_ADDRESS>"_s},
        {chatOf({"b\\u006f", "b\\u0040x.o\\u0072g \\ud83d", "\\ude00 secret-4", "2\\n"}),
         u"<EMAIL_ADDRESS> 😀 <MASKED>\n"_s},
        {chatOf({"the year 20", "24"}), u"the year 2024"_s},
        {chatOf({"\\\"secret-", "42\\\""}), u"\"<MASKED>\""_s},
        {chatOf({"\\ud83d", "x"}), u"\uFFFDx"_s},
    };
    for (const auto &c : cases) {
        const QByteArray expected = through(RuleDialect::Chat, c.stream);
        EXPECT_EQ(textsOf(expected)[u"content0"_s], c.text);
        for (qsizetype size = 1; size < 40; ++size)
            ASSERT_EQ(through(RuleDialect::Chat, c.stream, size), expected) << size;
    }
}

TEST(StreamGuardChat, sendsWhatIsLeftInFrontOfTheEnd) {
    const QByteArray out = through(RuleDialect::Chat, chatOf({"in 20", "24"}));
    const QList<QJsonObject> events = eventsOf(out);
    ASSERT_EQ(events.size(), 5);
    const QJsonValue rest = events[3][u"choices"][0];
    EXPECT_EQ(rest[u"delta"][u"content"], u"2024"_s);
    EXPECT_TRUE(rest[u"finish_reason"].isNull());
    EXPECT_EQ(rest[u"delta"].toObject().size(), 1);
    EXPECT_EQ(events[3][u"id"], u"chatcmpl-1"_s);
    EXPECT_EQ(events[4][u"choices"][0][u"finish_reason"], u"stop"_s);
    EXPECT_TRUE(out.endsWith(chatEnd));

    const QByteArray cut = content("bob@x.org");
    EXPECT_EQ(textsOf(through(RuleDialect::Chat, cut))[u"content0"_s], u"<EMAIL_ADDRESS>"_s);
    EXPECT_EQ(textsOf(through(RuleDialect::Chat, cut + "data: [DONE]\n\n"))[u"content0"_s],
              u"<EMAIL_ADDRESS>"_s);
    const QByteArray failed = content("in 2024") + "data: {\"error\":{\"message\":\"x\"}}\n\n";
    EXPECT_EQ(textsOf(through(RuleDialect::Chat, failed))[u"content0"_s], u"in 2024"_s);
    EXPECT_TRUE(through(RuleDialect::Chat, failed).endsWith("\"x\"}}\n\n"));
    const QByteArray atTheEnd = chunk(R"({"content":"bob@x.org"})", "\"stop\"");
    EXPECT_EQ(eventsOf(through(RuleDialect::Chat, atTheEnd)).size(), 1);
    EXPECT_EQ(textsOf(through(RuleDialect::Chat, atTheEnd))[u"content0"_s], u"<EMAIL_ADDRESS>"_s);
}

TEST(StreamGuardChat, seesWhereAnEventDiffersFromTheOneBefore) {
    const QByteArray last = chunk(R"({"content":"bob@x.org"})", "\"stop\"");
    const QByteArray stream = content("a ") + content("b ") + last + "data: [DONE]\n\n";
    const QList<QJsonObject> events = eventsOf(through(RuleDialect::Chat, stream));
    ASSERT_EQ(events.size(), 3) << "the rest comes with the event that ends the text";
    EXPECT_EQ(events[2][u"choices"][0][u"delta"][u"content"], u"<EMAIL_ADDRESS>"_s);
    EXPECT_EQ(events[2][u"choices"][0][u"finish_reason"], u"stop"_s);
}

TEST(StreamGuardChat, keepsChoicesAndCallsApart) {
    const auto call = [](int index, const QByteArray &arguments) {
        return chunk(R"({"tool_calls":[{"index":)" + QByteArray::number(index) +
                     R"(,"function":{"arguments":")" + arguments + R"("}}]})");
    };
    const QByteArray stream =
        content("secret", 0) + content("secret-", 1) + content("-42", 0) + content("99", 1) +
        chunk(
            R"({"tool_calls":[{"index":0,"id":"c","type":"function","function":{"name":"f","arguments":""}}]})") +
        call(0, R"({\"card\": 4111)") + call(1, R"({\"bob@x.org\":\"bob)") +
        call(0, R"(111111111111, \"b\": 20)") + call(1, R"(@x.o)") + call(0, "24}") +
        call(1, R"(rg\"})") + chunk("{}", "\"stop\"", 0) + chunk("{}", "\"stop\"", 1) +
        "data: [DONE]\n\n";
    const QMap<QString, QString> expected{
        {u"content0"_s, u"<MASKED>"_s},
        {u"content1"_s, u"<MASKED>"_s},
        {u"call0.0"_s, u"{\"card\": \"<CREDIT_CARD>\", \"b\": 2024}"_s},
        {u"call0.1"_s, u"{\"bob@x.org\":\"<EMAIL_ADDRESS>\"}"_s}};
    for (const qsizetype size : {0, 1, 2, 3, 50})
        EXPECT_EQ(textsOf(through(RuleDialect::Chat, stream, size)), expected);
}

TEST(StreamGuardChat, masksEveryTextOfAChoice) {
    const QByteArray deltas[] = {
        R"({"refusal":"secr%"})",
        R"({"reasoning_content":"secr%"})",
        R"({"reasoning":"secr%"})",
        R"({"tool_calls":[{"index":2,"custom":{"input":"secr%"}}]})",
        R"({"content":[{"type":"text","text":"secr%"}]})",
        R"({"audio":{"transcript":"secr%"}})",
    };
    for (const QByteArray &delta : deltas) {
        const QByteArray first = chunk(QByteArray(delta).replace("secr%", "x secr"));
        const QByteArray second = chunk(QByteArray(delta).replace("secr%", "et-4"));
        const QByteArray third = chunk(QByteArray(delta).replace("secr%", "2"));
        const QByteArray out = through(RuleDialect::Chat, first + second + third + chatEnd);
        EXPECT_TRUE(out.contains(QByteArray(delta).replace("secr%", "<MASKED>")))
            << out.constData();
        EXPECT_FALSE(out.contains("secr"));
        // What is left comes in the same place.
        const QByteArray cut = through(RuleDialect::Chat, first + chatEnd);
        EXPECT_TRUE(cut.contains(QByteArray(delta).replace("secr%", "secr"))) << cut.constData();
    }
}

TEST(StreamGuardChat, masksCallsOfTheOldKind) {
    const QByteArray out = through(
        RuleDialect::Chat, chunk(R"({"function_call":{"name":"f","arguments":"[\"secr"}})") +
                               chunk(R"({"function_call":{"arguments":"et-42\""}})") + chatEnd);
    EXPECT_TRUE(out.contains(R"({"function_call":{"name":"f","arguments":"[\""}})"));
    EXPECT_TRUE(out.contains(R"({"function_call":{"arguments":"<MASKED>\""}})"));
}

TEST(StreamGuardChat, leavesOutLogProbabilities) {
    const QByteArray event =
        R"(data: {"choices":[{"index":0,"delta":{"content":"x "},"logprobs":{"content":[{"token":"x ","top_logprobs":[]}]}}]})"
        "\n\n";
    EXPECT_EQ(through(RuleDialect::Chat, event),
              R"(data: {"choices":[{"index":0,"delta":{"content":"x "},"logprobs":null}]})"
              "\n\n");
}

TEST(StreamGuardChat, readsDataInSeveralLinesAndWhatIsNoJson) {
    EXPECT_EQ(textsOf(through(RuleDialect::Chat,
                              "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":"
                              "\"secret-42 \"}}]}\n\n"))[u"content0"_s],
              u"<MASKED> "_s);
    EXPECT_EQ(textsOf(through(RuleDialect::Chat,
                              "data: {\"choices\":[{\"index\":0,\"delta\":"
                              "{\"content\":\"secret-42\"}}],\ndata: \"x\":1}\n\n"))[u"content0"_s],
              u"<MASKED>"_s);
    EXPECT_EQ(through(RuleDialect::Responses,
                      "data: {\"type\":\"response.output_text.done\",\r\nid: 1\r\ndata:\r\n"
                      "data: \"text\":\"secret-42\"}\r\nevent: x\r\n\r\n"),
              "data: {\"type\":\"response.output_text.done\",  \"text\":\"<MASKED>\"}\r\nid: 1\r\n"
              "event: x\r\n\r\n");
    const QByteArray between = content("a ") + "data: oops\n\n" + content("b ");
    EXPECT_EQ(through(RuleDialect::Chat, between), between);
    EXPECT_EQ(through(RuleDialect::Chat, "data: oops secret-42\n\n"), "data: oops <MASKED>\n\n");
    EXPECT_EQ(
        textsOf(through(RuleDialect::Chat, content("secret-42").chopped(1)) + '\n')[u"content0"_s],
        u"<MASKED>"_s);
    EXPECT_EQ(
        through(RuleDialect::Chat,
                "data: {\"choices\":[{\"d\\u0065lta\":{\"content\":\"secret-42 \"}}]}\r\n\r\n", 1),
        "data: {\"choices\":[{\"d\\u0065lta\":{\"content\":\"<MASKED> \"}}]}\r\n\r\n");
}

TEST(StreamGuardChat, sendsWhatIsLeftInFrontOfAnEventThatIsCutOff) {
    const QByteArray cut = R"(data: {"choices":[{"ind)";
    const QByteArray out = through(RuleDialect::Chat, content("in 2024") + cut);
    EXPECT_EQ(textsOf(out)[u"content0"_s], u"in 2024"_s);
    EXPECT_TRUE(out.endsWith("\n\n" + cut));
}

TEST(StreamGuardChat, endsARefusedStream) {
    const QByteArray stream = chatOf({"all good ", "so far, secr", "et-4", "2 and more"});
    for (const qsizetype size : {0, 1, 20}) {
        const QByteArray out = through(RuleDialect::Chat, stream, size, GuardRule::Action::Reject);
        EXPECT_EQ(textsOf(out)[u"content0"_s], u"all good so far, "_s);
        const QJsonObject error = eventsOf(out).last()[u"error"].toObject();
        EXPECT_EQ(error[u"code"], u"guard_rejected"_s);
        EXPECT_FALSE(error[u"message"].toString().isEmpty());
        EXPECT_TRUE(out.endsWith("}}\n\ndata: [DONE]\n\n"));
        EXPECT_FALSE(out.contains("secr"));
    }
    StreamGuard guard(RuleDialect::Chat, steps(GuardRule::Action::Reject));
    EXPECT_FALSE(guard.rejected());
    guard.feed(stream);
    EXPECT_TRUE(guard.rejected());
    EXPECT_EQ(guard.feed(content("more")), "");
    EXPECT_EQ(guard.end(), "");
    StreamGuard cut(RuleDialect::Chat, steps(GuardRule::Action::Reject));
    cut.feed(content("secr", 1) + content("secret-42 ") + "data: {");
    EXPECT_EQ(cut.end(), "");
    EXPECT_EQ(guard.verdicts(),
              (QList<RuleVerdict>{{u"guard"_s, u"rejected"_s, u"answer: pattern 1"_s}}));
}

TEST(StreamGuardChat, tellsWhatItFound) {
    StreamGuard guard(RuleDialect::Chat, steps());
    guard.feed(chatOf({"secret-42 bob@x.or", "g secret-43"}));
    guard.end();
    EXPECT_EQ(guard.verdicts(),
              (QList<RuleVerdict>{{u"guard"_s, u"masked"_s, u"answer: pattern 1 × 2"_s},
                                  {u"guard"_s, u"masked"_s, u"answer: email"_s}}));
}

TEST(StreamGuardChat, boundsHowManyTextsAreOpen) {
    QByteArray stream;
    for (int i = 0; i < 2000; ++i)
        stream += content("20", i);
    const QByteArray out = through(RuleDialect::Chat, stream);
    EXPECT_EQ(eventsOf(out).last()[u"error"][u"code"], u"guard_rejected"_s);
}

TEST(StreamGuardCompletions, masksText) {
    const auto text = [](const QByteArray &inside) {
        return R"(data: {"id":"c","choices":[{"text":")" + inside +
               R"(","index":0,"finish_reason":null}]})" + "\n\n";
    };
    const QByteArray stream = text("x sec") + text("ret-42, 20") + text("24") + "data: [DONE]\n\n";
    for (const qsizetype size : {0, 1, 11})
        EXPECT_EQ(textsOf(through(RuleDialect::Completions, stream, size))[u"text0"_s],
                  u"x <MASKED>, 2024"_s);
}

QByteArray named(const QByteArray &type, const QByteArray &members) {
    return "event: " + type + "\ndata: {\"type\":\"" + type + "\"," + members + "}\n\n";
}

TEST(StreamGuardMessages, masksBlocks) {
    const auto delta = [](int index, const QByteArray &kind, const QByteArray &member,
                          const QByteArray &inside) {
        return named("content_block_delta", "\"index\":" + QByteArray::number(index) +
                                                ",\"delta\":{\"type\":\"" + kind + "\",\"" +
                                                member + "\":\"" + inside + "\"}");
    };
    const auto stop = [](int index) {
        return named("content_block_stop", "\"index\":" + QByteArray::number(index));
    };
    const QByteArray head =
        named("message_start", R"("message":{"id":"m","content":[]})") +
        named("content_block_start", R"("index":0,"content_block":{"type":"text","text":""})") +
        "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    const QByteArray tail = named("message_delta", R"("delta":{"stop_reason":"end_turn"})") +
                            named("message_stop", R"("x":0)");
    const QByteArray stream =
        head + delta(0, "text_delta", "text", "Mail bob") +
        delta(0, "text_delta", "text", "@x.org in 20") + delta(0, "text_delta", "text", "24") +
        stop(0) + delta(1, "input_json_delta", "partial_json", R"({\"a\":\"sec)") +
        delta(1, "input_json_delta", "partial_json", R"(ret-42\",\"n\":4111111)") +
        delta(1, "input_json_delta", "partial_json", R"(111111111})") + stop(1) +
        delta(2, "thinking_delta", "thinking", "secret-42") +
        delta(2, "signature_delta", "signature", "secret-42") + stop(2) + tail;
    for (const qsizetype size : {0, 1, 13}) {
        const QByteArray out = through(RuleDialect::Messages, stream, size);
        const QMap<QString, QString> texts = textsOf(out);
        EXPECT_EQ(texts[u"text0"_s], u"Mail <EMAIL_ADDRESS> in 2024"_s);
        EXPECT_EQ(texts[u"partial_json1"_s], u"{\"a\":\"<MASKED>\",\"n\":\"<CREDIT_CARD>\"}"_s);
        EXPECT_EQ(texts[u"thinking2"_s], u"<MASKED>"_s);
        EXPECT_TRUE(out.contains(R"("signature":"secret-42")"));
        EXPECT_TRUE(out.startsWith(head));
        EXPECT_TRUE(out.endsWith(tail));
    }
    // The rest of a block comes in front of its end.
    const QList<QJsonObject> events = eventsOf(through(RuleDialect::Messages, stream));
    qsizetype ends = 0;
    while (events[ends][u"type"] != u"content_block_stop"_s)
        ++ends;
    EXPECT_EQ(events[ends - 1][u"delta"][u"text"], u"2024"_s);
    EXPECT_EQ(events[ends - 1][u"delta"][u"type"], u"text_delta"_s);

    EXPECT_EQ(
        through(
            RuleDialect::Messages,
            named(
                "content_block_start",
                R"("index":0,"content_block":{"type":"tool_use","input":{"secret-42":["secret-42"]}})")),
        named(
            "content_block_start",
            R"("index":0,"content_block":{"type":"tool_use","input":{"secret-42":["<MASKED>"]}})"));

    const QByteArray out = through(RuleDialect::Messages, stream, 0, GuardRule::Action::Reject);
    EXPECT_EQ(eventsOf(out).last()[u"error"][u"type"], u"invalid_request_error"_s);
    EXPECT_EQ(textsOf(out)[u"text0"_s], u"Mail "_s);
    EXPECT_TRUE(out.contains("event: error\n"));
}

QByteArray numbered(int number, const QByteArray &type, const QByteArray &members) {
    return named(type, "\"sequence_number\":" + QByteArray::number(number) + ',' + members);
}

/// Members of an item in the answer.
const QByteArray ofItem = R"("item_id":"msg_1","output_index":0,"content_index":0,)";

QByteArray responsesStream(std::initializer_list<const char *> pieces, const QByteArray &text) {
    int number = 0;
    QByteArray stream = numbered(number++, "response.created",
                                 R"("response":{"id":"r","status":"in_progress","output":[]})");
    for (const char *const piece : pieces)
        stream +=
            numbered(number++, "response.output_text.delta",
                     ofItem + R"("delta":")" + piece + R"(","logprobs":[],"obfuscation":"x")");
    const QByteArray part = R"({"type":"output_text","text":")" + text + R"(","annotations":[]})";
    const QByteArray item = R"({"id":"msg_1","type":"message","content":[)" + part + "]}";
    stream += numbered(number++, "response.output_text.done", ofItem + R"("text":")" + text + "\"");
    stream += numbered(number++, "response.content_part.done", ofItem + "\"part\":" + part);
    stream +=
        numbered(number++, "response.output_item.done", "\"output_index\":0,\"item\":" + item);
    return stream +
           numbered(number++, "response.completed",
                    R"("response":{"id":"r","status":"completed","output":[)" + item + "]}");
}

TEST(StreamGuardResponses, masksWhatIsToldOnceMore) {
    const QByteArray stream = responsesStream({"Mail bo", "b@x.o", "rg, secret-", "42 in 20", "24"},
                                              "Mail bob@x.org, secret-42 in 2024");
    const QString text = u"Mail <EMAIL_ADDRESS>, <MASKED> in 2024"_s;
    for (const qsizetype size : {0, 1, 5, 100}) {
        const QByteArray out = through(RuleDialect::Responses, stream, size);
        EXPECT_EQ(textsOf(out)[u"response.output_text.delta0"_s], text);
        const QList<QJsonObject> events = eventsOf(out);
        ASSERT_EQ(events.size(), 11);
        EXPECT_EQ(events[6][u"delta"], u"2024"_s) << "the rest comes in an event of its own";
        EXPECT_EQ(events[7][u"text"], text);
        EXPECT_EQ(events[8][u"part"][u"text"], text);
        EXPECT_EQ(events[9][u"item"][u"content"][0][u"text"], text);
        EXPECT_EQ(events[10][u"response"][u"output"][0][u"content"][0][u"text"], text);
        for (int i = 0; i < events.size(); ++i)
            EXPECT_EQ(events[i][u"sequence_number"].toInt(), i);
    }
}

TEST(StreamGuardResponses, passesTheRestToTheByte) {
    const QByteArray stream = responsesStream({"Hello ", "you. "}, "Hello you. ");
    EXPECT_EQ(through(RuleDialect::Responses, stream, 3), stream);
}

TEST(StreamGuardResponses, masksCallsAndRefusals) {
    const auto call = [](const QByteArray &kind, const QByteArray &member,
                         const QByteArray &inside) {
        return named("response." + kind,
                     R"("output_index":3,"item_id":"fc_1",")" + member + "\":\"" + inside + "\"");
    };
    const QByteArray stream =
        call("function_call_arguments.delta", "delta", R"({\"secret-42\":\"secr)") +
        call("function_call_arguments.delta", "delta", R"(et-42\"})") +
        call("function_call_arguments.done", "arguments", R"({\"secret-42\":\"secret-42\"})") +
        call("refusal.delta", "delta", "secret-42") + call("refusal.done", "refusal", "secret-42") +
        call("audio.delta", "delta", "secret-42") +
        call("mcp_call.arguments_delta", "delta", R"([\"secr)") +
        call("mcp_call.arguments_delta", "delta", R"(et-42\"])") +
        call("output_item.done", "x", "");
    const QByteArray out = through(RuleDialect::Responses, stream, 9);
    EXPECT_EQ(textsOf(out)[u"response.function_call_arguments.delta3"_s],
              u"{\"secret-42\":\"<MASKED>\"}"_s);
    EXPECT_EQ(textsOf(out)[u"response.refusal.delta3"_s], u"<MASKED>"_s);
    EXPECT_EQ(textsOf(out)[u"response.audio.delta3"_s], u"secret-42"_s);
    EXPECT_TRUE(out.contains(R"("arguments":"{\"secret-42\":\"<MASKED>\"}")"));
    EXPECT_TRUE(out.contains(R"("refusal":"<MASKED>")"));
    EXPECT_EQ(textsOf(out)[u"response.mcp_call.arguments_delta3"_s], u"[\"<MASKED>\"]"_s);
}

TEST(StreamGuardResponses, readsEventsThatDoNotSayWhatTheyAre) {
    const QByteArray delta = "data: {\"delta\":\"a secr\"}\n\n";
    const QByteArray done = named("response.output_text.done", R"("text":"")");
    EXPECT_EQ(textsOf(through(RuleDialect::Responses, delta + done))[u"0"_s], u"a secr"_s);
}

TEST(StreamGuardResponses, endsARefusedStream) {
    const QByteArray stream = responsesStream({"fine ", "secret-", "42"}, "fine secret-42");
    const QByteArray out = through(RuleDialect::Responses, stream, 7, GuardRule::Action::Reject);
    const QList<QJsonObject> events = eventsOf(out);
    const QJsonObject last = events.last();
    EXPECT_EQ(last[u"type"], u"response.failed"_s);
    EXPECT_EQ(last[u"response"][u"id"], u"r"_s);
    EXPECT_EQ(last[u"response"][u"status"], u"failed"_s);
    EXPECT_EQ(last[u"response"][u"error"][u"code"], u"guard_rejected"_s);
    EXPECT_EQ(last[u"sequence_number"].toInt(), events.size() - 1);
    EXPECT_EQ(textsOf(out)[u"response.output_text.delta0"_s], u"fine "_s);

    const QByteArray late = through(
        RuleDialect::Responses, numbered(4, "response.output_text.done", R"("text":"secret-42")"),
        0, GuardRule::Action::Reject);
    EXPECT_EQ(eventsOf(late).last()[u"type"], u"error"_s);
    EXPECT_EQ(eventsOf(late).last()[u"code"], u"guard_rejected"_s);
}

TEST(StreamGuard, endsWithTooLongAnEvent) {
    StreamGuard guard(RuleDialect::Chat, steps());
    const QByteArray piece = "data: " + QByteArray(SseFrames::longest / 4, 'x');
    QByteArray out;
    for (int i = 0; i < 5; ++i)
        out += guard.feed(piece);
    EXPECT_TRUE(guard.rejected());
    EXPECT_EQ(eventsOf(out).last()[u"error"][u"code"], u"guard_rejected"_s);
}

} // namespace
} // namespace quaygate
