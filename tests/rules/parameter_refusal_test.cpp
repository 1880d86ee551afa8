#include "gateway/rules/parameter_refusal.h"

#include <gtest/gtest.h>

#include <ostream>

using namespace Qt::StringLiterals;

namespace quaygate {

void PrintTo(const ParameterEdit &edit, std::ostream *out) {
    *out << edit.name.toStdString() << " -> " << edit.newName.toStdString() << " if "
         << edit.value.toStdString();
}

namespace {

QByteArray error(const QByteArray &code, const QByteArray &param, const QByteArray &message = "m") {
    return R"({"error":{"message":")" + message + R"(","type":"invalid_request_error","param":)" +
           (param.isEmpty() ? "null" : '"' + param + '"') + R"(,"code":)" +
           (code.isEmpty() ? "null" : '"' + code + '"') + "}}";
}

struct RefusalCase {
    const char *what;
    QByteArray error;
    QByteArray request;
    QByteArray expected; ///< the request that is sent then; empty: nothing can be done
    RuleDialect dialect = RuleDialect::Chat;
};

class ParameterRefusal : public testing::TestWithParam<RefusalCase> {};

TEST_P(ParameterRefusal, IsAnsweredWithAnotherRequest) {
    const RefusalCase &c = GetParam();
    const QList<ParameterEdit> edits = refusedParameters(c.error, c.request, c.dialect);
    EXPECT_EQ(edits.isEmpty(), c.expected.isEmpty()) << c.what;
    const Result<QByteArray> changed = withParameters(c.request, edits);
    ASSERT_TRUE(changed.ok());
    EXPECT_EQ(*changed, c.expected.isEmpty() ? c.request : c.expected) << c.what;
}

const QByteArray unsupported = "unsupported_parameter";
const QByteArray badValue = "unsupported_value";

const RefusalCase cases[] = {
    {"maxTokens",
     error(unsupported, "max_tokens",
           "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
           "'max_completion_tokens' instead."),
     R"({"max_tokens" : 1e2, "messages":[]})", R"({"max_completion_tokens" : 1e2, "messages":[]})"},
    {"maxTokensBeside", error(unsupported, "max_tokens"),
     R"({"max_tokens":1,"max_completion_tokens":2})", R"({"max_completion_tokens":2})"},
    {"maxCompletionTokensOfAnOldVersion",
     error("", "", "Unrecognized request argument supplied: max_completion_tokens"),
     R"({"max_completion_tokens":5})", R"({"max_tokens":5})"},
    {"maxTokensTooLarge", error(badValue, "max_tokens"), R"({"max_tokens":1000000})", ""},
    {"temperature",
     error(
         badValue, "temperature",
         "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default "
         "(1) value is supported."),
     R"({"model":"m", "temperature":0.2, "messages":[]})", R"({"model":"m", "messages":[]})"},
    {"nameInTheMessageAlone",
     error("", "", "Unsupported parameter: 'top_p' is not supported with this model."),
     R"({"top_p":1,"n":1})", R"({"n":1})"},
    {"unknownParameter", error("unknown_parameter", "seed", "Unknown parameter: 'seed'."),
     R"({"seed":1})", "{}"},
    {"several", error("", "", "Unrecognized request arguments supplied: seed, stream_options"),
     R"({"stream_options":{"include_usage":true},"stream":true,"seed":1})", R"({"stream":true})"},
    {"severalOfWhichOneMatters",
     error("", "", "Unrecognized request arguments supplied: seed, tools"),
     R"({"tools":[],"seed":1})", ""},
    {"everySpellingOfTheName", error(unsupported, "temperature"),
     R"({"temperature":1,"x":0,"temp\u0065rature":2})", R"({"x":0})"},
    {"oneValueOfAnEffort", error(badValue, "reasoning_effort"),
     R"({"reasoning_effort":"minimal","n":2})", R"({"n":2})"},
    {"effortOfResponses", error(unsupported, "reasoning.effort"),
     R"({"reasoning":{"effort":"low","summary":"auto"},"effort":1})",
     R"({"reasoning":{"summary":"auto"},"effort":1})", RuleDialect::Responses},
    {"effortOfChatIsNoneOfResponses", error(unsupported, "reasoning_effort"),
     R"({"reasoning_effort":"low"})", "", RuleDialect::Responses},
    {"parallelCalls", error(unsupported, "parallel_tool_calls"), R"({"parallel_tool_calls":false})",
     "{}"},
    {"nOfOne", error(unsupported, "n"), R"({"n":1})", "{}"},
    {"nOfTwo", error(unsupported, "n"), R"({"n":2})", ""},
    {"stopThatMatters", error(unsupported, "stop"), R"({"stop":["x"]})", ""},
    {"stopThatDoesNot", error(unsupported, "stop"), R"({"stop":null})", "{}"},
    {"logprobsWanted", error(unsupported, "logprobs"), R"({"logprobs":true})", ""},
    {"logprobsUnwanted", error(unsupported, "logprobs"), R"({"logprobs":false})", "{}"},
    {"tools", error(unsupported, "tools"), R"({"tools":[]})", ""},
    {"responseFormat", error(unsupported, "response_format"), R"({"response_format":{}})", ""},
    {"maxOutputTokens", error(unsupported, "max_output_tokens"), R"({"max_output_tokens":1})", "",
     RuleDialect::Responses},
    {"store", error(unsupported, "store"), R"({"store":false})", "", RuleDialect::Responses},
    {"notInTheRequest", error(unsupported, "temperature"), R"({"x":{"temperature":1}})", ""},
    {"anotherError", error("content_filter", "temperature"), R"({"temperature":1})", ""},
    {"flatError", R"({"code":"unsupported_parameter","param":"top_p","message":"m"})",
     R"({"top_p":1})", "{}"},
    {"noError", "<html>", R"({"top_p":1})", ""},
    {"errorOfText", R"({"error":"Unsupported parameter: 'top_p'"})", R"({"top_p":1})", ""},
    {"messagesApi", error(unsupported, "temperature"), R"({"temperature":1})", "",
     RuleDialect::Messages},
};

INSTANTIATE_TEST_SUITE_P(All, ParameterRefusal, testing::ValuesIn(cases),
                         [](const auto &info) { return std::string(info.param.what); });

TEST(ParameterEdits, countForTheRefusedValueAlone) {
    const QList<ParameterEdit> edits =
        refusedParameters(error(badValue, "reasoning_effort"), R"({"reasoning_effort":"minimal"})",
                          RuleDialect::Chat);
    ASSERT_EQ(edits.size(), 1);
    EXPECT_EQ(edits.first(), (ParameterEdit{"reasoning_effort", "", "\"minimal\""}));
    const QByteArray other = R"({"reasoning_effort":"high"})";
    EXPECT_EQ(withParameters(other, edits).value(), other);
}

TEST(ParameterEdits, areMadeTogether) {
    const QList<ParameterEdit> edits{{"temperature"},
                                     {"max_tokens", "max_completion_tokens"},
                                     {"top_p"},
                                     {"reasoning.effort"},
                                     {"reasoning.summary"}};
    const QByteArray body = "{\"temperature\":1,\n \"top_p\": 1, \"max_tokens\":3, \"reasoning\":"
                            "{\"effort\":\"low\" , \"summary\":1}, \"a\" : [ 1.0 ]}";
    EXPECT_EQ(withParameters(body, edits).value(),
              "{\"max_completion_tokens\":3, \"reasoning\":{}, \"a\" : [ 1.0 ]}");
    EXPECT_EQ(withParameters(R"({"a":{"b":1},"c":2})", {{"a.b"}, {"a"}}).value(), R"({"c":2})");
    EXPECT_FALSE(withParameters("[]", edits).ok());
    EXPECT_EQ(withParameters("[]", {}).value(), "[]");
}

} // namespace
} // namespace quaygate
