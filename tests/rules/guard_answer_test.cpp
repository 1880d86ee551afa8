#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/guard_body.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

GuardSteps stepsOf(GuardRule::Action action) {
    GuardRule rule;
    rule.action = action;
    rule.patterns = {u"S\\d"_s};
    Guard guard;
    guard.response = {rule};
    return responseSteps({compileGuard(guard).value()}, false);
}

struct AnswerCase {
    const char *what;
    RuleDialect dialect;
    QByteArray body;
    QByteArray expected;
};

class GuardedAnswer : public testing::TestWithParam<AnswerCase> {};

TEST_P(GuardedAnswer, HasNoneOfIt) {
    const AnswerCase &c = GetParam();
    const GuardedBody guarded = guardAnswer(c.body, c.dialect, stepsOf(GuardRule::Action::Mask));
    EXPECT_EQ(guarded.body, c.expected);
    EXPECT_EQ(guarded.changed, c.body != c.expected);
    const GuardedBody rejected = guardAnswer(c.body, c.dialect, stepsOf(GuardRule::Action::Reject));
    EXPECT_EQ(rejected.rejection.has_value(), c.body != c.expected);
    if (rejected.rejection) {
        EXPECT_TRUE(rejected.body.isEmpty());
        EXPECT_EQ(rejected.verdicts,
                  (QList<RuleVerdict>{{u"guard"_s, u"rejected"_s, u"answer: pattern 1"_s}}));
    }
}

const AnswerCase answers[] = {
    {"chat", RuleDialect::Chat,
     R"({"choices":[{"index":0,"message":{"role":"assistant","content":"a S1","refusal":null},"logprobs":null}],"id":"S1"})",
     R"({"choices":[{"index":0,"message":{"role":"assistant","content":"a <MASKED>","refusal":null},"logprobs":null}],"id":"S1"})"},
    {"chatCalls", RuleDialect::Chat,
     R"({"choices":[{"message":{"content":null,"tool_calls":[{"id":"S1","function":{"name":"S1","arguments":"{\"a\":\"S1\"}"}}]}}]})",
     R"({"choices":[{"message":{"content":null,"tool_calls":[{"id":"S1","function":{"name":"S1","arguments":"{\"a\":\"<MASKED>\"}"}}]}}]})"},
    {"chatLogprobs", RuleDialect::Chat,
     R"({"choices":[{"message":{"content":"S1","refusal":"S2"},"logprobs":{"content":[{"token":"S1"}]}},{"message":{"content":"x"},"logprobs":{"content":[]}}]})",
     R"({"choices":[{"message":{"content":"<MASKED>","refusal":"<MASKED>"},"logprobs":null},{"message":{"content":"x"},"logprobs":{"content":[]}}]})"},
    {"chatWithoutMessage", RuleDialect::Chat, R"({"choices":[{"finish_reason":"content_filter"}]})",
     R"({"choices":[{"finish_reason":"content_filter"}]})"},
    {"completions", RuleDialect::Completions, R"({"choices":[{"text":"S1"},{"text":"x"}]})",
     R"({"choices":[{"text":"<MASKED>"},{"text":"x"}]})"},
    {"responses", RuleDialect::Responses,
     R"({"instructions":"S1","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"S1"}],"encrypted_content":"S1"},)"
     R"({"type":"message","content":[{"type":"output_text","text":"S1","logprobs":[{"token":"S1"}],"annotations":[]},{"type":"refusal","refusal":"S1"}]},)"
     R"({"type":"function_call","name":"S1","arguments":"[\"S1\"]"}]})",
     R"({"instructions":"S1","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"<MASKED>"}],"encrypted_content":"S1"},)"
     R"({"type":"message","content":[{"type":"output_text","text":"<MASKED>","logprobs":[],"annotations":[]},{"type":"refusal","refusal":"<MASKED>"}]},)"
     R"({"type":"function_call","name":"S1","arguments":"[\"<MASKED>\"]"}]})"},
    {"messages", RuleDialect::Messages,
     R"({"model":"S1","content":[{"type":"thinking","thinking":"S1","signature":"S1"},{"type":"text","text":"S1"},{"type":"tool_use","name":"S1","input":{"a":"S1"}}]})",
     R"({"model":"S1","content":[{"type":"thinking","thinking":"<MASKED>","signature":"S1"},{"type":"text","text":"<MASKED>"},{"type":"tool_use","name":"S1","input":{"a":"<MASKED>"}}]})"},
    {"embeddings", RuleDialect::Embeddings, R"({"data":[{"embedding":"S1"}]})",
     R"({"data":[{"embedding":"S1"}]})"},
    {"noJson", RuleDialect::Chat, "S1", "S1"},
};

INSTANTIATE_TEST_SUITE_P(All, GuardedAnswer, testing::ValuesIn(answers),
                         [](const auto &info) { return std::string(info.param.what); });

TEST(GuardSteps, holdForStreamsUnlessAGuardSaysNo) {
    GuardRule rule;
    rule.patterns = {u"a"_s};
    Guard guard;
    guard.response = {rule};
    Guard notStreams = guard;
    notStreams.streaming = false;
    const std::vector guards{compileGuard(guard).value(), compileGuard(notStreams).value()};
    EXPECT_EQ(responseSteps(guards, false).size(), 2U);
    EXPECT_EQ(responseSteps(guards, true).size(), 1U);
    EXPECT_TRUE(requestSteps(guards).empty());
}

} // namespace
} // namespace quaygate
