#include "gateway/dialects/chat_to_responses.h"
#include "gateway/dialects/chunk_stream.h"
#include "gateway/dialects/messages_stream.h"
#include "gateway/dialects/response_to_chat.h"
#include "tests/dialects/golden.h"
#include "tests/dialects/sample_messages_context.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

// A client that speaks chat completions, a deployment that speaks responses.

namespace quaygate::dialects {

namespace {

class ChatRequestGolden : public testing::TestWithParam<std::string> {};

TEST_P(ChatRequestGolden, BecomesAResponsesRequest) {
    const auto responses = chatToResponses(golden::file("chat_request", GetParam() + ".in.json"));
    ASSERT_TRUE(responses) << responses.error().message.toStdString();
    EXPECT_EQ(golden::compact(responses->body),
              golden::compact(golden::file("chat_request", GetParam() + ".out.json")));
    EXPECT_EQ(responses->stream, responses->body.contains("\"stream\":true"));
}

INSTANTIATE_TEST_SUITE_P(All, ChatRequestGolden, testing::ValuesIn(golden::names("chat_request")),
                         [](const auto &info) { return info.param; });

class ChatAnswerGolden : public testing::TestWithParam<std::string> {};

TEST_P(ChatAnswerGolden, BecomesAChatCompletion) {
    const auto chat = responseToChat(golden::file("chat_answer", GetParam() + ".in.json"));
    ASSERT_TRUE(chat) << chat.error().message.toStdString();
    EXPECT_EQ(golden::compact(*chat),
              golden::compact(golden::file("chat_answer", GetParam() + ".out.json")));
}

INSTANTIATE_TEST_SUITE_P(All, ChatAnswerGolden, testing::ValuesIn(golden::names("chat_answer")),
                         [](const auto &info) { return info.param; });

std::unique_ptr<StreamTranslator> makeStream() {
    return std::make_unique<ChunkStream>(ChunkContext{true});
}

class ChatStreamGolden : public testing::TestWithParam<std::string> {};

TEST_P(ChatStreamGolden, BecomesChunks) {
    golden::expectStream(makeStream, golden::file("chat_stream", GetParam() + ".in.sse"),
                         golden::file("chat_stream", GetParam() + ".out.sse"));
}

INSTANTIATE_TEST_SUITE_P(All, ChatStreamGolden, testing::ValuesIn(golden::names("chat_stream")),
                         [](const auto &info) { return info.param; });

QByteArray requestWith(const QByteArray &members) {
    return R"({"model":"m","messages":[{"role":"user","content":"x"}],)" + members + '}';
}

QByteArray requestWithMessage(const QByteArray &message) {
    return requestWith(R"("messages":[)" + message + ']');
}

struct Refusal {
    const char *what;
    QByteArray body;
    const char *where;
};

void PrintTo(const Refusal &c, std::ostream *out) {
    *out << c.what;
}

class RefusedChatRequest : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedChatRequest, NamesTheParameter) {
    const auto responses = chatToResponses(GetParam().body);
    ASSERT_FALSE(responses) << responses->body.toStdString();
    EXPECT_EQ(responses.error().code, ErrorCode::BadRequest);
    EXPECT_EQ(responses.error().detail.toStdString(), GetParam().where);
    EXPECT_TRUE(
        responses.error().message.startsWith(QString::fromLatin1(GetParam().where) + u": "_s));
}

const Refusal refusals[] = {
    {"noModel", R"({"messages":[{"role":"user","content":"x"}]})", "model"},
    {"noMessages", R"({"model":"m"})", "messages"},
    {"severalChoices", requestWith(R"("n":2)"), "n"},
    {"stop", requestWith(R"("stop":"END")"), "stop"},
    {"stops", requestWith(R"("stop":["END"])"), "stop"},
    {"logprobs", requestWith(R"("logprobs":true)"), "logprobs"},
    {"logitBias", requestWith(R"("logit_bias":{"1":2})"), "logit_bias"},
    {"penalty", requestWith(R"("presence_penalty":0.1)"), "presence_penalty"},
    {"audio", requestWith(R"("audio":{"voice":"v"})"), "audio"},
    {"functions", requestWith(R"("functions":[{"name":"f"}])"), "functions"},
    {"customTool", requestWith(R"("tools":[{"type":"custom","custom":{"name":"f"}}])"),
     "tools.0.type"},
    {"unknownChoice", requestWith(R"("tool_choice":{"type":"custom"})"), "tool_choice"},
    {"unknownRole", requestWithMessage(R"({"role":"function","content":"x"})"), "messages.0.role"},
    {"audioPart", requestWithMessage(R"({"role":"user","content":[{"type":"input_audio"}]})"),
     "messages.0.content.0.type"},
    {"oldCall", requestWithMessage(R"({"role":"assistant","function_call":{"name":"f"}})"),
     "messages.0.function_call"},
    {"customCall",
     requestWithMessage(
         R"({"role":"assistant","tool_calls":[{"id":"c","type":"custom","custom":{"name":"f"}}]})"),
     "messages.0.tool_calls.0.type"},
    {"resultOfNoCall", requestWithMessage(R"({"role":"tool","content":"x"})"),
     "messages.0.tool_call_id"},
    {"imageOfATool",
     requestWithMessage(R"({"role":"tool","tool_call_id":"c","content":[{"type":"image_url"}]})"),
     "messages.0.content.0.type"},
};

INSTANTIATE_TEST_SUITE_P(Table, RefusedChatRequest, testing::ValuesIn(refusals),
                         [](const auto &info) { return std::string(info.param.what); });

TEST(ChatRequest, MustBeAnObject) {
    for (const QByteArray body : {"", "[]", "{\"model\":"})
        EXPECT_EQ(chatToResponses(body).error().code, ErrorCode::BodyNotJson);
}

TEST(ChatAnswer, IsMadeOfAResponseThatDidNotFail) {
    for (const QByteArray body : {"", "[]", "{}", R"({"output":null})"})
        EXPECT_EQ(responseToChat(body).error().code, ErrorCode::UpstreamProtocol);
    const auto failed = responseToChat(
        R"({"status":"failed","error":{"code":"server_error","message":"Sorry."},"output":[]})");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message, u"Sorry."_s);
    EXPECT_EQ(failed.error().detail, u"server_error"_s);
}

TEST(ChatStream, CountsTokensOnlyIfItIsAskedTo) {
    ChunkStream stream({false});
    const QByteArray out = stream.feed(golden::file("chat_stream", "text.in.sse"));
    EXPECT_FALSE(out.contains("usage"));
    EXPECT_TRUE(out.endsWith("data: [DONE]\n\n"));
    EXPECT_TRUE(stream.end().isEmpty());
}

/// What speaks messages reaches what speaks responses over chat completions.
TEST(ChatStream, CanBeTranslatedOn) {
    ChunkStream chunks({true});
    MessagesStream messages(sampleMessagesContext());
    QByteArray out = messages.feed(chunks.feed(golden::file("chat_stream", "tools.in.sse")));
    out += messages.feed(chunks.end());
    out += messages.end();
    EXPECT_TRUE(out.contains(R"("partial_json":"45678901234567890}")"));
    EXPECT_TRUE(out.contains(R"("name":"now")"));
    EXPECT_TRUE(out.contains(R"("stop_reason":"tool_use")"));
    EXPECT_TRUE(out.contains(R"("cache_read_input_tokens":64)"));
    EXPECT_TRUE(out.endsWith("data: {\"type\":\"message_stop\"}\n\n"));
}

} // namespace

} // namespace quaygate::dialects
