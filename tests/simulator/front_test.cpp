#include "tests/simulator/ask.h"

#include <QRegularExpression>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

/// What stands in front of the models: paths, versions, keys, deployments, headers.
namespace quaygate::simulator::test {
namespace {

const QByteArray notFound = R"({"error":{"code":"404","message": "Resource not found"}})"_ba;

TEST(SimulatedPaths, NotFoundHas56Bytes) {
    EXPECT_EQ(notFound.size(), 56);
}

struct PathCase {
    const char *method;
    const char *target;
    int status;
};

class SimulatedPathTable : public ::testing::TestWithParam<PathCase> {};

TEST_P(SimulatedPathTable, Answers) {
    Resource resource;
    const auto [method, target, status] = GetParam();
    const QByteArray body =
        QByteArray(target).contains("embed")
            ? R"({"input":"hi","model":"embed"})"_ba
            : R"({"messages":[{"role":"user","content":"hi"}],"model":"chat"})"_ba;
    const SimulatedAnswer answer = resource.ask(method, target, body);
    EXPECT_EQ(answer.status, status) << answer.body().toStdString();
    if (status == 404) {
        EXPECT_EQ(answer.body(), notFound);
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedPathTable,
    ::testing::Values(
        PathCase{"POST", chatPath, 200}, PathCase{"POST", v1ChatPath, 200},
        PathCase{"POST", embeddingsPath, 200}, PathCase{"POST", "/openai/v1/embeddings", 200},
        PathCase{"POST", "/openai/v1/chat/completions?api-version=v1", 200},
        PathCase{"POST", "/openai/v1/chat/completions?api-version=preview", 200},
        PathCase{"POST", "/openai/v1/chat/completions?api-version=", 200},
        PathCase{"POST", "/openai/deployments/chat/chat/completions?API-Version=2024-10-21", 200},
        PathCase{"POST", "/openai/deployments/CHAT/chat/completions?api-version=2024-10-21", 200},
        PathCase{"POST", "/openai/deployments/%63hat/chat/completions?api-version=2024-10-21", 200},
        PathCase{"POST", "//openai/deployments/chat/chat/completions?api-version=2024-10-21", 200},
        PathCase{"POST", "/openai/deployments/chat/chat/completions?api-version=2025-04-01-preview",
                 200},
        PathCase{"GET", "/openai/v1/models", 200},
        PathCase{"GET", "/openai/models?api-version=2024-10-21", 200},
        PathCase{"GET", "/openai/v1/models/gpt-4.1-mini-2025-04-14", 200},
        PathCase{"GET", "/openai/deployments?api-version=2022-12-01", 200},
        PathCase{"GET", "/openai/deployments?api-version=2023-03-15-preview", 200},
        // Nothing there.
        PathCase{"GET", "/openai/deployments?api-version=2023-05-15", 404},
        PathCase{"GET", "/openai/deployments?api-version=2022-03-01-preview", 404},
        PathCase{"GET", "/openai/v1/deployments", 404}, PathCase{"GET", chatPath, 404},
        PathCase{"GET", "/openai/v1/models/nobody-knows", 404}, PathCase{"POST", "/", 404},
        PathCase{"POST", "/chat/completions", 404}, PathCase{"POST", "/v1/chat/completions", 404},
        PathCase{"GET", "/openai/v1/responses", 404},
        PathCase{"POST", "/openai/responses?api-version=2025-02-01-preview", 404},
        PathCase{"POST", "/openai/responses", 404},
        PathCase{"POST", "/openai/chat/completions", 404},
        PathCase{"POST", "/openai/deployments/chat/responses?api-version=2025-04-01-preview", 404},
        // A version that is missing, unknown, of the other family or too old.
        PathCase{"POST", "/openai/deployments/chat/chat/completions", 404},
        PathCase{"POST", "/openai/deployments/chat/chat/completions?api-version=", 404},
        PathCase{"POST", "/openai/deployments/chat/chat/completions?api-version=2024-10-22", 404},
        PathCase{"POST", "/openai/deployments/chat/chat/completions?api-version=2024-10-21-preview",
                 404},
        PathCase{"POST", "/openai/deployments/chat/chat/completions?api-version=preview", 404},
        PathCase{"POST", "/openai/deployments/chat/chat/completions?api-version=2022-12-01", 404}));

TEST(SimulatedVersions, ADateOnV1IsRefused) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post("/openai/v1/chat/completions?api-version=2024-10-21", saying(u"hi"_s));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(answer.body(),
              R"({"error":{"code":"BadRequest","message":"API version not supported"}})");
}

TEST(SimulatedPaths, ExistOnlyBelowThePrefix) {
    SimulatorSettings settings = testSettings();
    settings.pathPrefix = u"/corp/ai/"_s;
    Resource resource(settings);
    EXPECT_EQ(resource.post("/corp/ai"_ba + chatPath, saying(u"hi"_s)).status, 200);
    EXPECT_EQ(resource.post(chatPath, saying(u"hi"_s)).status, 404);
}

struct KeyCase {
    const char *what;
    const char *target;
    HeaderList headers;
    int status;
    const char *text; ///< that the message begins with
};

const auto accessDenied = "Access denied due to invalid subscription key";
const auto badToken = "Unauthorized. Access token is missing";

class SimulatedKeys : public ::testing::TestWithParam<KeyCase> {};

TEST_P(SimulatedKeys, Answers) {
    Resource resource;
    const KeyCase &given = GetParam();
    const SimulatedAnswer answer = resource.ask(
        "POST", given.target, R"({"messages":[{"role":"user","content":"hi"}],"model":"chat"})",
        given.headers);
    EXPECT_EQ(answer.status, given.status) << given.what;
    if (given.status == 401) {
        EXPECT_EQ(error(answer)[u"code"], u"401"_s);
        EXPECT_TRUE(error(answer)[u"message"].toString().startsWith(QLatin1StringView(given.text)))
            << given.what;
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedKeys,
    ::testing::Values(
        KeyCase{"right", chatPath, {{"api-key", "right-key"}}, 200, ""},
        KeyCase{"right, odd case", chatPath, {{"Api-Key", "right-key"}}, 200, ""},
        KeyCase{"wrong", chatPath, {{"api-key", "wrong-key"}}, 401, accessDenied},
        KeyCase{"longer", chatPath, {{"api-key", "right-key2"}}, 401, accessDenied},
        KeyCase{"empty", chatPath, {{"api-key", ""}}, 401, accessDenied},
        KeyCase{"none", chatPath, {}, 401, accessDenied},
        KeyCase{"key as token", chatPath, {{"Authorization", "Bearer right-key"}}, 401, badToken},
        KeyCase{
            "both", chatPath, {{"Authorization", "Bearer x"}, {"api-key", "right-key"}}, 200, ""},
        KeyCase{"v1 right", v1ChatPath, {{"api-key", "right-key"}}, 200, ""},
        KeyCase{"v1 wrong", v1ChatPath, {{"api-key", "nope"}}, 401, accessDenied},
        KeyCase{"v1 key as token", v1ChatPath, {{"authorization", "bearer right-key"}}, 200, ""},
        KeyCase{"v1 wrong token", v1ChatPath, {{"Authorization", "Bearer nope"}}, 401, badToken},
        KeyCase{"v1 basic", v1ChatPath, {{"Authorization", "Basic cmln"}}, 401, accessDenied},
        KeyCase{"wrong key wins over wrong deployment",
                "/openai/deployments/none/chat/completions?api-version=2024-10-21",
                {{"api-key", "nope"}},
                401,
                accessDenied}));

TEST(SimulatedKeys, WithoutAKeyEveryOneIsAccepted) {
    Resource resource(testSettings(QByteArray()));
    const QByteArray body = R"({"messages":[{"role":"user","content":"hi"}],"model":"chat"})";
    EXPECT_EQ(resource.ask("POST", chatPath, body, {}).status, 200);
    EXPECT_EQ(resource.ask("POST", chatPath, body, {{"api-key", "any"}}).status, 200);
    EXPECT_EQ(resource.ask("POST", chatPath, body, {{"Authorization", "Bearer any"}}).status, 200);
}

TEST(SimulatedKeys, TheRefusalHas224Bytes) {
    Resource resource;
    EXPECT_EQ(resource.ask("POST", chatPath, "{}", {}).body().size(), 224);
}

TEST(SimulatedDeployments, UnknownOnesAreNamedSoOnBothFamilies) {
    Resource resource;
    const QByteArray expected =
        R"({"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource )"
        R"(does not exist. If you created the deployment within the last 5 minutes, please wait a )"
        R"(moment and try again."}})";
    const SimulatedAnswer onPath = resource.post(
        "/openai/deployments/none/chat/completions?api-version=2024-10-21", saying(u"hi"_s));
    EXPECT_EQ(onPath.status, 404);
    EXPECT_EQ(onPath.body(), expected);
    for (const char *model : {R"({"model":"none"})", R"({"model":""})"}) {
        const SimulatedAnswer onV1 = resource.post(v1ChatPath, saying(u"hi"_s, model));
        EXPECT_EQ(onV1.status, 404);
        EXPECT_EQ(onV1.body(), expected);
    }
}

