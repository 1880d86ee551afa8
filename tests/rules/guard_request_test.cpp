#include "gateway/json/json_text.h"
#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/guard_body.h"
#include "tests/json/random_json.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

Guard guardOf(const GuardRule &rule) {
    Guard guard;
    guard.request = {rule};
    return guard;
}

GuardRule maskRule(const QStringList &patterns, const QList<GuardBuiltin> &builtins = {}) {
    GuardRule rule;
    rule.action = GuardRule::Action::Mask;
    rule.patterns = patterns;
    rule.builtins = builtins;
    return rule;
}

GuardSteps masking(const QStringList &patterns, const QList<GuardBuiltin> &builtins = {}) {
    return compileGuard(guardOf(maskRule(patterns, builtins))).value()->request;
}

struct PlaceCase {
    const char *what;
    RuleDialect dialect;
    QByteArray body; ///< in which "S1" is what is looked for
    QByteArray expected;
};

class GuardedPlaces : public testing::TestWithParam<PlaceCase> {};

TEST_P(GuardedPlaces, AreThoseThatSomebodyWrote) {
    const PlaceCase &c = GetParam();
    const Result<GuardedBody> guarded = guardRequest(c.body, c.dialect, masking({u"S\\d"_s}));
    ASSERT_TRUE(guarded.ok());
    EXPECT_EQ(guarded->body, c.expected) << c.what;
    EXPECT_EQ(guarded->changed, c.body != c.expected);
    EXPECT_EQ(guarded->verdicts.size(), c.body != c.expected ? 1 : 0);
    EXPECT_FALSE(guarded->rejection);
}

constexpr auto chat = RuleDialect::Chat;
constexpr auto responses = RuleDialect::Responses;
constexpr auto messages = RuleDialect::Messages;

