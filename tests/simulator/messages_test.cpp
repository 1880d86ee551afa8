#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

/// Anthropic's messages.
namespace quaygate::simulator::test {
namespace {

const auto path = "/anthropic/v1/messages";
const auto countPath = "/anthropic/v1/messages/count_tokens";
const HeaderList version{{"anthropic-version", "2023-06-01"}};

QJsonObject asking(const char *more = "{}") {
    QJsonObject body = saying(u"What is a quay?"_s, more);
    body[u"model"] = u"claude"_s;
    if (!body.contains(u"max_tokens"))
        body[u"max_tokens"] = 1000;
    const QJsonValue messages = object(more).value(u"messages");
    if (!messages.isUndefined())
        body[u"messages"] = messages;
    return body;
}

SimulatedAnswer post(const QJsonObject &body, const HeaderList &headers = version) {
    Resource resource;
    return resource.post(path, body, headers);
}

TEST(SimulatedMessages, AreAnthropics) {
    const SimulatedAnswer answer = post(asking(R"({"system":"Be kind."})"));
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    const QJsonObject message = json(answer);
    EXPECT_EQ(message.keys(),
              (QStringList{u"content"_s, u"id"_s, u"model"_s, u"role"_s, u"stop_reason"_s,
                           u"stop_sequence"_s, u"type"_s, u"usage"_s}));
    EXPECT_EQ(message[u"type"], u"message"_s);
    EXPECT_EQ(message[u"stop_reason"], u"end_turn"_s);
    EXPECT_EQ(message[u"model"], u"claude-sonnet-4-5"_s);
    const QString text = message[u"content"][0][u"text"].toString();
    EXPECT_TRUE(text.contains(u"> What is a quay?"));
    EXPECT_TRUE(text.contains(u"instructions among them"));
    EXPECT_TRUE(text.contains(u"the `/anthropic/v1` family"));
    EXPECT_GT(message[u"usage"][u"input_tokens"].toInt(), 5);
    EXPECT_GT(message[u"usage"][u"output_tokens"].toInt(), 20);
    EXPECT_TRUE(header(answer, "request-id").startsWith("req_011"));
}

TEST(SimulatedMessages, TakeTheKeyInEachOfItsHeaders) {
    struct Case {
        const char *name;
        const char *value;
        int status;
    };
    const QList<Case> cases{{"x-api-key", "right-key", 200},
                            {"api-key", "right-key", 200},
                            {"Authorization", "Bearer right-key", 200},
                            {"x-api-key", "wrong", 401},
                            {"Authorization", "Bearer wrong", 401},
                            {"Cookie", "x", 401}};
    for (const Case &each : cases) {
        Resource resource;
        const SimulatedAnswer answer =
            resource.ask("POST", path, QJsonDocument(asking()).toJson(),
                         {{each.name, each.value}, {"anthropic-version", "2023-06-01"}});
        EXPECT_EQ(answer.status, each.status) << each.name << each.value;
        if (each.status == 401) {
            EXPECT_EQ(json(answer)[u"type"], u"error"_s);
            EXPECT_EQ(error(answer)[u"type"], u"authentication_error"_s);
            EXPECT_EQ(json(answer)[u"request_id"].toString().toLatin1(),
                      header(answer, "request-id"));
        }
    }
}

TEST(SimulatedMessages, EndForTheReasonsThereAre) {
    const QJsonObject cut = json(post(asking(R"({"max_tokens":5})")));
    EXPECT_EQ(cut[u"stop_reason"], u"max_tokens"_s);
    EXPECT_EQ(cut[u"usage"][u"output_tokens"].toInt(), 5);
    const QJsonObject stopped = json(post(asking(R"({"stop_sequences":["zzz"," simulator"]})")));
    EXPECT_EQ(stopped[u"stop_reason"], u"stop_sequence"_s);
    EXPECT_EQ(stopped[u"stop_sequence"], u" simulator"_s);
    EXPECT_EQ(stopped[u"content"][0][u"text"], u"**Hello from the"_s);
    EXPECT_EQ(json(post(asking(
                  R"({"messages":[{"role":"user","content":"trigger-completion-filter"}]})")))
                  [u"stop_reason"],
              u"refusal"_s);
}

const auto tools = R"({"tools":[{"type":"web_search_20250305","name":"web_search"},
    {"name":"get_weather","input_schema":{"type":"object","properties":{"city":{"type":"string"}},
    "required":["city"]}}],"messages":[{"role":"user","content":[{"type":"text","text":
    "The weather in Paris?"}]}]})";

