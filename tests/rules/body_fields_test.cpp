#include "gateway/json/json_text.h"
#include "gateway/rules/body_fields.h"
#include "tests/json/random_json.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct FieldCase {
    const char *what;
    QByteArray body;
    QByteArray expected;
};

TEST(BodyFields, addsDefaultsAndReplacesWithOverrides) {
    Rules rules;
    rules.defaults = {{u"temperature"_s, "0.20"}, {u"seed"_s, "7"}};
    rules.overrides = {{u"store"_s, "false"}, {u"user"_s, R"({"a":1})"}};
    const FieldCase cases[] = {
        {"nothing is there", "{}", R"({"temperature":0.20,"seed":7,"store":false,"user":{"a":1}})"},
        {"everything is there", R"({"temperature":1,"seed":2,"store":true,"user":"me"})",
         R"({"temperature":1,"seed":2,"store":false,"user":{"a":1}})"},
        {"null is a value", R"({"temperature":null,"seed":1,"store":0,"user":0})",
         R"({"temperature":null,"seed":1,"store":false,"user":{"a":1}})"},
        {"all else keeps its bytes", "{ \"seed\" : 1e2 ,\n\"x\":[1.50, \"\\u00e9\"] }\n",
         "{\"temperature\":0.20,\"store\":false,\"user\":{\"a\":1}, \"seed\" : 1e2 ,\n"
         "\"x\":[1.50, \"\\u00e9\"] }\n"},
        {"only members of the body itself count", R"({"x":{"temperature":1,"store":true}})",
         R"({"temperature":0.20,"seed":7,"store":false,"user":{"a":1},"x":{"temperature":1,"store":true}})"},
        {"every member of a name is set", R"({"store":1,"st\u006fre":2,"seed":1,"temperature":0})",
         R"({"user":{"a":1},"store":false,"st\u006fre":false,"seed":1,"temperature":0})"},
    };
    for (const FieldCase &c : cases) {
        const Result<QByteArray> body = withFields(c.body, rules);
        ASSERT_TRUE(body.ok()) << c.what;
        EXPECT_EQ(*body, c.expected) << c.what;
    }
}

TEST(BodyFields, anOverrideWinsOverADefaultAndTheLastOfSeveral) {
    Rules rules;
    rules.defaults = {{u"a"_s, "1"}, {u"b"_s, "1"}, {u"b"_s, "2"}};
    rules.overrides = {{u"a"_s, "3"}, {u"a"_s, "4"}};
    EXPECT_EQ(withFields("{}", rules).value(), R"({"b":2,"a":4})");
}

TEST(BodyFields, leavesABodyAloneThatNeedsNothing) {
    EXPECT_EQ(withFields("no JSON", Rules()).value(), "no JSON");
    Rules rules;
    rules.defaults = {{u"a"_s, "1"}};
    EXPECT_EQ(withFields(R"({"a":2})", rules).value(), R"({"a":2})");
}

TEST(BodyFields, refusesWhatIsNoJsonObject) {
    Rules rules;
    rules.overrides = {{u"a"_s, "1"}};
    for (const char *const body : {"", "[1]", "{\"a\":}", "null"}) {
        const Result<QByteArray> changed = withFields(body, rules);
        ASSERT_FALSE(changed.ok());
        EXPECT_EQ(changed.error().code, ErrorCode::BodyNotJson);
    }
}

/// A body made of members whose text is known, so that what must come out is known too.
TEST(BodyFields, changesNothingElseInRandomBodies) {
    test::RandomJson random(11);
    int added = 0;
    int replaced = 0;
    for (int round = 0; round < 3000; ++round) {
        Rules rules;
        rules.defaults = {{u"kept"_s, random.value()}};
        rules.overrides = {{u"set"_s, random.value()}};
        std::vector<std::pair<QByteArray, QByteArray>> members;
        bool hasKept = false;
        bool hasSet = false;
        QByteArray text;
        QByteArray expected;
        const int count = random.below(7);
        for (int i = 0; i < count; ++i) {
            const int kind = random.below(4);
            const QByteArray name = kind == 0   ? "\"kept\""_ba
                                    : kind == 1 ? "\"s\\u0065t\""_ba
                                                : random.string();
            hasKept = hasKept || kind == 0;
            hasSet = hasSet || kind == 1;
            const QByteArray head =
                (i > 0 ? "," : "") + random.whitespace() + name + random.whitespace() + ':';
            const QByteArray value = random.value();
            const QByteArray tail = random.whitespace();
            text += head + value + tail;
            expected += head + (kind == 1 ? rules.overrides[0].json : value) + tail;
        }
        QByteArray front = hasKept ? ""_ba : "\"kept\":" + rules.defaults[0].json;
        if (!hasSet)
            front += (front.isEmpty() ? "" : ",") + "\"set\":"_ba + rules.overrides[0].json;
        if (!front.isEmpty() && count > 0)
            front += ',';
        const QByteArray outside = random.whitespace();
        const Result<QByteArray> body = withFields(outside + '{' + text + '}', rules);
        ASSERT_TRUE(body.ok()) << text.constData();
        ASSERT_EQ(*body, outside + '{' + front + expected + '}') << text.constData();
        ASSERT_EQ(withFields(*body, rules).value(), *body) << "the same again changes nothing";
        added += hasKept && hasSet ? 0 : 1;
        replaced += hasSet ? 1 : 0;
    }
    EXPECT_GT(added, 500);
    EXPECT_GT(replaced, 500);
}

} // namespace
} // namespace quaygate
