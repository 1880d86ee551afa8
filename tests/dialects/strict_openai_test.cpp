#include "gateway/dialects/strict_openai.h"
#include "gateway/dialects/strict_openai_stream.h"
#include "tests/dialects/golden.h"

#include <gtest/gtest.h>

namespace quaygate::dialects {

namespace {

class StrictBodyGolden : public testing::TestWithParam<std::string> {};

TEST_P(StrictBodyGolden, LosesWhatAzureAddsAndNothingElse) {
    EXPECT_EQ(strictOpenAiBody(golden::file("strict_body", GetParam() + ".in.json")),
              golden::file("strict_body", GetParam() + ".out.json"));
}

INSTANTIATE_TEST_SUITE_P(All, StrictBodyGolden, testing::ValuesIn(golden::names("strict_body")),
                         [](const auto &info) { return info.param; });

class StrictStreamGolden : public testing::TestWithParam<std::string> {};

TEST_P(StrictStreamGolden, LosesWhatAzureAddsAndNothingElse) {
    golden::expectStream([] { return std::make_unique<StrictOpenAiStream>(); },
                         golden::file("strict_stream", GetParam() + ".in.sse"),
                         golden::file("strict_stream", GetParam() + ".out.sse"));
}

INSTANTIATE_TEST_SUITE_P(All, StrictStreamGolden, testing::ValuesIn(golden::names("strict_stream")),
                         [](const auto &info) { return info.param; });

TEST(StrictOpenAi, LeavesABodyAloneThatNeedsNothing) {
    for (const QByteArray body :
         {"", "not JSON with content_filter", "[1, 2]", "\"content_filters\"",
          R"( {"error" : {"code":"content_filter","innererror":{}}} )",
          R"({"choices":[{"message":{"content":"x"}}]})"})
        EXPECT_EQ(strictOpenAiBody(body), body);
}

struct Event {
    const char *given;
    const char *left; ///< null: dropped
};

TEST(StrictOpenAi, DropsEventsThatSayNothing) {
    const Event table[] = {
        {R"({"choices":[],"prompt_filter_results":[]})", nullptr},
        {R"({"choices":[],"prompt_annotations":[],"usage":null})", nullptr},
        {R"({"choices":[],"usage":{"total_tokens":1}})",
         R"({"choices":[],"usage":{"total_tokens":1}})"},
        {R"({"choices":[{"index":0,"finish_reason":null,"content_filter_offsets":{}}]})", nullptr},
        {R"({"choices":[{"index":0,"finish_reason":"content_filter"}]})",
         R"({"choices":[{"delta":{},"index":0,"finish_reason":"content_filter"}]})"},
        {R"({"choices":[{"content_filter_results":{}},{"index":1,"delta":{}}]})",
         R"({"choices":[{"delta":{}},{"index":1,"delta":{}}]})"},
        {R"({"choices":[{"content_filter_results":{},"finish_reason":"stop"}]})",
         R"({"choices":[{"delta":{},"finish_reason":"stop"}]})"},
        {R"({"type":"response.created","response":{"content_filters":null}})",
         R"({"type":"response.created","response":{}})"},
        {R"({"error":{"code":"content_filter"}})", R"({"error":{"code":"content_filter"}})"},
    };
    for (const Event &event : table) {
        const StrictEvent left = strictOpenAiEvent(event.given);
        EXPECT_EQ(left.dropped, event.left == nullptr) << event.given;
        if (event.left) {
            EXPECT_EQ(left.data, event.left);
        }
    }
}

TEST(StrictOpenAi, PassesAnEventThatIsTooLongToBeKept) {
    StrictOpenAiStream stream;
    const QByteArray begin =
        R"(data: {"choices":[{"content_filter_results":{},"delta":{"content":")";
    const QByteArray megabyte(1024 * 1024, 'x');
    QByteArray given = begin;
    QByteArray out = stream.feed(begin);
    for (int i = 0; i < 17; ++i) {
        given += megabyte;
        out += stream.feed(megabyte);
    }
    const QByteArray end = "\"}}]}\n\n";
    out += stream.feed(end);
    EXPECT_EQ(out, given + end);
    EXPECT_TRUE(stream.feed("data: {\"choices\":[]}\n\n").isEmpty());
}

} // namespace

} // namespace quaygate::dialects
