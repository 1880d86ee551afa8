#include "gateway/dialects/token_estimate.h"
#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

const auto o4Path = "/openai/deployments/o4/chat/completions?api-version=2024-12-01-preview";
const auto fivePath = "/openai/deployments/five/chat/completions?api-version=2024-12-01-preview";

TEST(SimulatedChat, HasTheServicesShape) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(chatPath, saying(u"What is a quay?"_s));
    ASSERT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.body().endsWith("}\n"));
    const QJsonObject body = json(answer);
    EXPECT_EQ(body.keys(),
              QStringList({u"choices"_s, u"created"_s, u"id"_s, u"model"_s, u"object"_s,
                           u"prompt_filter_results"_s, u"system_fingerprint"_s, u"usage"_s}));
    EXPECT_EQ(body[u"object"], u"chat.completion"_s);
    EXPECT_EQ(body[u"model"], u"gpt-4.1-mini-2025-04-14"_s);
    EXPECT_EQ(body[u"created"].toInteger(), 1'774'915'200);
    EXPECT_EQ(body[u"id"].toString().size(), 38);
    EXPECT_EQ(body[u"prompt_filter_results"][0][u"content_filter_results"][u"jailbreak"],
              object(R"({"detected":false,"filtered":false})"));
    const QJsonObject first = choice(answer);
    EXPECT_EQ(first[u"finish_reason"], u"stop"_s);
    EXPECT_EQ(first[u"content_filter_results"][u"hate"],
              object(R"({"filtered":false,"severity":"safe"})"));
    EXPECT_EQ(first[u"message"][u"role"], u"assistant"_s);
    EXPECT_TRUE(first[u"message"][u"refusal"].isNull());
    EXPECT_TRUE(first[u"message"][u"annotations"].isArray());
}

TEST(SimulatedChat, ShowsWhatItReceived) {
    Resource resource;
    const QJsonObject body = object(
        R"({"messages":[{"role":"system","content":"Be brief"},{"role":"user","content":"line one\nline two"}],"temperature":0.2})");
    const QString said = text(resource.post(chatPath, body));
    for (const QString &part :
         {u"deployment `chat`"_s, u"`gpt-4.1-mini-2025-04-14`"_s, u"api-version `2024-10-21`"_s,
          u"2 messages"_s, u"> line one\n> line two"_s, u"- `temperature`: `0.2`"_s})
        EXPECT_TRUE(said.contains(part)) << part.toStdString() << "\n" << said.toStdString();
    EXPECT_FALSE(said.contains(u"Be brief"_s));

    const QString onV1 = text(resource.post(v1ChatPath, saying(u"hi"_s, R"({"model":"chat"})")));
    EXPECT_TRUE(onV1.contains(u"the `/openai/v1` family."_s)) << onV1.toStdString();
}

TEST(SimulatedChat, ReadsContentParts) {
    Resource resource;
    const QJsonObject body = object(
        R"({"messages":[{"role":"user","content":[{"type":"text","text":"see"},{"type":"image_url","image_url":{"url":"data:,"}}]}]})");
    const SimulatedAnswer answer = resource.post(chatPath, body);
    EXPECT_TRUE(text(answer).contains(u"with 1 image"_s));
    EXPECT_TRUE(text(answer).contains(u"> see"_s));
    EXPECT_EQ(json(answer)[u"usage"][u"prompt_tokens"].toInt(), 3 + 3 + 85 + 1);
}

TEST(SimulatedChat, CountsTokens) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(chatPath, saying(u"one two three"_s));
    const QJsonValue usage = json(answer)[u"usage"];
    EXPECT_EQ(usage[u"prompt_tokens"].toInt(), 3 + 3 + 3);
    EXPECT_EQ(usage[u"completion_tokens"].toInt(), estimateTokens(text(answer)));
    EXPECT_EQ(usage[u"total_tokens"].toInt(),
              usage[u"prompt_tokens"].toInt() + usage[u"completion_tokens"].toInt());
    EXPECT_EQ(usage[u"completion_tokens_details"][u"reasoning_tokens"].toInt(-1), 0);
}