TEST(SimulatedMessages, UseToolsAndReadTheirResults) {
    const QJsonObject first = json(post(asking(tools)));
    EXPECT_EQ(first[u"stop_reason"], u"tool_use"_s);
    const QJsonValue use = first[u"content"][0];
    ASSERT_EQ(use[u"type"], u"tool_use"_s);
    EXPECT_EQ(use[u"name"], u"get_weather"_s);
    EXPECT_TRUE(use[u"input"][u"city"].isString());

    QJsonObject next = asking(tools);
    QJsonArray messages = next[u"messages"].toArray();
    messages.append(QJsonObject{{u"role"_s, u"assistant"_s}, {u"content"_s, first[u"content"]}});
    const QJsonObject result{{u"type"_s, u"tool_result"_s},
                             {u"tool_use_id"_s, use[u"id"]},
                             {u"content"_s, u"21 degrees"_s}};
    messages.append(QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, QJsonArray{result}}});
    next[u"messages"] = messages;
    const QString text = json(post(next))[u"content"][0][u"text"].toString();
    EXPECT_TRUE(text.contains(u"`get_weather`")) << text.toStdString();
    EXPECT_TRUE(text.contains(u"> 21 degrees"));
}

TEST(SimulatedMessages, HonourTheChoiceOfATool) {
    QJsonObject body = asking(tools);
    body[u"tool_choice"] = object(R"({"type":"none"})");
    EXPECT_EQ(json(post(body))[u"stop_reason"], u"end_turn"_s);
    body[u"tool_choice"] = object(R"({"type":"tool","name":"get_weather"})");
    EXPECT_EQ(json(post(body))[u"content"][0][u"name"], u"get_weather"_s);
}

TEST(SimulatedMessages, StreamInAnthropicsOrder) {
    const SimulatedAnswer answer = post(asking(
        R"({"stream":true,"max_tokens":3000,"thinking":{"type":"enabled","budget_tokens":1024}})"));
    EXPECT_EQ(order(answer),
              (QStringList{u"message_start"_s, u"content_block_start"_s, u"ping"_s,
                           u"content_block_delta"_s, u"content_block_stop"_s,
                           u"content_block_start"_s, u"content_block_delta"_s,
                           u"content_block_stop"_s, u"message_delta"_s, u"message_stop"_s}));
    const QList<QJsonObject> list = events(answer);
    EXPECT_EQ(list[0][u"message"][u"content"], QJsonArray());
    EXPECT_TRUE(list[0][u"message"][u"stop_reason"].isNull());
    EXPECT_EQ(list[1][u"content_block"],
              object(R"({"type":"thinking","thinking":"","signature":""})"));
    QStringList kinds;
    QString text;
    for (const QJsonObject &event : list) {
        kinds.append(event[u"delta"][u"type"].toString());
        text += event[u"delta"][u"text"].toString();
    }
    kinds.removeAll(QString());
    kinds.erase(std::unique(kinds.begin(), kinds.end()), kinds.end());
    EXPECT_EQ(kinds, (QStringList{u"thinking_delta"_s, u"signature_delta"_s, u"text_delta"_s}));
    EXPECT_TRUE(text.startsWith(u"**Hello from the simulator.**"));
    const QJsonObject ended = list[list.size() - 2];
    EXPECT_EQ(ended[u"delta"][u"stop_reason"], u"end_turn"_s);
    EXPECT_GT(ended[u"usage"][u"output_tokens"].toInt(), 20);
}

TEST(SimulatedMessages, StreamTheInputOfTools) {
    QJsonObject body = asking(tools);
    body[u"stream"] = true;
    const QList<QJsonObject> list = events(post(body));
    ASSERT_GT(list.size(), 4);
    EXPECT_EQ(list[1][u"content_block"][u"input"], QJsonObject());
    QString input;
    for (const QJsonObject &event : list)
        input += event[u"delta"][u"partial_json"].toString();
    EXPECT_TRUE(QJsonDocument::fromJson(input.toUtf8()).object().contains(u"city"))
        << input.toStdString();
}

TEST(SimulatedMessages, CountTheirTokens) {
    Resource resource;
    QJsonObject body = asking();
    const int used = json(resource.post(path, body, version))[u"usage"][u"input_tokens"].toInt();
    body.remove(u"max_tokens"_s);
    EXPECT_EQ(json(resource.post(countPath, body, version)),
              (QJsonObject{{u"input_tokens"_s, used}}));
    EXPECT_EQ(resource.post(countPath, object(R"({"model":"claude"})"), version).status, 400);
}

struct Refused {
    const char *body;
    const char *message;
};