const PlaceCase places[] = {
    {"chatContent", chat,
     R"({ "model":"S1","user":"S1","messages":[{"role":"S1","content":"a S1"}]})",
     R"({ "model":"S1","user":"S1","messages":[{"role":"S1","content":"a <MASKED>"}]})"},
    {"chatParts", chat,
     R"({"messages":[{"content":[{"type":"text","text":"S1"},{"type":"image_url","image_url":{"url":"S1"}}]}]})",
     R"({"messages":[{"content":[{"type":"text","text":"<MASKED>"},{"type":"image_url","image_url":{"url":"S1"}}]}]})"},
    {"chatCalls", chat,
     R"({"messages":[{"tool_calls":[{"id":"S1","function":{"name":"S1","arguments":"{\"S1\":\"S2\"}"}}],"refusal":"S3"}]})",
     R"({"messages":[{"tool_calls":[{"id":"S1","function":{"name":"S1","arguments":"{\"S1\":\"<MASKED>\"}"}}],"refusal":"<MASKED>"}]})"},
    {"chatToolResult", chat, R"({"messages":[{"role":"tool","tool_call_id":"S1","content":"S1"}]})",
     R"({"messages":[{"role":"tool","tool_call_id":"S1","content":"<MASKED>"}]})"},
    {"chatTools", chat, R"({"tools":[{"function":{"description":"S1"}}],"messages":[]})",
     R"({"tools":[{"function":{"description":"S1"}}],"messages":[]})"},
    {"responsesText", responses,
     R"({"instructions":"S1","input":"S2","previous_response_id":"S3"})",
     R"({"instructions":"<MASKED>","input":"<MASKED>","previous_response_id":"S3"})"},
    {"responsesItems", responses,
     R"({"input":[{"role":"user","content":[{"type":"input_text","text":"S1"},{"type":"input_image","image_url":"S1"}]},)"
     R"({"type":"function_call","name":"S1","arguments":"{\"a\":\"S1\"}"},)"
     R"({"type":"function_call_output","call_id":"S1","output":"S1"},)"
     R"({"type":"custom_tool_call","input":"S1"},)"
     R"({"type":"reasoning","encrypted_content":"S1","summary":[]}]})",
     R"({"input":[{"role":"user","content":[{"type":"input_text","text":"<MASKED>"},{"type":"input_image","image_url":"S1"}]},)"
     R"({"type":"function_call","name":"S1","arguments":"{\"a\":\"<MASKED>\"}"},)"
     R"({"type":"function_call_output","call_id":"S1","output":"<MASKED>"},)"
     R"({"type":"custom_tool_call","input":"<MASKED>"},)"
     R"({"type":"reasoning","encrypted_content":"S1","summary":[]}]})"},
    {"responsesVariables", responses,
     R"({"prompt":{"id":"S1","variables":{"S1":"S1","b":{"type":"input_text","text":"S2"}}}})",
     R"({"prompt":{"id":"S1","variables":{"S1":"<MASKED>","b":{"type":"input_text","text":"<MASKED>"}}}})"},
    {"messagesSystem", messages, R"({"system":"S1","messages":[{"role":"user","content":"S2"}]})",
     R"({"system":"<MASKED>","messages":[{"role":"user","content":"<MASKED>"}]})"},
    {"messagesBlocks", messages,
     R"({"system":[{"type":"text","text":"S1","cache_control":{"type":"S1"}}],"messages":[{"content":[)"
     R"({"type":"thinking","thinking":"S1","signature":"S1"},{"type":"tool_use","id":"S1","name":"S1","input":{"S1":["S1",{"b":1}]}},)"
     R"({"type":"tool_result","tool_use_id":"S1","content":[{"type":"text","text":"S1"},{"type":"image","source":{"data":"S1"}}]},)"
     R"({"type":"document","title":"S1","source":{"type":"text","data":"S1"}},{"type":"document","source":{"type":"base64","data":"S1"}}]}]})",
     R"({"system":[{"type":"text","text":"<MASKED>","cache_control":{"type":"S1"}}],"messages":[{"content":[)"
     R"({"type":"thinking","thinking":"S1","signature":"S1"},{"type":"tool_use","id":"S1","name":"S1","input":{"S1":["<MASKED>",{"b":1}]}},)"
     R"({"type":"tool_result","tool_use_id":"S1","content":[{"type":"text","text":"<MASKED>"},{"type":"image","source":{"data":"S1"}}]},)"
     R"({"type":"document","title":"<MASKED>","source":{"type":"text","data":"<MASKED>"}},{"type":"document","source":{"type":"base64","data":"S1"}}]}]})"},
    {"completions", RuleDialect::Completions,
     R"({"prompt":["S1",[1,2]],"suffix":"S1","user":"S1"})",
     R"({"prompt":["<MASKED>",[1,2]],"suffix":"<MASKED>","user":"S1"})"},
    {"embeddings", RuleDialect::Embeddings, R"({"input":"S1","model":"S1"})",
     R"({"input":"<MASKED>","model":"S1"})"},
    {"embeddingsList", RuleDialect::Embeddings, R"({"input":["a","S1"]})",
     R"({"input":["a","<MASKED>"]})"},
    {"nothing", chat, R"({"messages" : [ {"content":"\u0061"} ] })",
     R"({"messages" : [ {"content":"\u0061"} ] })"},
};

INSTANTIATE_TEST_SUITE_P(All, GuardedPlaces, testing::ValuesIn(places),
                         [](const auto &info) { return std::string(info.param.what); });

struct SpellingCase {
    QByteArray content; ///< a JSON value
    QByteArray expected;
};

TEST(GuardRequest, readsEscapesAndWritesThem) {
    const SpellingCase cases[] = {
        {R"("\u0053\u0031")", R"("<MASKED>")"},
        {R"("\ud83d\ude00 S1 \"x\"\n")", R"("😀 <MASKED> \"x\"\n")"},
        {R"("S\u200b1")", R"("S\u200b1")"},
        {R"("caf\u00e9")", R"("caf\u00e9")"},
        {R"("S1\u0001")", R"("<MASKED>\u0001")"},
    };
    for (const SpellingCase &c : cases) {
        const Result<GuardedBody> guarded = guardRequest(
            R"({"messages":[{"content":)" + c.content + "}]}", chat, masking({u"S\\d"_s}));
        ASSERT_TRUE(guarded.ok());
        EXPECT_EQ(guarded->body, R"({"messages":[{"content":)" + c.expected + "}]}");
    }
}