TEST(SimulatedDeployments, V1NeedsAModelThePathFamilyIgnoresIt) {
    Resource resource;
    const SimulatedAnswer missing = resource.post(v1ChatPath, saying(u"hi"_s));
    EXPECT_EQ(missing.status, 400);
    EXPECT_EQ(error(missing)[u"param"], u"model"_s);
    EXPECT_EQ(error(missing)[u"code"], u"missing_required_parameter"_s);
    const SimulatedAnswer number = resource.post(v1ChatPath, saying(u"hi"_s, R"({"model":4})"));
    EXPECT_EQ(error(number)[u"message"],
              u"Invalid type for 'model': expected a string, but got an integer instead."_s);
    for (const char *model : {R"({"model":"none"})", R"({"model":""})", R"({"model":null})", "{}"})
        EXPECT_EQ(resource.post(chatPath, saying(u"hi"_s, model)).status, 200) << model;
}

struct OperationCase {
    const char *target;
    const char *text;
};

class SimulatedOperations : public ::testing::TestWithParam<OperationCase> {};

TEST_P(SimulatedOperations, OfTheWrongKindAreRefused) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(GetParam().target, saying(u"hi"_s, R"({"model":"turbo"})"));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(error(answer)[u"code"], u"OperationNotSupported"_s);
    EXPECT_EQ(error(answer)[u"message"].toString(),
              QString(QLatin1StringView(GetParam().text)) +
                  u" Please choose different model and try again. You can learn more about which "
                  "models can be used with each operation here: "
                  "https://go.microsoft.com/fwlink/?linkid=2197993."_s);
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedOperations,
    ::testing::Values(
        OperationCase{"/openai/deployments/embed/chat/completions?api-version=2024-10-21",
                      "The chatCompletion operation does not work with the specified model, "
                      "text-embedding-3-small."},
        OperationCase{"/openai/deployments/codex/chat/completions?api-version=2024-10-21",
                      "The chatCompletion operation does not work with the specified model, "
                      "gpt-5-codex."},
        OperationCase{"/openai/v1/responses",
                      "The responses operation does not work with the specified model, "
                      "gpt-35-turbo."},
        OperationCase{"/openai/deployments/chat/embeddings?api-version=2024-10-21",
                      "The embeddings operation does not work with the specified model, "
                      "gpt-4.1-mini."}));