TEST(SimulatedChat, HonoursMaxTokens) {
    Resource resource;
    for (const char *more : {R"({"max_tokens":5})", R"({"max_completion_tokens":5})"}) {
        const SimulatedAnswer answer = resource.post(chatPath, saying(u"hi"_s, more));
        EXPECT_EQ(choice(answer)[u"finish_reason"], u"length"_s);
        EXPECT_EQ(estimateTokens(text(answer)), 5);
        EXPECT_EQ(json(answer)[u"usage"][u"completion_tokens"].toInt(), 5);
    }
}

TEST(SimulatedChat, HonoursStop) {
    Resource resource;
    for (const char *more : {R"({"stop":"simulator"})", R"({"stop":["nowhere","simulator"]})"}) {
        const SimulatedAnswer answer = resource.post(chatPath, saying(u"hi"_s, more));
        EXPECT_EQ(text(answer), u"**Hello from the "_s);
        EXPECT_EQ(choice(answer)[u"finish_reason"], u"stop"_s);
    }
}

TEST(SimulatedChat, GivesNChoices) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(chatPath, saying(u"hi"_s, R"({"n":3})"));
    EXPECT_EQ(json(answer)[u"choices"].toArray().size(), 3);
    EXPECT_EQ(choice(answer, 2)[u"index"].toInt(), 2);
    EXPECT_EQ(json(answer)[u"usage"][u"completion_tokens"].toInt(),
              3 * estimateTokens(text(answer)));
}

TEST(SimulatedChat, IsAsLongAsAskedFor) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(chatPath, saying(u"hi"_s), {{"x-simulator-tokens", "500"}});
    EXPECT_GE(estimateTokens(text(answer)), 500);
    EXPECT_LE(estimateTokens(text(answer)), 512);
}

TEST(SimulatedChat, GivesJsonWhenAsked) {
    Resource resource;
    const SimulatedAnswer plain = resource.post(
        chatPath, saying(u"hi as JSON"_s, R"({"response_format":{"type":"json_object"}})"));
    EXPECT_EQ(QJsonDocument::fromJson(text(plain).toUtf8())[u"question"], u"hi as JSON"_s);

    const char *schema =
        R"({"response_format":{"type":"json_schema","json_schema":{"name":"city","strict":true,"schema":
            {"type":"object","properties":{"city":{"type":"string"},"people":{"type":"integer","minimum":10},
             "tags":{"type":"array","items":{"enum":["a","b"]}}},"required":["city","people","tags"]}}}})";
    const SimulatedAnswer shaped =
        resource.post(chatPath, saying(u"tell me about New York"_s, schema));
    EXPECT_EQ(text(shaped), u"{\"city\":\"New York\",\"people\":10,\"tags\":[\"a\"]}"_s);
}

TEST(SimulatedReasoning, CountsHiddenTokensAndRunsOutOfThem) {
    Resource resource;
    const SimulatedAnswer whole =
        resource.post(o4Path, saying(u"hi"_s, R"({"reasoning_effort":"low","temperature":1})"));
    ASSERT_EQ(whole.status, 200) << whole.body().toStdString();
    const QJsonValue usage = json(whole)[u"usage"];
    EXPECT_EQ(usage[u"completion_tokens_details"][u"reasoning_tokens"].toInt(), 64);
    EXPECT_EQ(usage[u"completion_tokens"].toInt(), 64 + estimateTokens(text(whole)));

    const SimulatedAnswer spent =
        resource.post(o4Path, saying(u"hi"_s, R"({"max_completion_tokens":10})"));
    EXPECT_EQ(text(spent), QString());
    EXPECT_EQ(choice(spent)[u"finish_reason"], u"length"_s);
    EXPECT_EQ(json(spent)[u"usage"][u"completion_tokens"].toInt(), 10);
}