TEST(GuardRequest, keepsArgumentsJson) {
    const GuardSteps steps = masking({}, {GuardBuiltin::CreditCard, GuardBuiltin::Email});
    const std::pair<QByteArray, QByteArray> cases[] = {
        {R"({"card":4111111111111111})", R"({"card":"<CREDIT_CARD>"})"},
        {R"({"card": [4111111111111111 , 1.5e3]})", R"({"card": ["<CREDIT_CARD>" , 1.5e3]})"},
        {R"({"a":"x \"bob@example.com\"","b":true,"bob@example.com":null})",
         R"({"a":"x \"<EMAIL_ADDRESS>\"","b":true,"bob@example.com":null})"},
        {R"({"a":"bob\u0040example.com","b":"\u00e9"})", R"({"a":"<EMAIL_ADDRESS>","b":"\u00e9"})"},
        {R"(["bob@example.com",{"a":["c@d.ef"]}])",
         R"(["<EMAIL_ADDRESS>",{"a":["<EMAIL_ADDRESS>"]}])"},
        {R"("bob@example.com")", R"("<EMAIL_ADDRESS>")"},
        {R"({"a":"bob@example.com)", R"({"a":"<EMAIL_ADDRESS>)"},
        {R"({"a":"\uZZZZ "})", R"({"a":"\uZZZZ "})"},
    };
    for (const auto &[arguments, expected] : cases) {
        const QByteArray body = R"({"messages":[{"tool_calls":[{"function":{"arguments":)";
        const Result<GuardedBody> guarded =
            guardRequest(body + json::quote(QString::fromUtf8(arguments)) + "}}]}]}", chat, steps);
        ASSERT_TRUE(guarded.ok());
        EXPECT_EQ(guarded->body, body + json::quote(QString::fromUtf8(expected)) + "}}]}]}")
            << arguments.constData();
    }
}

TEST(GuardRequest, refusesWithStatusAndMessage) {
    GuardRule rule;
    rule.patterns = {u"secret-\\d+"_s};
    rule.builtins = {GuardBuiltin::Ssn};
    rule.status = 422;
    rule.message = u"No secrets here."_s;
    const GuardSteps steps = compileGuard(guardOf(rule)).value()->request;
    const Result<GuardedBody> good = guardRequest(R"({"input":"nothing"})", responses, steps);
    EXPECT_FALSE(good->rejection);

    const Result<GuardedBody> bad = guardRequest(R"({"input":"x secret-42"})", responses, steps);
    ASSERT_TRUE(bad->rejection);
    EXPECT_EQ(*bad->rejection, (GuardRejection{422, u"No secrets here."_s}));
    EXPECT_TRUE(bad->body.isEmpty());
    ASSERT_EQ(bad->verdicts.size(), 1);
    EXPECT_EQ(bad->verdicts[0], (RuleVerdict{u"guard"_s, u"rejected"_s, u"request: pattern 1"_s}));

    const Result<GuardedBody> ssn = guardRequest(R"({"input":"123-45-6789"})", responses, steps);
    ASSERT_TRUE(ssn->rejection);
    EXPECT_EQ(ssn->verdicts[0].detail, u"request: ssn"_s);
}

TEST(GuardRequest, appliesRulesOneAfterTheOther) {
    GuardRule mask;
    mask.action = GuardRule::Action::Mask;
    mask.builtins = {GuardBuiltin::Email};
    GuardRule reject;
    reject.patterns = {u"@"_s};
    Guard guard;
    guard.request = {mask, reject};
    const GuardSteps steps = compileGuard(guard).value()->request;

    const Result<GuardedBody> masked =
        guardRequest(R"({"input":"bob@x.org, al@y.org"})", responses, steps);
    EXPECT_EQ(masked->body, R"({"input":"<EMAIL_ADDRESS>, <EMAIL_ADDRESS>"})");
    EXPECT_EQ(masked->verdicts,
              (QList<RuleVerdict>{{u"guard"_s, u"masked"_s, u"request: rule 1, email × 2"_s}}));

    const Result<GuardedBody> rejected =
        guardRequest(R"({"input":"bob@x.org @ home"})", responses, steps);
    ASSERT_TRUE(rejected->rejection);
    EXPECT_EQ(rejected->rejection->status, 403);
    EXPECT_FALSE(rejected->rejection->message.isEmpty());
    EXPECT_EQ(rejected->verdicts.size(), 2);
}