TEST(SimulatedBodies, ThatAreNoJsonObjectAreRefused) {
    for (const char *target : {chatPath, v1ChatPath}) {
        for (const char *body : {"", "{", "[]", "42", "{\"a\":1,}", "\xff"}) {
            Resource resource;
            const SimulatedAnswer answer = resource.ask("POST", target, body);
            EXPECT_EQ(answer.status, 400) << target << body;
            EXPECT_EQ(error(answer)[u"type"], u"invalid_request_error"_s);
            EXPECT_TRUE(error(answer)[u"message"].toString().startsWith(
                u"We could not parse the JSON body of your request."));
        }
    }
}

TEST(SimulatedHeaders, AreThoseOfTheService) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(chatPath, saying(u"hi"_s), {{"x-ms-client-request-id", "my-id"}});
    static const QRegularExpression guid(
        u"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"_s);
    for (const char *name : {"apim-request-id", "x-request-id"})
        EXPECT_TRUE(guid.match(QString::fromLatin1(header(answer, name))).hasMatch()) << name;
    EXPECT_NE(header(answer, "apim-request-id"), header(answer, "x-request-id"));
    const HeaderList expected{{"Content-Type", "application/json"},
                              {"azureml-model-session", "d20260101000000-0123456789ab"},
                              {"skip-error-remapping", "true"},
                              {"x-accel-buffering", "no"},
                              {"x-content-type-options", "nosniff"},
                              {"x-ms-client-request-id", "my-id"},
                              {"x-ms-deployment-name", "chat"},
                              {"x-ms-is-spilled-over", "false"},
                              {"x-ms-rai-invoked", "true"},
                              {"x-ms-region", "East US 2"},
                              {"x-ratelimit-abusepenalty-active", "False"},
                              {"x-ratelimit-limit-requests", "120"},
                              {"x-ratelimit-limit-tokens", "120000"},
                              {"x-ratelimit-renewalperiod-requests", "60"},
                              {"x-ratelimit-renewalperiod-tokens", "60"},
                              {"x-ratelimit-reset-requests", "500"}};
    for (const Header &each : expected)
        EXPECT_EQ(header(answer, each.name), each.value) << each.name.toByteArray().toStdString();
}

