#include "gateway/dialects/chat_to_messages.h"
#include "gateway/dialects/messages_error.h"
#include "tests/dialects/golden.h"
#include "tests/dialects/sample_messages_context.h"

#include <gtest/gtest.h>

namespace quaygate::dialects {

namespace {

class MessagesAnswerGolden : public testing::TestWithParam<std::string> {};

TEST_P(MessagesAnswerGolden, BecomesAMessage) {
    const QByteArray chat = golden::file("messages_answer", GetParam() + ".in.json");
    const QByteArray expected = golden::file("messages_answer", GetParam() + ".out.json");
    const auto message = chatToMessage(chat, sampleMessagesContext());
    ASSERT_TRUE(message) << message.error().message.toStdString();
    EXPECT_EQ(golden::compact(*message), golden::compact(expected));
}

INSTANTIATE_TEST_SUITE_P(All, MessagesAnswerGolden,
                         testing::ValuesIn(golden::names("messages_answer")),
                         [](const auto &info) { return info.param; });

TEST(MessagesAnswer, IsMadeOfAChatCompletionOnly) {
    for (const QByteArray body : {"", "<html>", "[]", "{}", R"({"choices":[]})"}) {
        const auto message = chatToMessage(body, {});
        ASSERT_FALSE(message) << body.toStdString();
        EXPECT_EQ(message.error().code, ErrorCode::UpstreamProtocol);
    }
}

TEST(MessagesAnswer, KnowsBothNamesOfAThought) {
    for (const QByteArray name : {"reasoning", "reasoning_content"}) {
        const auto message =
            chatToMessage(R"({"choices":[{"message":{")" + name + R"(":"hm"}}]})", {});
        EXPECT_TRUE(message.value().contains(R"("thinking":"hm")")) << name.toStdString();
    }
}

TEST(MessagesAnswer, NamesTheReasonToStop) {
    struct Reason {
        const char *finish;
        bool calls;
        const char *stop;
    };
    const Reason table[] = {
        {"stop", false, "end_turn"},      {"stop", true, "tool_use"},
        {"tool_calls", true, "tool_use"}, {"function_call", false, "end_turn"},
        {"length", true, "max_tokens"},   {"content_filter", true, "refusal"},
        {"", false, "end_turn"},
    };
    for (const Reason &reason : table)
        EXPECT_EQ(stopReason(reason.finish, reason.calls), reason.stop) << reason.finish;
}

TEST(MessagesAnswer, NeverCountsLessThanNothing) {
    ChatUsage usage;
    usage.prompt = 3;
    usage.cached = 5;
    EXPECT_TRUE(messagesUsage(usage).startsWith(R"({"input_tokens":0,)"));
}

TEST(MessagesError, HasTheTypeOfItsStatus) {
    struct Type {
        int status;
        const char *type;
    };
    const Type table[] = {
        {400, "invalid_request_error"},
        {401, "authentication_error"},
        {402, "billing_error"},
        {403, "permission_error"},
        {404, "not_found_error"},
        {408, "invalid_request_error"},
        {413, "request_too_large"},
        {429, "rate_limit_error"},
        {500, "api_error"},
        {502, "api_error"},
        {503, "api_error"},
        {504, "timeout_error"},
        {529, "overloaded_error"},
    };
    for (const Type &entry : table)
        EXPECT_EQ(messagesErrorType(entry.status), entry.type) << entry.status;
}

TEST(MessagesError, IsReadInEveryShape) {
    struct Shape {
        int status;
        const char *body;
        const char *error;
    };
    const Shape table[] = {
        {401, R"({"error":{"code":"401","message":"Access denied due to \"key\"."}})",
         R"({"type":"authentication_error","message":"Access denied due to \"key\"."})"},
        {404, R"({"statusCode":404,"message":"Resource not found"})",
         R"({"type":"not_found_error","message":"Resource not found"})"},
        {400, R"({"error":"plain"})", R"({"type":"invalid_request_error","message":"plain"})"},
        {400,
         R"({"error":{"message":"This model's maximum context length is 8 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}})",
         R"({"type":"invalid_request_error","message":"prompt is too long: This model's maximum context length is 8 tokens."})"},
        {502, "<html>Bad gateway</html>",
         R"({"type":"api_error","message":"The upstream answered with status 502 and did not say why."})"},
        {503, "",
         R"({"type":"api_error","message":"The upstream answered with status 503 and did not say why."})"},
    };
    for (const Shape &shape : table)
        EXPECT_EQ(upstreamErrorAsMessages(shape.status, shape.body),
                  QByteArray(R"({"type":"error","error":)") + shape.error + '}');
    EXPECT_EQ(
        upstreamErrorAsMessages(500, R"({"error":{"message":"m"}})", "req-1"),
        R"({"type":"error","error":{"type":"api_error","message":"m"},"request_id":"req-1"})");
}

TEST(MessagesError, InAStreamIsToldApartByItsCode) {
    struct Code {
        UpstreamError error;
        const char *type;
    };
    const Code table[] = {
        {{"m", "429", {}, {}}, "rate_limit_error"},
        {{"m", "rate_limit_exceeded", {}, {}}, "rate_limit_error"},
        {{"m", "content_filter", {}, {}}, "invalid_request_error"},
        {{"m", {}, "invalid_request_error", {}}, "invalid_request_error"},
        {{"m", {}, "server_error", {}}, "api_error"},
        {{"m", "503", {}, {}}, "api_error"},
        {{"m", {}, {}, {}}, "api_error"},
    };
    for (const Code &code : table)
        EXPECT_EQ(streamErrorAsMessages(code.error),
                  QByteArray(R"({"type":"error","error":{"type":")") + code.type +
                      R"(","message":"m"}})");
    EXPECT_TRUE(streamErrorAsMessages({}).contains("did not say why"));
}

} // namespace

} // namespace quaygate::dialects
