#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

/// Responses: made whole and streamed, and what is refused.
namespace quaygate::simulator::test {
namespace {

const auto path = "/openai/v1/responses";
const auto datedPath = "/openai/responses?api-version=2025-04-01-preview";

QString outputText(const QJsonObject &response) {
    const QJsonArray output = response[u"output"].toArray();
    return output.isEmpty() ? QString() : output.last()[u"content"][0][u"text"].toString();
}

QJsonObject asking(const char *json) {
    return object(json);
}

TEST(SimulatedResponses, HaveEveryFieldOfTheService) {
    for (const char *target : {path, datedPath}) {
        Resource resource;
        const SimulatedAnswer answer = resource.post(
            target, asking(R"({"model":"CHAT","input":"What is a quay?","metadata":{"a":"b"}})"));
        ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
        const QJsonObject response = json(answer);
        const QStringList expected =
            u"background completed_at content_filters created_at error id incomplete_details "
            "instructions max_output_tokens max_tool_calls metadata model object output "
            "parallel_tool_calls previous_response_id prompt_cache_key prompt_cache_retention "
            "reasoning safety_identifier service_tier status store temperature text tool_choice "
            "tools top_logprobs top_p truncation usage user"_s.split(u' ');
        EXPECT_EQ(response.keys(), expected);
        EXPECT_EQ(response[u"model"], u"CHAT"_s) << "the name that was asked for";
        EXPECT_EQ(header(answer, "x-ms-served-model"), "gpt-4.1-mini-2025-04-14");
        EXPECT_EQ(response[u"status"], u"completed"_s);
        EXPECT_EQ(response[u"metadata"], object(R"({"a":"b"})"));
        EXPECT_TRUE(outputText(response).contains(u"> What is a quay?"));
        EXPECT_EQ(response[u"content_filters"].toArray().size(), 2);
        const QJsonValue usage = response[u"usage"];
        EXPECT_EQ(usage[u"total_tokens"].toInt(),
                  usage[u"input_tokens"].toInt() + usage[u"output_tokens"].toInt());
        EXPECT_GT(usage[u"output_tokens"].toInt(), 20);
    }
}

TEST(SimulatedResponses, OfReasoningModelsReasonFirst) {
    Resource resource;
    const QJsonObject response = json(resource.post(
        path, asking(R"({"model":"codex","input":"hi","include":["reasoning.encrypted_content"],
                         "reasoning":{"effort":"low","summary":"auto"}})")));
    const QJsonArray output = response[u"output"].toArray();
    ASSERT_EQ(output.size(), 2);
    EXPECT_EQ(output[0][u"type"], u"reasoning"_s);
    EXPECT_TRUE(output[0][u"encrypted_content"].isString());
    EXPECT_EQ(output[0][u"summary"][0][u"type"], u"summary_text"_s);
    EXPECT_EQ(output[1][u"type"], u"message"_s);
    EXPECT_EQ(response[u"usage"][u"output_tokens_details"][u"reasoning_tokens"].toInt(), 64);
}

TEST(SimulatedResponses, EndIncompleteWhenTheyMayNotBeLonger) {
    Resource resource;
    const QJsonObject response = json(
        resource.post(path, asking(R"({"model":"chat","input":"hi","max_output_tokens":16})")));
    EXPECT_EQ(response[u"status"], u"incomplete"_s);
    EXPECT_EQ(response[u"incomplete_details"][u"reason"], u"max_output_tokens"_s);
    EXPECT_TRUE(response[u"completed_at"].isNull());
    EXPECT_EQ(response[u"output"][0][u"status"], u"incomplete"_s);
    EXPECT_EQ(response[u"usage"][u"output_tokens"].toInt(), 16);
}

TEST(SimulatedResponses, SatisfyASchema) {
    Resource resource;
    const QJsonObject response = json(resource.post(
        path, asking(R"({"model":"chat","input":"hi","text":{"format":{"type":"json_schema",
        "name":"x","schema":{"type":"object","properties":{"n":{"type":"integer","minimum":7}},
        "required":["n"]}}}})")));
    const QJsonObject said = QJsonDocument::fromJson(outputText(response).toUtf8()).object();
    EXPECT_EQ(said[u"n"].toInt(), 7);
    EXPECT_EQ(response[u"text"][u"format"][u"name"], u"x"_s);
}

const auto tools =
    R"([{"type":"web_search_preview"},{"type":"function","name":"get_weather","parameters":
        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}])";

QJsonObject withTools(const char *json) {
    QJsonObject body = object(json);
    body[u"tools"] = QJsonDocument::fromJson(tools).array();
    return body;
}