TEST(SimulatedHeaders, OfARefusalAtTheFrontHoldNoCounters) {
    Resource resource;
    const SimulatedAnswer answer = resource.ask("POST", chatPath, "{}", {});
    EXPECT_TRUE(answer.headers.contains("apim-request-id"));
    EXPECT_FALSE(answer.headers.contains("x-ratelimit-remaining-requests"));
    EXPECT_FALSE(answer.headers.contains("x-ms-client-request-id"));
}

TEST(SimulatedHeaders, CountDownByDeploymentAndRenewEachMinute) {
    Resource resource;
    const auto remaining = [&](const char *target) {
        const SimulatedAnswer answer =
            resource.post(target, saying(u"hi"_s, R"({"max_completion_tokens":100})"));
        return std::pair(header(answer, "x-ratelimit-remaining-requests").toInt(),
                         header(answer, "x-ratelimit-remaining-tokens").toInt());
    };
    const auto first = remaining(chatPath);
    EXPECT_EQ(first.first, 119);
    EXPECT_LT(first.second, 119'900);
    const auto second = remaining(chatPath);
    EXPECT_EQ(second.first, 118);
    EXPECT_EQ(120'000 - second.second, 2 * (120'000 - first.second));

    const auto other =
        remaining("/openai/deployments/five/chat/completions?api-version=2024-10-21");
    EXPECT_EQ(other.first, 119);

    resource.now += std::chrono::seconds(59);
    EXPECT_EQ(remaining(chatPath).first, 117);
    resource.now += std::chrono::seconds(1);
    EXPECT_EQ(remaining(chatPath), first);
}

TEST(SimulatedListings, NameTheDeployments) {
    Resource resource;
    const QJsonArray data =
        json(resource.ask("GET", "/openai/deployments?api-version=2023-03-15-preview", {}))[u"data"]
            .toArray();
    ASSERT_EQ(data.size(), testSettings().deployments.size());
    EXPECT_EQ(data[0][u"id"], u"chat"_s);
    EXPECT_EQ(data[0][u"model"], u"gpt-4.1-mini"_s);
    EXPECT_EQ(data[0][u"object"], u"deployment"_s);
    EXPECT_EQ(data[0][u"status"], u"succeeded"_s);
}

TEST(SimulatedListings, ModelsAreTheRegionsInTheFamilysShape) {
    Resource resource;
    const QJsonArray v1 = json(resource.ask("GET", "/openai/v1/models", {}))[u"data"].toArray();
    const QJsonArray dated =
        json(resource.ask("GET", "/openai/models?api-version=2024-10-21", {}))[u"data"].toArray();
    ASSERT_EQ(v1.size(), dated.size());
    ASSERT_GT(v1.size(), 10);
    EXPECT_EQ(v1[0][u"owned_by"], u"system"_s);
    EXPECT_TRUE(v1[0][u"capabilities"].isUndefined());
    EXPECT_EQ(dated[0][u"capabilities"][u"chat_completion"], true);
    for (const QJsonValue model : v1)
        EXPECT_NE(model[u"id"], u"chat"_s) << "a deployment is no model";
}

} // namespace
} // namespace quaygate::simulator::test
