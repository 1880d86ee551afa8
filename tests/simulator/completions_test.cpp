#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

const auto path = "/openai/v1/completions";
const auto datedPath = "/openai/deployments/instruct/completions?api-version=2023-05-15";

TEST(SimulatedCompletions, AnswerEveryPrompt) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        datedPath, object(R"({"prompt":["one quay","two quays"],"n":2,"max_tokens":200})"));
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    const QJsonObject json = test::json(answer);
    EXPECT_EQ(json[u"object"], u"text_completion"_s);
    EXPECT_TRUE(json[u"id"].toString().startsWith(u"cmpl-"));
    EXPECT_EQ(json[u"model"], u"gpt-35-turbo-instruct"_s);
    const QJsonArray choices = json[u"choices"].toArray();
    ASSERT_EQ(choices.size(), 4);
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(choices[i][u"index"].toInt(-1), i);
        EXPECT_EQ(choices[i][u"finish_reason"], u"stop"_s);
        EXPECT_TRUE(
            choices[i][u"text"].toString().contains(i < 2 ? u"> one quay" : u"> two quays"));
    }
    EXPECT_GT(json[u"usage"][u"completion_tokens"].toInt(), 100);
}

TEST(SimulatedCompletions, AreShortUnlessTheyMayBeLonger) {
    Resource resource;
    const QJsonObject json =
        test::json(resource.post(path, object(R"({"model":"instruct","prompt":"x","echo":true})")));
    EXPECT_EQ(json[u"choices"][0][u"finish_reason"], u"length"_s);
    EXPECT_EQ(json[u"usage"][u"completion_tokens"].toInt(), 16);
    EXPECT_TRUE(json[u"choices"][0][u"text"].toString().startsWith(u"x**Hello"));
}

TEST(SimulatedCompletions, Stream) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        path, object(R"({"model":"instruct","prompt":"x","stream":true,"stop":" simulator",
                         "stream_options":{"include_usage":true}})"));
    const QList<QJsonObject> list = chunks(answer);
    ASSERT_GT(list.size(), 5);
    EXPECT_TRUE(list.first().contains(u"prompt_filter_results"));
    QString text;
    for (const QJsonObject &chunk : list)
        text += chunk.value(u"choices").toArray().first().toObject().value(u"text").toString();
    EXPECT_EQ(text, u"**Hello from the"_s);
    EXPECT_EQ(list[list.size() - 3][u"choices"][0][u"finish_reason"], u"stop"_s);
    EXPECT_TRUE(list[list.size() - 2][u"usage"].isObject());
    EXPECT_TRUE(list.last().isEmpty()) << "[DONE]";
}

TEST(SimulatedCompletions, AreRefusedWhereTheyAreNone) {
    Resource resource;
    const auto code = [&](const char *body) {
        return error(resource.post(path, object(body)))[u"code"].toString();
    };
    EXPECT_EQ(code(R"({"model":"chat","prompt":"x"})"), u"OperationNotSupported"_s);
    EXPECT_EQ(code(R"({"model":"instruct","messages":[]})"), u"unknown_parameter"_s);
    EXPECT_EQ(code(R"({"model":"instruct","prompt":"trigger-content-filter"})"),
              u"content_filter"_s);
    EXPECT_EQ(code(R"({"model":"instruct","prompt":"x","max_tokens":-1})"),
              u"integer_below_min_value"_s);
}

} // namespace
} // namespace quaygate::simulator::test