TEST(SimulatedResponses, CallToolsAndReadTheirOutput) {
    Resource resource;
    const QJsonObject first =
        json(resource.post(path, withTools(R"({"model":"chat","input":"The weather in Paris?"})")));
    const QJsonValue call = first[u"output"][0];
    ASSERT_EQ(call[u"type"], u"function_call"_s);
    EXPECT_EQ(call[u"name"], u"get_weather"_s);
    const QString arguments = call[u"arguments"].toString();
    EXPECT_TRUE(QJsonDocument::fromJson(arguments.toUtf8()).object().contains(u"city"))
        << arguments.toStdString();

    QJsonObject next = withTools(R"({"model":"chat"})");
    next[u"previous_response_id"] = first[u"id"];
    next[u"input"] = QJsonArray{QJsonObject{{u"type"_s, u"function_call_output"_s},
                                            {u"call_id"_s, call[u"call_id"]},
                                            {u"output"_s, u"21 degrees"_s}}};
    const SimulatedAnswer second = resource.post(path, next);
    EXPECT_TRUE(outputText(json(second)).contains(u"> 21 degrees")) << second.body().toStdString();
    EXPECT_TRUE(outputText(json(second)).contains(u"`get_weather`"));

    next.remove(u"input"_s);
    next[u"input"] = u"and now?"_s;
    EXPECT_EQ(error(resource.post(path, next))[u"message"].toString(),
              u"No tool output found for function call %1."_s.arg(call[u"call_id"].toString()));
}

TEST(SimulatedResponses, ContinueThePreviousOne) {
    Resource resource;
    const QJsonObject first =
        json(resource.post(path, asking(R"({"model":"chat","input":"one"})")));
    QJsonObject body = asking(R"({"model":"chat","input":"two"})");
    body[u"previous_response_id"] = first[u"id"];
    const QJsonObject second = json(resource.post(path, body));
    EXPECT_TRUE(outputText(second).contains(u"I received 3 messages"));
    EXPECT_EQ(second[u"previous_response_id"], first[u"id"]);

    // An item of it can be named instead.
    const QJsonObject reference{{u"type"_s, u"item_reference"_s},
                                {u"id"_s, first[u"output"][0][u"id"]}};
    body.remove(u"previous_response_id"_s);
    body[u"input"] =
        QJsonArray{reference, QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"x"_s}}};
    EXPECT_TRUE(outputText(json(resource.post(path, body))).contains(u"I received 2 messages"));
}

struct Refused {
    const char *body;
    int status;
    const char *param;
    const char *code;
    const char *message;
};

class SimulatedResponsesRefuse : public ::testing::TestWithParam<Refused> {};

TEST_P(SimulatedResponsesRefuse, InTheServicesWords) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(path, asking(GetParam().body));
    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_EQ(error(answer)[u"param"].toString(), QLatin1StringView(GetParam().param));
    EXPECT_EQ(error(answer)[u"code"].toString(), QLatin1StringView(GetParam().code));
    EXPECT_TRUE(
        error(answer)[u"message"].toString().startsWith(QLatin1StringView(GetParam().message)))
        << answer.body().toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedResponsesRefuse,
    ::testing::Values(
        Refused{R"({"input":"hi"})", 400, "model", "missing_required_parameter", "Missing"},
        Refused{R"({"model":"chat"})", 400, "input", "missing_required_parameter", "Missing"},
        Refused{R"({"model":"none","input":"hi"})", 404, "", "DeploymentNotFound", "The API"},
        Refused{R"({"model":"turbo","input":"hi"})", 400, "", "OperationNotSupported",
                "The responses operation does not work with the specified model, gpt-35-turbo."},
        Refused{R"({"model":"chat","input":"hi","messages":[]})", 400, "messages",
                "unknown_parameter", "Unknown parameter: 'messages'."},
        Refused{R"({"model":"chat","input":7})", 400, "input", "invalid_type",
                "Invalid type for 'input': expected one of a string or array of objects"},
        Refused{R"({"model":"chat","input":[{"role":"bard","content":"hi"}]})", 400, "input[0]",
                "invalid_value", "Invalid value: 'bard'."},
        Refused{R"({"model":"chat","input":[{"role":"user"}]})", 400, "input[0].content",
                "missing_required_parameter", "Missing"},
        Refused{R"({"model":"chat","input":"hi","previous_response_id":"resp_x"})", 400,
                "previous_response_id", "previous_response_not_found",
                "Previous response with id 'resp_x' not found."},
        Refused{R"({"model":"chat","input":[{"type":"item_reference","id":"rs_1"}]})", 404, "input",
                "", "Item with id 'rs_1' not found."},
        Refused{R"({"model":"chat","input":[{"type":"function_call_output","call_id":"c",
                    "output":""}]})",
                400, "input", "", "No tool call found for function call output with call_id c."},
        Refused{R"({"model":"chat","input":"hi","max_output_tokens":15})", 400, "max_output_tokens",
                "integer_below_min_value", "Invalid"},
        Refused{R"({"model":"chat","input":"hi","reasoning":{"effort":"low"}})", 400,
                "reasoning.effort", "unsupported_parameter",
                "Unsupported parameter: 'reasoning.effort' is not supported with this model."},
        Refused{R"({"model":"o4","input":"hi","reasoning":{"effort":"minimal"}})", 400,
                "reasoning.effort", "unsupported_value", "Unsupported value"},
        Refused{R"({"model":"o4","input":"hi","temperature":0.5})", 400, "temperature",
                "unsupported_parameter", "Unsupported parameter: 'temperature'"},
        Refused{R"({"model":"chat","input":"hi","tools":[{"type":"function"}]})", 400,
                "tools[0].name", "missing_required_parameter", "Missing"},
        Refused{R"({"model":"chat","input":"hi","tool_choice":{"type":"function","name":"f"}})",
                400, "tool_choice", "", "Tool choice 'f' not found"},
        Refused{R"({"model":"chat","input":"hi","tool_choice":"perhaps"})", 400, "tool_choice",
                "invalid_value", "Invalid value: 'perhaps'."},
        Refused{R"({"model":"chat","input":"hi","text":{"format":{"type":"json_object"}}})", 400,
                "input", "", "Response input messages must contain the word 'json'"},
        Refused{R"({"model":"chat","input":"hi","text":{"format":{"type":"json_schema"}}})", 400,
                "text.format.name", "missing_required_parameter", "Missing"},
        Refused{R"({"model":"chat","input":"hi","background":true,"store":false})", 400,
                "background", "invalid_parameter_combination", "Background"},
        Refused{R"({"model":"chat","input":"trigger-content-filter"})", 400, "prompt",
                "content_filter", "The response was filtered"}));

