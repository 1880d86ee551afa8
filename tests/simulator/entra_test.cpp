#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

/// The tokens of Entra ID and of managed identities, and what they open.
namespace quaygate::simulator::test {
namespace {

const auto tenant = "11111111-2222-4333-8444-555555555555";
const auto client = "66666666-7777-4888-8999-aaaaaaaaaaaa";
const auto scope = "https%3A%2F%2Fcognitiveservices.azure.com%2F.default";
const auto machinePath = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%"
                         "2F%2Fcognitiveservices.azure.com";

QByteArray form(const QByteArray &secret = "right-key", const QByteArray &id = client,
                const QByteArray &wanted = scope) {
    return "grant_type=client_credentials&client_id=" + id + "&client_secret=" + secret +
           "&scope=" + wanted;
}

class SimulatedEntra : public ::testing::Test {
protected:
    SimulatedAnswer ask(const QByteArray &body, const QByteArray &of = tenant) {
        return resource.ask("POST", '/' + of + "/oauth2/v2.0/token", body,
                            {{"Content-Type", "application/x-www-form-urlencoded"}});
    }
    SimulatedAnswer chat(const QString &token, const char *path = chatPath) {
        const QByteArray authorization = "Bearer " + token.toLatin1();
        return resource.ask("POST", path,
                            R"({"model":"chat","messages":[{"role":"user","content":"hi"}]})",
                            {{"Authorization", authorization}});
    }

