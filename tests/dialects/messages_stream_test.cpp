#include "gateway/dialects/messages_stream.h"
#include "tests/dialects/golden.h"
#include "tests/dialects/sample_messages_context.h"

#include <gtest/gtest.h>

namespace quaygate::dialects {

namespace {

std::unique_ptr<StreamTranslator> makeStream() {
    return std::make_unique<MessagesStream>(sampleMessagesContext());
}

class MessagesStreamGolden : public testing::TestWithParam<std::string> {};

TEST_P(MessagesStreamGolden, BecomesTheEventsOfAMessage) {
    golden::expectStream(makeStream, golden::file("messages_stream", GetParam() + ".in.sse"),
                         golden::file("messages_stream", GetParam() + ".out.sse"));
}

INSTANTIATE_TEST_SUITE_P(All, MessagesStreamGolden,
                         testing::ValuesIn(golden::names("messages_stream")),
                         [](const auto &info) { return info.param; });

QByteArray chunk(const QByteArray &delta) {
    return R"(data: {"id":"c","choices":[{"index":0,"delta":)" + delta + "}]}\n\n";
}

QByteArray callPiece(int index, const QByteArray &rest) {
    return chunk(R"({"tool_calls":[{"index":)" + QByteArray::number(index) + ',' + rest + "}]}");
}

TEST(MessagesStream, SendsEachPieceAtOnce) {
    MessagesStream stream({});
    EXPECT_TRUE(stream.feed("data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n").isEmpty());
    EXPECT_TRUE(stream.feed(chunk(R"({"role":"assistant"})")).startsWith("event: message_start\n"));
    EXPECT_TRUE(stream.feed(chunk(R"({"content":"a"})")).contains(R"("text":"a")"));
    EXPECT_EQ(stream.feed(chunk(R"({"content":"b"})")).count("event: "), 1);
    EXPECT_TRUE(stream.feed(callPiece(0, R"("id":"1","function":{"name":"f","arguments":"{"})"))
                    .contains(R"("partial_json":"{")"));
    EXPECT_TRUE(
        stream.feed(callPiece(1, R"("id":"2","function":{"name":"g","arguments":"{"})")).isEmpty());
}

TEST(MessagesStream, KeepsASilentConnectionAliveWhileItLasts) {
    MessagesStream stream({});
    EXPECT_TRUE(stream.heartbeat().isEmpty());
    stream.feed(chunk(R"({"role":"assistant"})"));
    EXPECT_EQ(stream.heartbeat(), "event: ping\ndata: {\"type\":\"ping\"}\n\n");
    stream.feed("data: [DONE]\n\n");
    EXPECT_TRUE(stream.heartbeat().isEmpty());
}

TEST(MessagesStream, SendsNothingAfterItsEnd) {
    MessagesStream stream({});
    EXPECT_TRUE(stream.feed(chunk("{}") + "data: [DONE]\n\n").contains("message_stop"));
    EXPECT_TRUE(stream.feed(chunk(R"({"content":"late"})")).isEmpty());
    EXPECT_TRUE(stream.end().isEmpty());
}

TEST(MessagesStream, IgnoresOtherChoices) {
    MessagesStream stream({});
    const QByteArray out =
        stream.feed("data: {\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other\"}}]}\n\n");
    EXPECT_FALSE(out.contains("other"));
}

TEST(MessagesStream, GivesUpOnAnEventWithoutEnd) {
    MessagesStream stream({});
    QByteArray out = stream.feed("data: ");
    const QByteArray megabyte(1024 * 1024, 'x');
    for (int i = 0; i < 17; ++i)
        out += stream.feed(megabyte);
    EXPECT_EQ(out.count("event: error"), 1);
    EXPECT_TRUE(stream.end().isEmpty());
}

TEST(MessagesStream, GivesUpWhenTooMuchWaitsForItsTurn) {
    MessagesStream stream({});
    QByteArray out =
        stream.feed(callPiece(0, R"("id":"1","function":{"name":"f","arguments":"{"})"));
    const QByteArray megabyte(1024 * 1024, 'x');
    for (int i = 0; i < 17; ++i)
        out += stream.feed(
            callPiece(1, R"("id":"2","function":{"name":"g","arguments":")" + megabyte + "\"}"));
    EXPECT_EQ(out.count("event: error"), 1);
    EXPECT_LT(out.size(), 10'000);
}

TEST(MessagesStream, GivesUpOnACallThatGoesOnAfterItsEnd) {
    MessagesStream stream({});
    stream.feed(callPiece(0, R"("id":"1","function":{"name":"f","arguments":"{"})"));
    stream.feed(chunk(R"({"content":"text"})"));
    EXPECT_TRUE(
        stream.feed(callPiece(0, R"("function":{"arguments":"}"})")).contains("event: error"));
}

} // namespace

} // namespace quaygate::dialects