TEST(SimulatedResponses, OfAFilteredPromptNameTheFilters) {
    Resource resource;
    const QJsonObject refusal =
        error(resource.post(path, asking(R"({"model":"chat","input":"trigger-content-filter"})")));
    EXPECT_FALSE(refusal.contains(u"innererror"));
    const QJsonValue filter = refusal[u"content_filters"][0];
    EXPECT_EQ(filter[u"blocked"], true);
    EXPECT_EQ(filter[u"content_filter_results"][u"hate"][u"filtered"], true);
}

TEST(SimulatedResponses, StreamTextInTheServicesOrder) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(path, asking(R"({"model":"chat","input":"hi","stream":true})"));
    EXPECT_EQ(header(answer, "Content-Type"), "text/event-stream; charset=utf-8");
    EXPECT_EQ(order(answer),
              (QStringList{u"response.created"_s, u"response.in_progress"_s,
                           u"response.output_item.added"_s, u"response.content_part.added"_s,
                           u"response.output_text.delta"_s, u"response.output_text.done"_s,
                           u"response.content_part.done"_s, u"response.output_item.done"_s,
                           u"response.completed"_s}));
    const QList<QJsonObject> list = events(answer);
    QString text;
    for (qsizetype i = 0; i < list.size(); ++i) {
        EXPECT_EQ(list[i][u"sequence_number"].toInt(-1), i);
        text += list[i][u"delta"].toString();
    }
    const QJsonObject ended = list.last()[u"response"].toObject();
    EXPECT_EQ(text, outputText(ended));
    EXPECT_EQ(ended[u"status"], u"completed"_s);
    EXPECT_TRUE(ended[u"usage"].isObject());
    EXPECT_EQ(list[0][u"response"][u"id"], ended[u"id"]);
    EXPECT_EQ(list[0][u"response"][u"status"], u"in_progress"_s);
    EXPECT_TRUE(list[4].contains(u"obfuscation"));
}

TEST(SimulatedResponses, StreamReasoningAndCallsInTheServicesOrder) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(path, withTools(R"({"model":"five","input":"weather?","stream":true,
              "reasoning":{"summary":"auto"},"stream_options":{"include_obfuscation":false}})"));
    EXPECT_EQ(
        order(answer),
        (QStringList{
            u"response.created"_s, u"response.in_progress"_s, u"response.output_item.added"_s,
            u"response.reasoning_summary_part.added"_s, u"response.reasoning_summary_text.delta"_s,
            u"response.reasoning_summary_text.done"_s, u"response.reasoning_summary_part.done"_s,
            u"response.output_item.done"_s, u"response.output_item.added"_s,
            u"response.function_call_arguments.delta"_s, u"response.function_call_arguments.done"_s,
            u"response.output_item.done"_s, u"response.completed"_s}));
    for (const QJsonObject &event : events(answer))
        EXPECT_FALSE(event.contains(u"obfuscation"));
}

TEST(SimulatedResponses, FailInMidStreamInTheirOwnShape) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(path, asking(R"({"model":"chat","input":"hi","stream":true})"),
                      {{"x-simulator-fault", "mid-stream-error;after=5"}});
    const QList<QJsonObject> list = events(answer);
    ASSERT_EQ(list.size(), 6);
    EXPECT_EQ(list[5][u"type"], u"error"_s);
    EXPECT_EQ(list[5][u"sequence_number"], 5);
}

} // namespace
} // namespace quaygate::simulator::test
