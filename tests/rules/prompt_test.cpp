#include "gateway/rules/prompt.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct PromptCase {
    const char *what;
    RuleDialect dialect;
    PromptRule rule;
    QByteArray body;
    QByteArray expected;
};

const PromptMessage system{u"system"_s, u"Be \"brief\"."_s};
const PromptMessage developer{u"developer"_s, u"D"_s};
const PromptMessage user{u"user"_s, u"U"_s};
const PromptMessage assistant{u"assistant"_s, u"A"_s};

constexpr auto chat = RuleDialect::Chat;
constexpr auto responses = RuleDialect::Responses;
constexpr auto messages = RuleDialect::Messages;

class Prompt : public testing::TestWithParam<PromptCase> {};

TEST_P(Prompt, IsAdded) {
    const PromptCase &c = GetParam();
    const Result<QByteArray> body = withPrompt(c.body, c.rule, c.dialect);
    ASSERT_TRUE(body.ok());
    EXPECT_EQ(*body, c.expected) << c.what;
}

const PromptCase cases[] = {
    {"chatFrontAndBack",
     chat,
     {{system}, {user}},
     R"({"n":1.0, "messages" : [ {"role":"user","content":"x"} ]})",
     R"({"n":1.0, "messages" : [{"role":"system","content":"Be \"brief\"."}, )"
     R"({"role":"user","content":"x"},{"role":"user","content":"U"} ]})"},
    {"chatEmptyList",
     chat,
     {{system, user}, {assistant}},
     R"({"messages":[]})",
     R"({"messages":[{"role":"system","content":"Be \"brief\"."},{"role":"user","content":"U"},)"
     R"({"role":"assistant","content":"A"}]})"},
    {"chatSpeaksAsDeveloper",
     chat,
     {{system}, {}},
     R"({"messages":[{"role":"developer","content":"x"}]})",
     R"({"messages":[{"role":"developer","content":"Be \"brief\"."},{"role":"developer","content":"x"}]})"},
    {"chatSpeaksAsSystem",
     chat,
     {{developer}, {}},
     R"({"messages":[{"role":"system","content":"x"}]})",
     R"({"messages":[{"role":"system","content":"D"},{"role":"system","content":"x"}]})"},
    {"chatWithoutMessages", chat, {{system}, {}}, R"({"messages":"x"})", R"({"messages":"x"})"},
    {"responsesText",
     responses,
     {{system}, {user}},
     R"({"instructions":"I","input":"h\u00e9"})",
     R"({"instructions":"I","input":[{"role":"system","content":"Be \"brief\"."},)"
     R"({"role":"user","content":"h\u00e9"},{"role":"user","content":"U"}]})"},
    {"responsesList",
     responses,
     {{developer, user}, {}},
     R"({"input":[{"role":"user","content":"x"}]})",
     R"({"input":[{"role":"developer","content":"D"},{"role":"user","content":"U"},)"
     R"({"role":"user","content":"x"}]})"},
    {"responsesWithoutInput",
     responses,
     {{system}, {}},
     R"({"prompt":{"id":"p"}})",
     R"({"input":[{"role":"system","content":"Be \"brief\"."}],"prompt":{"id":"p"}})"},
    {"responsesNullInput",
     responses,
     {{user}, {}},
     R"({"input":null})",
     R"({"input":[{"role":"user","content":"U"}]})"},
    {"responsesContinued",
     responses,
     {{system, user}, {assistant}},
     R"({"previous_response_id":"r","input":[]})",
     R"({"previous_response_id":"r","input":[{"role":"system","content":"Be \"brief\"."},)"
     R"({"role":"assistant","content":"A"}]})"},
    {"messagesText",
     messages,
     {{system, user}, {developer, assistant}},
     R"({"system":"S\n","messages":[{"role":"user","content":"x"}]})",
     R"({"system":[{"type":"text","text":"Be \"brief\"."},{"type":"text","text":"S\n"},)"
     R"({"type":"text","text":"D"}],"messages":[{"role":"user","content":"U"},)"
     R"({"role":"user","content":"x"},{"role":"assistant","content":"A"}]})"},
    {"messagesBlocks",
     messages,
     {{system}, {}},
     R"({"system":[{"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],"messages":[]})",
     R"({"system":[{"type":"text","text":"Be \"brief\"."},)"
     R"({"type":"text","text":"S","cache_control":{"type":"ephemeral"}}],"messages":[]})"},
    {"messagesWithoutSystem",
     messages,
     {{system}, {}},
     R"({"messages":[]})",
     R"({"system":[{"type":"text","text":"Be \"brief\"."}],"messages":[]})"},
    {"messagesConversationAlone",
     messages,
     {{user}, {}},
     R"({"system":"S","messages":[]})",
     R"({"system":"S","messages":[{"role":"user","content":"U"}]})"},
    {"completions",
     RuleDialect::Completions,
     {{system}, {}},
     R"({"prompt":"x"})",
     R"({"prompt":"x"})"},
    {"embeddings", RuleDialect::Embeddings, {{system}, {}}, R"({"input":"x"})", R"({"input":"x"})"},
    {"noRule", chat, {}, "no JSON", "no JSON"},
};

INSTANTIATE_TEST_SUITE_P(All, Prompt, testing::ValuesIn(cases),
                         [](const auto &info) { return std::string(info.param.what); });

TEST(PromptErrors, refuseWhatIsNoJsonObject) {
    const Result<QByteArray> body = withPrompt("[]", {{system}, {}}, chat);
    ASSERT_FALSE(body.ok());
    EXPECT_EQ(body.error().code, ErrorCode::BodyNotJson);
}

} // namespace
} // namespace quaygate