struct Refusal {
    const char *target;
    const char *body;
    const char *param; ///< empty: null
    const char *code;  ///< empty: null
    const char *message;
};

class SimulatedRefusals : public ::testing::TestWithParam<Refusal> {};

TEST_P(SimulatedRefusals, AreInTheServicesWords) {
    Resource resource;
    const auto [target, body, param, code, message] = GetParam();
    QJsonObject request = object(body);
    if (!request.contains(u"messages"))
        request = saying(u"hi"_s, body);
    const SimulatedAnswer answer = resource.post(target, request);
    EXPECT_EQ(answer.status, 400) << body << answer.body().toStdString();
    const QJsonObject said = error(answer);
    EXPECT_EQ(said[u"type"], u"invalid_request_error"_s);
    EXPECT_EQ(said[u"param"].toString(), QLatin1StringView(param)) << body;
    EXPECT_EQ(said[u"code"].toString(), QLatin1StringView(code)) << body;
    EXPECT_EQ(said[u"message"].toString().toStdString(), message) << body;
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedRefusals,
    ::testing::Values(
        Refusal{o4Path, R"({"max_tokens":9})", "max_tokens", "unsupported_parameter",
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
                "'max_completion_tokens' instead."},
        Refusal{fivePath, R"({"temperature":0.2})", "temperature", "unsupported_value",
                "Unsupported value: 'temperature' does not support 0.2 with this model. Only the "
                "default (1) value is supported."},
        Refusal{fivePath, R"({"temperature":0})", "temperature", "unsupported_value",
                "Unsupported value: 'temperature' does not support 0 with this model. Only the "
                "default (1) value is supported."},
        Refusal{o4Path, R"({"top_p":0.5})", "top_p", "unsupported_value",
                "Unsupported value: 'top_p' does not support 0.5 with this model. Only the default "
                "(1) value is supported."},
        Refusal{
            o4Path, R"({"presence_penalty":1})", "presence_penalty", "unsupported_value",
            "Unsupported value: 'presence_penalty' does not support 1 with this model. Only the "
            "default (0) value is supported."},
        Refusal{o4Path, R"({"logprobs":true})", "logprobs", "unsupported_parameter",
                "Unsupported parameter: 'logprobs' is not supported with this model."},
        Refusal{o4Path, R"({"stop":"x"})", "stop", "unsupported_parameter",
                "Unsupported parameter: 'stop' is not supported with this model."},
        Refusal{
            "/openai/deployments/one/chat/completions?api-version=2024-12-01-preview",
            R"({"stream":true})", "stream", "unsupported_value",
            "Unsupported value: 'stream' does not support true with this model. Only the default "
            "(false) value is supported."},
        Refusal{o4Path, R"({"reasoning_effort":"minimal"})", "reasoning_effort",
                "unsupported_value",
                "Unsupported value: 'reasoning_effort' does not support 'minimal' with this model. "
                "Supported values are: 'low', 'medium', and 'high'."},
        Refusal{chatPath, R"({"reasoning_effort":"low"})", "", "",
                "Unrecognized request argument supplied: reasoning_effort"},
        Refusal{chatPath, R"({"tempreature":1})", "tempreature", "unknown_parameter",
                "Unknown parameter: 'tempreature'."},
        Refusal{
            chatPath, R"({"temperature":3})", "temperature", "decimal_above_max_value",
            "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 "
            "instead."},
        Refusal{
            chatPath, R"({"max_tokens":0})", "max_tokens", "integer_below_min_value",
            "Invalid 'max_tokens': integer below minimum value. Expected a value >= 1, but got 0 "
            "instead."},
        Refusal{chatPath, R"({"stream":"yes"})", "stream", "invalid_type",
                "Invalid type for 'stream': expected a boolean, but got a string instead."},
        Refusal{chatPath, R"({"stream_options":{"include_usage":true}})", "stream_options", "",
                "The 'stream_options' parameter is only allowed when 'stream' is enabled."},
        Refusal{chatPath, R"({"tool_choice":"auto"})", "tool_choice", "",
                "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are "
                "specified."},
        Refusal{chatPath, R"({"response_format":{"type":"json_object"}})", "messages", "",
                "'messages' must contain the word 'json' in some form, to use 'response_format' of "
                "type 'json_object'."},
        Refusal{chatPath, R"({"messages":null})", "messages", "missing_required_parameter",
                "Missing required parameter: 'messages'."},
        Refusal{
            chatPath, R"({"messages":"hi"})", "messages", "invalid_type",
            "Invalid type for 'messages': expected an array of objects, but got a string instead."},
        Refusal{
            chatPath, R"({"messages":[]})", "messages", "empty_array",
            "Invalid 'messages': empty array. Expected an array with minimum length 1, but got an "
            "empty array instead."},
        Refusal{chatPath, R"({"messages":[{"role":"boss","content":"x"}]})", "messages[0].role",
                "invalid_value",
                "Invalid value: 'boss'. Supported values are: 'system', 'assistant', 'user', "
                "'function', 'tool', and 'developer'."},
        Refusal{chatPath, R"({"messages":[{"role":"user"}]})", "messages[0].content",
                "missing_required_parameter", "Missing required parameter: 'messages[0].content'."},
        Refusal{
            chatPath,
            R"({"messages":[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"c","content":"y"}]})",
            "messages.[1].role", "",
            "Invalid parameter: messages with role 'tool' must be a response to a preceeding "
            "message with 'tool_calls'."},
        Refusal{
            chatPath,
            R"({"messages":[{"role":"assistant","tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{}"}}]},{"role":"user","content":"x"}]})",
            "messages.[1].role", "",
            "An assistant message with 'tool_calls' must be followed by tool messages responding "
            "to each 'tool_call_id'. The following tool_call_ids did not have response messages: "
            "c1"}));

