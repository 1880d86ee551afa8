#include "gateway/simulator/schema_example.h"
#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

constexpr auto weatherTools = R"("tools":[
  {"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":
     {"city":{"type":"string"},"unit":{"type":"string","enum":["celsius","fahrenheit"]},"days":{"type":"integer"}},
     "required":["city","unit"]}}},
  {"type":"function","function":{"name":"get_time","parameters":{"type":"object","properties":
     {"zone":{"type":"string"}},"required":["zone"]}}}])";

QJsonObject asking(const QString &text, const QByteArray &more = {}) {
    return saying(text, "{" + QByteArray(weatherTools) + more + "}");
}

QJsonArray calls(const SimulatedAnswer &answer) {
    return choice(answer)[u"message"][u"tool_calls"].toArray();
}

TEST(SimulatedTools, AreCalledWithArgumentsOfTheirSchema) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(chatPath, asking(u"What is the weather in New York in fahrenheit?"_s));
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    EXPECT_EQ(choice(answer)[u"finish_reason"], u"tool_calls"_s);
    EXPECT_TRUE(choice(answer)[u"message"][u"content"].isNull());
    ASSERT_EQ(calls(answer).size(), 1);
    const QJsonValue call = calls(answer)[0];
    EXPECT_EQ(call[u"type"], u"function"_s);
    EXPECT_TRUE(call[u"id"].toString().startsWith(u"call_"));
    EXPECT_EQ(call[u"function"][u"name"], u"get_weather"_s);
    EXPECT_EQ(call[u"function"][u"arguments"], uR"({"city":"New York","unit":"fahrenheit"})"_s);
}

TEST(SimulatedTools, AreCalledAtOnceUnlessForbidden) {
    Resource resource;
    const QString both = u"weather and time, please"_s;
    EXPECT_EQ(calls(resource.post(chatPath, asking(both))).size(), 2);
    EXPECT_EQ(
        calls(resource.post(chatPath, asking(both, R"(,"parallel_tool_calls":false)"))).size(), 1);
}

TEST(SimulatedTools, FollowTheChoice) {
    Resource resource;
    const QString said = u"weather?"_s;
    EXPECT_EQ(calls(resource.post(chatPath, asking(said, R"(,"tool_choice":"none")"))).size(), 0);
    EXPECT_EQ(calls(resource.post(chatPath, asking(said, R"(,"tool_choice":"required")"))).size(),
              1);
    const SimulatedAnswer named = resource.post(
        chatPath,
        asking(said, R"(,"tool_choice":{"type":"function","function":{"name":"get_time"}})"));
    EXPECT_EQ(calls(named)[0][u"function"][u"name"], u"get_time"_s);
    const SimulatedAnswer unknown = resource.post(
        chatPath, asking(said, R"(,"tool_choice":{"type":"function","function":{"name":"fly"}})"));
    EXPECT_EQ(unknown.status, 400);
    EXPECT_EQ(error(unknown)[u"param"], u"tool_choice"_s);
}

TEST(SimulatedTools, ResultsAreQuoted) {
    Resource resource;
    QJsonObject body = asking(u"weather?"_s);
    QJsonArray messages = body[u"messages"].toArray();
    messages.append(object(
        R"({"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"get_weather","arguments":"{}"}}]})"));
    messages.append(object(R"({"role":"tool","tool_call_id":"c1","content":"12 degrees, rain"})"));
    body[u"messages"] = messages;
    const SimulatedAnswer answer = resource.post(chatPath, body);
    EXPECT_EQ(choice(answer)[u"finish_reason"], u"stop"_s);
    EXPECT_TRUE(text(answer).contains(u"The tool `get_weather` answered:\n\n> 12 degrees, rain"_s))
        << text(answer).toStdString();
}

TEST(SimulatedTools, AreStreamedInFragments) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(chatPath, asking(u"weather and time in New York"_s, R"(,"stream":true)"));
    QStringList names;
    QStringList ids;
    QHash<int, QString> arguments;
    int fragments = 0;
    QString finish;
    for (const QJsonObject &chunk : chunks(answer)) {
        const QJsonValue choice = chunk[u"choices"][0];
        if (choice[u"finish_reason"].isString())
            finish = choice[u"finish_reason"].toString();
        const QJsonValue call = choice[u"delta"][u"tool_calls"][0];
        if (!call.isObject())
            continue;
        ++fragments;
        if (call[u"id"].isString()) {
            ids.append(call[u"id"].toString());
            names.append(call[u"function"][u"name"].toString());
        }
        arguments[call[u"index"].toInt()] += call[u"function"][u"arguments"].toString();
    }
    EXPECT_EQ(finish, u"tool_calls"_s);
    EXPECT_EQ(names, QStringList({u"get_weather"_s, u"get_time"_s}));
    EXPECT_EQ(ids.size(), 2) << "id and name come once";
    EXPECT_GT(fragments, 10);
    EXPECT_EQ(arguments[0], uR"({"city":"New York","unit":"celsius"})"_s);
    EXPECT_EQ(arguments[1], uR"({"zone":"example zone"})"_s);
}

