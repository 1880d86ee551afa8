#include "ui/playground/answer_reader.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

QByteArray textChunk(const QByteArray &text) {
    return R"({"choices":[{"index":0,"delta":{"content":")"_ba + text + R"("}}]})"_ba;
}

TEST(AnswerReader, PutsTheAnswerTogether) {
    AnswerReader reader;
    EXPECT_EQ(reader.take(R"({"choices":[],"model":""})"_ba), QString());
    EXPECT_EQ(reader.take(textChunk("Hel"_ba)), u"Hel"_s);
    EXPECT_EQ(
        reader.take(
            R"({"model":"m","choices":[{"delta":{"content":"lo"},"finish_reason":"stop"}]})"_ba),
        u"lo"_s);
    reader.take(R"({"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}})"_ba);
    EXPECT_FALSE(reader.isDone());
    reader.take(" [DONE]"_ba);
    EXPECT_TRUE(reader.isDone());
    EXPECT_EQ(reader.text(), u"Hello"_s);
    EXPECT_EQ(reader.model(), u"m"_s);
    EXPECT_EQ(reader.finishReason(), u"stop"_s);
    EXPECT_EQ(reader.usage(), (AnswerTokens{1, 2}));
    EXPECT_EQ(reader.take(textChunk("late"_ba)), QString());
}

TEST(AnswerReader, AnAnnotationAfterTheEndChangesNothingButAFilter) {
    AnswerReader reader;
    reader.take(R"({"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]})"_ba);
    reader.take(R"({"id":"","model":"","choices":[{"index":0,"finish_reason":null}]})"_ba);
    EXPECT_EQ(reader.finishReason(), u"stop"_s);
    reader.take(R"({"choices":[{"index":0,"finish_reason":"content_filter"}]})"_ba);
    EXPECT_EQ(reader.finishReason(), u"content_filter"_s);
    EXPECT_EQ(reader.text(), u"x"_s);
}

TEST(AnswerReader, ShowsToolCallsAsText) {
    AnswerReader reader;
    reader.take(textChunk("Let me look."_ba));
    reader.take(
        R"({"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":""}}]}}]})"_ba);
    reader.take(
        R"({"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}}]}}]})"_ba);
    reader.take(
        R"({"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]})"_ba);
    reader.take(
        R"({"choices":[{"delta":{"tool_calls":[{"index":1,"function":{"name":"g","arguments":"{}"}}]}}]})"_ba);
    reader.take(R"({"choices":[{"delta":{},"finish_reason":"tool_calls"}]})"_ba);
    EXPECT_EQ(reader.text(),
              u"Let me look.\n\nThe model asks to call `f` with\n\n```json\n{\"a\":1}\n```\n"
              "\n\nThe model asks to call `g` with\n\n```json\n{}\n```\n"_s);
}

TEST(AnswerReader, KeepsErrorsNonsenseAndRefusals) {
    AnswerReader reader;
    EXPECT_TRUE(reader.errorBody().isEmpty());
    reader.take("<html>"_ba);
    EXPECT_TRUE(reader.sawNonsense());
    reader.take(R"({"choices":[{"delta":{"refusal":"I cannot."}}]})"_ba);
    EXPECT_TRUE(reader.refused());
    EXPECT_EQ(reader.text(), u"I cannot."_s);
    const QByteArray error = R"({"error":{"message":"boom"}})"_ba;
    reader.take(error);
    EXPECT_EQ(reader.errorBody(), error);
}

TEST(AnswerReader, IsBounded) {
    AnswerReader reader;
    const QByteArray large = textChunk(QByteArray(300'000, 'x'));
    for (int i = 0; i < 5; ++i)
        reader.take(large);
    EXPECT_TRUE(reader.overflowed());
    EXPECT_EQ(reader.text().size(), AnswerReader::maxCharacters);
}

} // namespace
} // namespace quaygate