class SimulatedMessagesRefuse : public ::testing::TestWithParam<Refused> {};

TEST_P(SimulatedMessagesRefuse, InAnthropicsWords) {
    Resource resource;
    QJsonObject body = object(GetParam().body);
    if (!body.contains(u"model"))
        body[u"model"] = u"claude"_s;
    const SimulatedAnswer answer = resource.post(path, body, version);
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(error(answer)[u"type"], u"invalid_request_error"_s);
    EXPECT_TRUE(
        error(answer)[u"message"].toString().startsWith(QLatin1StringView(GetParam().message)))
        << answer.body().toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedMessagesRefuse,
    ::testing::Values(
        Refused{R"({"messages":[{"role":"user","content":"x"}]})", "max_tokens: Field required"},
        Refused{R"({"max_tokens":9})", "messages: Field required"},
        Refused{R"({"max_tokens":9,"messages":[]})", "messages: at least one message"},
        Refused{R"({"max_tokens":9,"messages":[{"role":"system","content":"x"}]})",
                "messages.0.role: Input should be 'user' or 'assistant'"},
        Refused{R"({"max_tokens":9,"messages":[{"role":"assistant","content":"x"}]})",
                "messages: first message must use the \"user\" role"},
        Refused{R"({"max_tokens":9,"messages":[{"role":"user","content":""}]})",
                "messages.0: messages must have non-empty content"},
        Refused{R"({"max_tokens":9,"n":2,"messages":[{"role":"user","content":"x"}]})",
                "n: Extra inputs are not permitted"},
        Refused{R"({"max_tokens":9,"messages":[{"role":"user","content":[{"type":"tool_result",
                    "tool_use_id":"toolu_1","content":"x"}]}]})",
                "messages.0.content: unexpected `tool_use_id` found in `tool_result` blocks"},
        Refused{R"({"max_tokens":9,"messages":[{"role":"user","content":"x"},{"role":"assistant",
                    "content":[{"type":"tool_use","id":"toolu_1","name":"f","input":{}}]},
                    {"role":"user","content":"x"}]})",
                "messages.1: `tool_use` ids were found without `tool_result` blocks immediately "
                "after: toolu_1."},
        Refused{R"({"max_tokens":9,"thinking":{"type":"enabled","budget_tokens":1024},
                    "messages":[{"role":"user","content":"x"}]})",
                "`max_tokens` must be greater than `thinking.budget_tokens`."},
        Refused{R"({"max_tokens":9,"tools":[{"name":"f"}],"messages":[{"role":"user",
                    "content":"x"}]})",
                "tools.0.custom.input_schema: Field required"},
        Refused{R"({"max_tokens":9,"tool_choice":{"type":"tool","name":"f"},"messages":[{"role":
                    "user","content":"x"}]})",
                "Tool 'f' not found in provided tools"},
        Refused{R"({"model":"chat","max_tokens":9,"messages":[{"role":"user","content":"x"}]})",
                "The messages operation does not work with the specified model"}));

TEST(SimulatedMessages, NeedTheirVersion) {
    const SimulatedAnswer answer = post(asking(), {});
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(error(answer)[u"message"], u"anthropic-version: header is required"_s);
}

TEST(SimulatedMessages, FailInAnthropicsShape) {
    struct Case {
        const char *fault;
        int status;
        const char *type;
    };
    const QList<Case> cases{{"429-ms", 429, "rate_limit_error"},
                            {"429-apim", 429, "rate_limit_error"},
                            {"500", 500, "api_error"},
                            {"503", 503, "overloaded_error"},
                            {"404-deployment", 404, "not_found_error"},
                            {"401-permission", 401, "authentication_error"}};
    for (const Case &each : cases) {
        HeaderList headers = version;
        headers.append("x-simulator-fault", each.fault);
        const SimulatedAnswer answer = post(asking(), headers);
        EXPECT_EQ(answer.status, each.status) << each.fault;
        EXPECT_EQ(error(answer)[u"type"].toString(), QLatin1StringView(each.type)) << each.fault;
        EXPECT_FALSE(error(answer)[u"message"].toString().isEmpty()) << each.fault;
    }
    HeaderList headers = version;
    headers.append("x-simulator-fault", "mid-stream-error;after=4");
    const QList<QJsonObject> list = events(post(asking(R"({"stream":true})"), headers));
    ASSERT_EQ(list.size(), 5);
    EXPECT_EQ(list[4], object(R"({"type":"error","error":{"type":"api_error","message":
                                  "Internal server error"}})"));
}

} // namespace
} // namespace quaygate::simulator::test