    Resource resource;
};

TEST_F(SimulatedEntra, GrantsTokensThatOpenTheDataPlane) {
    const SimulatedAnswer answer = ask(form());
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    EXPECT_EQ(json(answer)[u"token_type"], u"Bearer"_s);
    EXPECT_EQ(json(answer)[u"expires_in"], 3599);
    const QString token = json(answer)[u"access_token"].toString();
    EXPECT_EQ(token.count(u'.'), 2);
    for (const char *path : {chatPath, v1ChatPath})
        EXPECT_EQ(chat(token, path).status, 200);

    resource.now += std::chrono::seconds(3598);
    EXPECT_EQ(chat(token).status, 200);
    resource.now += std::chrono::seconds(1);
    const SimulatedAnswer expired = chat(token);
    EXPECT_EQ(expired.status, 401);
    EXPECT_EQ(error(expired)[u"message"],
              u"Unauthorized. Access token is missing, invalid, audience is incorrect "
              "(https://cognitiveservices.azure.com), or have expired."_s);
}

TEST_F(SimulatedEntra, RefusesTokensThatWereChangedOrAreForAnother) {
    const QString token = json(ask(form()))[u"access_token"].toString();
    EXPECT_EQ(chat(token.chopped(1)).status, 401);
    EXPECT_EQ(chat(u'x' + token).status, 401);
    const QByteArray management =
        form("right-key", client, "https://management.azure.com/.default");
    EXPECT_EQ(chat(json(ask(management))[u"access_token"].toString()).status, 401);
}

TEST_F(SimulatedEntra, TokensEndEvenWhereNoKeyIsAskedFor) {
    SimulatorSettings settings = testSettings(QByteArray());
    settings.tokenLifetime = std::chrono::seconds(5);
    resource = Resource(settings);
    const QString token = json(ask(form("any")))[u"access_token"].toString();
    EXPECT_EQ(json(ask(form("any")))[u"expires_in"], 5);
    EXPECT_EQ(chat(token).status, 200);
    resource.now += std::chrono::seconds(5);
    EXPECT_EQ(chat(token).status, 401);
    EXPECT_EQ(chat(u"whatever"_s).status, 200);
    EXPECT_EQ(json(ask(form("wrong-secret")))[u"error_codes"][0], 7000215);
}

TEST_F(SimulatedEntra, ErrorsHaveTheServicesShape) {
    const SimulatedAnswer answer = ask(form("nope"));
    EXPECT_EQ(answer.status, 401);
    const QJsonObject body = json(answer);
    EXPECT_EQ(body.keys(),
              (QStringList{u"correlation_id"_s, u"error"_s, u"error_codes"_s,
                           u"error_description"_s, u"error_uri"_s, u"timestamp"_s, u"trace_id"_s}));
    EXPECT_EQ(body[u"error"], u"invalid_client"_s);
    EXPECT_TRUE(body[u"error_description"].toString().startsWith(
        u"AADSTS7000215: Invalid client secret provided."));
    EXPECT_TRUE(body[u"error_description"].toString().contains(QLatin1StringView(client)));
    EXPECT_FALSE(answer.body().contains("nope"));
    EXPECT_EQ(body[u"timestamp"], u"2026-03-31 00:00:00Z"_s);
}

struct WrongWish {
    const char *tenant;
    QByteArray form;
    int number;
    const char *error;
};

class SimulatedEntraErrors : public ::testing::TestWithParam<WrongWish> {};

TEST_P(SimulatedEntraErrors, AreNumbered) {
    Resource resource;
    const SimulatedAnswer answer = resource.ask(
        "POST", QByteArray("/") + GetParam().tenant + "/oauth2/v2.0/token", GetParam().form, {});
    EXPECT_GE(answer.status, 400);
    EXPECT_EQ(json(answer)[u"error_codes"][0].toInt(), GetParam().number);
    EXPECT_EQ(json(answer)[u"error"].toString(), QLatin1StringView(GetParam().error));
}

const auto zero = "00000000-0000-0000-0000-000000000000";

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedEntraErrors,
    ::testing::Values(WrongWish{zero, form(), 90002, "invalid_request"},
                      WrongWish{"contoso", form(), 90002, "invalid_request"},
                      WrongWish{"unknown.example.com", form(), 90002, "invalid_request"},
                      WrongWish{"contoso.onmicrosoft.com", form("right-key", zero), 700016,
                                "unauthorized_client"},
                      WrongWish{tenant, form("expired-secret"), 7000222, "invalid_client"},
                      WrongWish{tenant, form("wrong-secret"), 7000215, "invalid_client"},
                      WrongWish{tenant, form(""), 7000216, "invalid_client"},
                      WrongWish{tenant,
                                form("right-key", client, "https://cognitiveservices.azure.com"),
                                70011, "invalid_scope"},
                      WrongWish{tenant, form("right-key", client, "https://example.com/.default"),
                                500011, "invalid_resource"},
                      WrongWish{tenant, form("right-key", ""), 900144, "invalid_request"},
                      WrongWish{tenant, form("right-key", client, ""), 900144, "invalid_request"},
                      WrongWish{tenant, "", 900144, "invalid_request"},
                      WrongWish{tenant, "grant_type=password", 70003, "unsupported_grant_type"}));

TEST_F(SimulatedEntra, BusyIsAFaultLikeAnyOther) {
    const SimulatedAnswer answer =
        resource.ask("POST", '/' + QByteArray(tenant) + "/oauth2/v2.0/token", form(),
                     {{"x-simulator-fault", "429-seconds;retry=3"}});
    EXPECT_EQ(answer.status, 429);
    EXPECT_EQ(header(answer, "retry-after"), "3");
}

class SimulatedIdentity : public SimulatedEntra {
protected:
    SimulatedAnswer get(const QByteArray &target, const HeaderList &headers) {
        return resource.ask("GET", target, {}, headers);
    }
};

TEST_F(SimulatedIdentity, OfAMachineGrantsTokensInTexts) {
    const QJsonObject answer = json(get(machinePath, {{"Metadata", "true"}}));
    EXPECT_EQ(answer[u"expires_in"], u"86399"_s);
    EXPECT_EQ(answer[u"expires_on"].toString().toLongLong() -
                  answer[u"not_before"].toString().toLongLong(),
              86'399);
    EXPECT_EQ(answer[u"resource"], u"https://cognitiveservices.azure.com"_s);
    EXPECT_EQ(chat(answer[u"access_token"].toString()).status, 200);
    resource.now += std::chrono::hours(24);
    EXPECT_EQ(chat(answer[u"access_token"].toString()).status, 401);
}

TEST_F(SimulatedIdentity, OfAppServiceGrantsThemToo) {
    const QByteArray path = "/msi/token?api-version=2019-08-01&resource=https://ai.azure.com/"
                            "&client_id=" +
                            QByteArray(client);
    const QJsonObject answer = json(get(path, {{"X-IDENTITY-HEADER", "secret"}}));
    EXPECT_EQ(answer[u"client_id"].toString(), QLatin1StringView(client));
    EXPECT_FALSE(answer.contains(u"expires_in"));
    EXPECT_EQ(chat(answer[u"access_token"].toString()).status, 200);
    EXPECT_EQ(get(path, {}).status, 400);
}

TEST_F(SimulatedIdentity, RefusesWhatItMust) {
    struct Case {
        QByteArray target;
        HeaderList headers;
        const char *error;
        const char *description;
    };
    const HeaderList metadata{{"Metadata", "true"}};
    const QByteArray path = "/metadata/identity/oauth2/token";
    const QList<Case> cases{
        {machinePath, {}, "bad_request_102", "Required metadata header not specified"},
        {path + "?api-version=2018-02-01", metadata, "invalid_request", "Required audience"},
        {path + "?resource=https://ai.azure.com", metadata, "bad_request_100", "The api-version"},
        {machinePath + QByteArray("&client_id=nobody"), metadata, "invalid_request",
         "Identity not found"},
        {path + "?api-version=2018-02-01&resource=https://example.com", metadata,
         "invalid_resource", "AADSTS500011"}};
    for (const Case &each : cases) {
        const SimulatedAnswer answer = get(each.target, each.headers);
        EXPECT_EQ(answer.status, 400) << each.description;
        EXPECT_EQ(json(answer)[u"error"].toString(), QLatin1StringView(each.error));
        EXPECT_TRUE(json(answer)[u"error_description"].toString().startsWith(
            QLatin1StringView(each.description)));
    }
}

} // namespace
} // namespace quaygate::simulator::test
