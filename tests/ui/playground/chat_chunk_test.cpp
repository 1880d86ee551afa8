#include "ui/playground/chat_chunk.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct Case {
    const char *name;
    const char *json;
    const char *text;
    const char *finish;
    const char *model;
};

class ChunkText : public ::testing::TestWithParam<Case> {};

TEST_P(ChunkText, IsRead) {
    const ChatChunk chunk = parseChatChunk(QByteArray(GetParam().json));
    EXPECT_TRUE(chunk.isJson);
    EXPECT_FALSE(chunk.isError);
    EXPECT_EQ(chunk.text, QString::fromUtf8(GetParam().text));
    EXPECT_EQ(chunk.finishReason, QString::fromUtf8(GetParam().finish));
    EXPECT_EQ(chunk.model, QString::fromUtf8(GetParam().model));
}

INSTANTIATE_TEST_SUITE_P(
    Azure, ChunkText,
    ::testing::Values(
        Case{
            "PromptAnnotations",
            R"({"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[]})",
            "", "", ""},
        Case{
            "Role",
            R"({"id":"c","model":"m","choices":[{"content_filter_results":{},"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"obfuscation":"aa"})",
            "", "", "m"},
        Case{"Content", R"({"model":"m","choices":[{"index":0,"delta":{"content":"hé ✓"}}]})",
             "hé ✓", "", "m"},
        Case{"NoIndex", R"({"choices":[{"delta":{"content":"x"}}]})", "x", "", ""},
        Case{"Finish", R"({"choices":[{"index":0,"delta":{},"finish_reason":"length"}]})", "",
             "length", ""},
        Case{
            "AnnotationWithoutDelta",
            R"({"id":"","choices":[{"index":0,"finish_reason":null,"content_filter_offsets":{"check_offset":44}}]})",
            "", "", ""},
        Case{"FilteredWithoutDelta",
             R"({"choices":[{"index":0,"finish_reason":"content_filter"}]})", "", "content_filter",
             ""},
        Case{"NullDelta", R"({"choices":[{"index":0,"delta":null,"finish_reason":"stop"}]})", "",
             "stop", ""},
        Case{
            "OtherChoicesAreNotMixedIn",
            R"({"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"yes"}}]})",
            "yes", "", ""},
        Case{
            "ContentAsParts",
            R"({"choices":[{"delta":{"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}}]})",
            "ab", "", ""},
        Case{
            "WholeAnswer",
            R"({"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"whole"},"finish_reason":"stop"}]})",
            "whole", "stop", "m"},
        Case{"NullError", R"({"error":null,"choices":[{"delta":{"content":"x"}}]})", "x", "", ""},
        Case{"EmptyObject", "{}", "", "", ""}),
    [](const auto &info) { return std::string(info.param.name); });

TEST(ChatChunk, ReadsUsageOnlyWhenBothCountsAreThere) {
    EXPECT_EQ(
        parseChatChunk(R"({"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}})"_ba)
            .usage,
        (AnswerTokens{3, 4}));
    EXPECT_FALSE(parseChatChunk(R"({"usage":null})"_ba).usage);
    EXPECT_FALSE(parseChatChunk(R"({"usage":{"prompt_tokens":3}})"_ba).usage);
}

TEST(ChatChunk, ReadsRefusalsAndToolCalls) {
    const ChatChunk refusal = parseChatChunk(R"({"choices":[{"delta":{"refusal":"No."}}]})"_ba);
    EXPECT_EQ(refusal.refusal, u"No."_s);
    const ChatChunk call = parseChatChunk(
        R"({"choices":[{"delta":{"tool_calls":[{"index":1,"id":"c","function":{"name":"f","arguments":"{"}}]}}]})"_ba);
    EXPECT_EQ(call.toolCalls, (QList<ToolCallPiece>{{1, u"f"_s, u"{"_s}}));
}

TEST(ChatChunk, KnowsErrors) {
    EXPECT_TRUE(parseChatChunk(R"({"error":{"message":"boom"}})"_ba).isError);
    EXPECT_TRUE(parseChatChunk(R"({"error":"boom"})"_ba).isError);
    EXPECT_FALSE(parseChatChunk(R"({"error":{}})"_ba).isError);
}

TEST(ChatChunk, KnowsWhatIsNoJson) {
    for (const QByteArray &text :
         {""_ba, "[DONE"_ba, "<html>"_ba, "[]"_ba, "\"x\""_ba, "{\"a\":"_ba})
        EXPECT_FALSE(parseChatChunk(text).isJson) << text.toStdString();
}

} // namespace
} // namespace quaygate
