#include "gateway/json/json_text.h"
#include "gateway/traffic/usage_asked.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(KnowsUsageInStreams, FollowsTheApiVersion) {
    const struct {
        QString version;
        bool knows;
    } cases[] = {
        {u""_s, true},
        {u"v1"_s, true},
        {u"preview"_s, true},
        {u"2024-09-01-preview"_s, true},
        {u"2024-10-21"_s, true},
        {u"2025-01-01-preview"_s, true},
        {u"2024-08-01-preview"_s, false},
        {u"2024-06-01"_s, false},
        {u"2023-05-15"_s, false},
        {u"latest"_s, false},
        {u"2024"_s, false},
    };
    for (const auto &c : cases)
        EXPECT_EQ(knowsUsageInStreams(c.version), c.knows) << c.version.toStdString();
}

TEST(WithUsageAsked, AsksOnlyWhereItMustAndChangesNothingElse) {
    const struct {
        QByteArray body;
        QByteArray changed; ///< null: left as it is
    } cases[] = {
        {R"({"stream":true})", R"({"stream_options":{"include_usage":true},"stream":true})"},
        {R"({ "a" : 1.0e0 , "stream" : true , "stream_options" : null })",
         R"({ "a" : 1.0e0 , "stream" : true , "stream_options" : {"include_usage":true} })"},
        {R"({"stream_options":{ "include_obfuscation": false },"stream":true})",
         R"({"stream_options":{"include_usage":true, "include_obfuscation": false },"stream":true})"},
        {R"({"stream_options":{"include_usage":false},"stream":true})",
         R"({"stream_options":{"include_usage":true},"stream":true})"},
        {R"({"stream_options":{},"stream":true})",
         R"({"stream_options":{"include_usage":true},"stream":true})"},
        {R"({"stream":true,"stream_options":{"include_usage":true}})", {}},
        {R"({"stream":false})", {}},
        {R"({"stream":null})", {}},
        {R"({"messages":[{"stream":true}]})", {}},
        {R"({"stream":true,"stream_options":[]})", {}},
        {R"({"stream":true,"stream_options":"x"})", {}},
        {R"([{"stream":true}])", {}},
        {R"({"stream":true)", {}},
        {"", {}},
    };
    for (const auto &c : cases) {
        const auto changed = withUsageAsked(c.body);
        EXPECT_EQ(changed.has_value(), !c.changed.isNull()) << c.body.toStdString();
        EXPECT_EQ(changed.value_or(QByteArray()), c.changed) << c.body.toStdString();
    }
}

const QByteArray usageEvent =
    "data: {\"choices\":[],\"id\":\"c\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n\n"_ba;

struct FilterCase {
    const char *name;
    QByteArray before;
    QByteArray dropped; ///< what must be missing behind `before`
    QByteArray after;
};

class UsageFiltering : public testing::TestWithParam<FilterCase> {};

TEST_P(UsageFiltering, DropsOneEventAndKeepsAllOtherBytesWhereverItIsCut) {
    const FilterCase &c = GetParam();
    const QByteArray whole = c.before + c.dropped + c.after;
    const QByteArray wanted = c.before + c.after;
    for (qsizetype cut = 0; cut <= whole.size(); ++cut) {
        UsageEventFilter filter;
        QByteArray out = filter.feed(QByteArrayView(whole).first(cut));
        out += filter.feed(QByteArrayView(whole).sliced(cut));
        out += filter.end();
        ASSERT_EQ(out, wanted) << c.name << ", cut at " << cut;
    }
    UsageEventFilter filter;
    QByteArray out;
    for (qsizetype at = 0; at < whole.size(); ++at)
        out += filter.feed(QByteArrayView(whole).sliced(at, 1));
    EXPECT_EQ(out + filter.end(), wanted) << c.name;
}

INSTANTIATE_TEST_SUITE_P(
    Streams, UsageFiltering,
    testing::Values(
        FilterCase{"as Azure sends it",
                   "data: {\"choices\":[],\"prompt_filter_results\":[]}\n\n"
                   "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}],\"usage\":null}\n\n",
                   usageEvent, "data: [DONE]\n\n"},
        FilterCase{"CR LF and comments", ": x\r\n\r\ndata: 1\r\n\r\n",
                   QByteArray(usageEvent).replace("\n", "\r\n"), "data: [DONE]\r\n\r\n"},
        FilterCase{"CR", "data: 1\r\r", QByteArray(usageEvent).replace("\n", "\r"),
                   "data: [DONE]\r\r"},
        FilterCase{"spaced", "data:1\n\n",
                   "id: 4\ndata: { \"usage\" : { } , \"choices\" : [ ] }\n: y\n\n", "data: 2\n\n"},
        FilterCase{"a choice beside the usage",
                   "data: {\"choices\":[{\"delta\":{}}],\"usage\":{\"prompt_tokens\":1}}\n\n", "",
                   "data: [DONE]\n\n"},
        FilterCase{"no choices at all", "data: {\"usage\":{\"prompt_tokens\":1}}\n\n", "", ""},
        FilterCase{"usage in a text",
                   "data: {\"choices\":[],\"x\":{\"usage\":{}},\"y\":\"\\\"usage\\\":{}\"}\n\n", "",
                   ""},
        FilterCase{"an error", "data: {\"error\":{\"message\":\"usage\"}}\n\n", "", ""},
        FilterCase{"cut in the usage", "data: 1\n\n" + usageEvent.chopped(9), "", ""},
        FilterCase{"not events", "{\"choices\":[],\"usage\":{}}", "", ""}));

TEST(UsageEventFilter, HoldsNoMoreThanABeginOfALongEvent) {
    UsageEventFilter filter;
    qsizetype out = filter.feed("data: ").size();
    const QByteArray piece(1000, 'x');
    for (int i = 0; i < 1000; ++i) {
        out += filter.feed(piece).size();
        ASSERT_LE(6 + (i + 1) * piece.size() - out, 17'000);
    }
}

} // namespace
} // namespace quaygate