TEST(SimulatedRefusals, TooLongIsNamedWithItsLength) {
    SimulatorSettings settings = testSettings();
    settings.deployments.append({u"small"_s, u"gpt-35-turbo"_s, {}});
    Resource resource(settings);
    const SimulatedAnswer answer =
        resource.post("/openai/deployments/small/chat/completions?api-version=2024-10-21",
                      saying(u"a "_s.repeated(20'000)));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(error(answer)[u"code"], u"context_length_exceeded"_s);
    EXPECT_TRUE(error(answer)[u"message"].toString().startsWith(
        u"This model's maximum context length is 16385 tokens. However, your messages resulted in "
        "200"));
}

TEST(SimulatedFilter, RefusesAPromptWithTheTrigger) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        chatPath, saying(u"please Trigger-Content-Filter now"_s, R"({"stream":true})"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_FALSE(answer.streamed);
    const QJsonObject said = error(answer);
    EXPECT_EQ(said[u"code"], u"content_filter"_s);
    EXPECT_EQ(said[u"param"], u"prompt"_s);
    EXPECT_EQ(said[u"status"].toInt(), 400);
    EXPECT_EQ(said[u"innererror"][u"code"], u"ResponsibleAIPolicyViolation"_s);
    EXPECT_EQ(said[u"innererror"][u"content_filter_result"][u"hate"],
              object(R"({"filtered":true,"severity":"high"})"));
    EXPECT_EQ(header(answer, "ms-azureml-model-error-reason"), "model_error");
}

TEST(SimulatedFilter, TakesAnAnswerBack) {
    Resource resource;
    const QJsonObject first =
        choice(resource.post(chatPath, saying(u"trigger-completion-filter"_s)));
    EXPECT_EQ(first[u"finish_reason"], u"content_filter"_s);
    EXPECT_FALSE(first.contains(u"message"));
    EXPECT_EQ(first[u"content_filter_results"][u"hate"][u"filtered"], true);
}

} // namespace
} // namespace quaygate::simulator::test