TEST(SimulatedTools, AreCutByMaxTokens) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(chatPath, asking(u"weather in Rome"_s, R"(,"max_tokens":3)"));
    EXPECT_EQ(choice(answer)[u"finish_reason"], u"length"_s);
    EXPECT_EQ(calls(answer)[0][u"function"][u"arguments"], u"{\"city"_s);
}

TEST(SimulatedTools, TakeFreeTextWhenCustom) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        chatPath,
        saying(u"print 1"_s, R"({"tools":[{"type":"custom","custom":{"name":"python"}}]})"));
    EXPECT_EQ(calls(answer)[0][u"custom"], object(R"({"name":"python","input":"print 1"})"));
}

struct SchemaCase {
    const char *schema;
    const char *value; ///< in an array, for JSON's sake
};

class SchemaExamples : public ::testing::TestWithParam<SchemaCase> {};

TEST_P(SchemaExamples, Satisfy) {
    const QJsonValue value =
        exampleFor(object(GetParam().schema), u"Find 3 hotels in Porto for me, in green"_s);
    EXPECT_EQ(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).toStdString(),
              GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    All, SchemaExamples,
    ::testing::Values(
        SchemaCase{R"({"type":"integer"})", "[3]"},
        SchemaCase{R"({"type":"number","maximum":2})", "[2]"},
        SchemaCase{R"({"type":"integer","exclusiveMinimum":9})", "[10]"},
        SchemaCase{R"({"type":"integer","minimum":7,"multipleOf":5})", "[10]"},
        SchemaCase{R"({"type":"boolean"})", "[true]"}, SchemaCase{R"({"type":"null"})", "[null]"},
        SchemaCase{R"({"const":4})", "[4]"},
        SchemaCase{R"({"enum":["red","green"]})", R"(["green"])"},
        SchemaCase{R"({"enum":[1,2]})", "[1]"},
        SchemaCase{R"({"type":"string","default":"d"})", R"(["d"])"},
        SchemaCase{R"({"type":"string","format":"date"})", R"(["2026-01-15"])"},
        SchemaCase{R"({"type":"string","maxLength":3})", R"(["exa"])"},
        SchemaCase{R"({"type":"string","minLength":9})", R"(["examplexx"])"},
        SchemaCase{R"({"type":["null","integer"]})", "[3]"},
        SchemaCase{R"({"anyOf":[{"type":"null"},{"type":"boolean"}]})", "[true]"},
        SchemaCase{R"({"type":"array","items":{"type":"integer"},"minItems":2})", "[[3,3]]"},
        SchemaCase{R"({"type":"array","items":{"type":"integer"},"maxItems":0})", "[[]]"},
        SchemaCase{R"({"type":"object","properties":{"location":{"type":"string"}}})",
                   R"([{"location":"Porto"}])"},
        SchemaCase{
            R"({"type":"object","properties":{"a":{"type":"integer"},"b":{"type":"null"}},"required":["a"]})",
            R"([{"a":3}])"},
        SchemaCase{
            R"({"allOf":[{"properties":{"a":{"const":1}},"required":["a"]},{"properties":{"b":{"const":2}},"required":["b"]}]})",
            R"([{"a":1,"b":2}])"},
        SchemaCase{
            R"({"properties":{"a":{"$ref":"#/$defs/x"}},"required":["a"],"$defs":{"x":{"const":"y"}}})",
            R"([{"a":"y"}])"},
        SchemaCase{R"({"properties":{"query":{}},"required":["query"]})",
                   R"([{"query":"Find 3 hotels in Porto for me, in green"}])"},
        SchemaCase{"{}", R"(["example"])"}));

TEST(SchemaExamples, OfAnEndlessSchemaEnd) {
    const QJsonObject endless = object(
        R"({"$ref":"#/$defs/n","$defs":{"n":{"type":"object","properties":{"l":{"$ref":"#/$defs/n"},"r":{"$ref":"#/$defs/n"}},"required":["l","r"]}}})");
    EXPECT_TRUE(exampleFor(endless, {}).isObject());
    EXPECT_NO_FATAL_FAILURE(exampleFor(object(R"({"$ref":"#"})"), {}));
}

} // namespace
} // namespace quaygate::simulator::test