TEST(GuardRequest, verdictsNeverTellWhatMatched) {
    const Result<GuardedBody> guarded = guardRequest(R"({"input":"S7 bob@x.org"})", responses,
                                                     masking({u"S7"_s}, {GuardBuiltin::Email}));
    for (const RuleVerdict &verdict : guarded->verdicts) {
        EXPECT_FALSE(verdict.detail.contains(u"S7"_s));
        EXPECT_FALSE(verdict.detail.contains(u"bob"_s));
    }
    EXPECT_EQ(guarded->verdicts.size(), 2);
}

TEST(GuardRequest, takesSeveralGuards) {
    const auto first = compileGuard(guardOf(maskRule({u"a"_s}))).value();
    const auto second = compileGuard(guardOf(maskRule({u"b"_s}))).value();
    const Result<GuardedBody> guarded =
        guardRequest(R"({"input":"abc"})", responses, requestSteps({first, second}));
    EXPECT_EQ(guarded->body, R"({"input":"<MASKED><MASKED>c"})");
}

TEST(GuardRequest, refusesABodyThatIsNoJsonObject) {
    EXPECT_FALSE(guardRequest("x", chat, masking({u"a"_s})).ok());
    EXPECT_EQ(guardRequest("x", chat, {})->body, "x");
}

TEST(GuardRequest, changesNothingElseInRandomBodies) {
    test::RandomJson random(5);
    const GuardSteps steps = masking({u"zzz\\d"_s});
    for (int i = 0; i < 2000; ++i) {
        const QByteArray head = '{' + random.whitespace() + "\"a\":" + random.value() +
                                ",\"messages\":[" + random.value() + random.whitespace() +
                                ",{\"content\":";
        const QByteArray tail = random.whitespace() + "}]" + random.whitespace() + '}';
        ASSERT_EQ(guardRequest(head + "\"zzz1\"" + tail, chat, steps)->body,
                  head + "\"<MASKED>\"" + tail);
        const QByteArray plain = head + random.string() + tail;
        ASSERT_EQ(guardRequest(plain, chat, steps)->body, plain);
    }
}

TEST(CompileGuard, saysWhichPatternIsWrong) {
    const std::pair<QString, QString> cases[] = {
        {u"a("_s, u"“)” is missing"_s},   {u"(?=x)"_s, u"looking ahead"_s},
        {u"x*"_s, u"everywhere"_s},       {u"\\\\\\C"_s, u"byte of a character"_s},
        {QString(5000, u'x'), u"4096"_s}, {u"((a{1,100}){1,100}){1,100}"_s, u"1000 times"_s},
    };
    for (const auto &[pattern, part] : cases) {
        const auto guard = compileGuard(guardOf(maskRule({pattern})));
        ASSERT_FALSE(guard.ok()) << qPrintable(pattern);
        EXPECT_EQ(guard.error().code, ErrorCode::ConfigInvalid);
        EXPECT_TRUE(guard.error().message.contains(part)) << qPrintable(guard.error().message);
    }
}

TEST(CompileGuard, noPatternHangsOnLongTexts) {
    const GuardSteps steps = masking({u"(a+)+$"_s, u"(a|aa)+b"_s, u".*.*.*x{50}"_s});
    const QByteArray text(200'000, 'a');
    const Result<GuardedBody> guarded =
        guardRequest(R"({"input":")" + text + R"(!"})", responses, steps);
    EXPECT_FALSE(guarded->changed);
}

} // namespace
} // namespace quaygate
