#include "gateway/rules/cors.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

const QByteArray app = "https://app.example"_ba;

CorsRules rulesFor(const QStringList &origins) {
    Cors cors;
    cors.allowedOrigins = origins;
    return CorsRules(cors);
}

std::string value(const HeaderList &headers, QByteArrayView name) {
    return headers.value(name).value_or("none").toStdString();
}

HeaderList asking(QByteArrayView origin) {
    return {{"Host", "127.0.0.1:8080"},
            {"Origin", origin},
            {"Access-Control-Request-Method", "POST"},
            {"Access-Control-Request-Headers", "authorization,content-type"}};
}

TEST(Cors, AllowsTheOriginsListedAndNoOther) {
    const CorsRules rules = rulesFor({u"https://app.example"_s, u"http://Localhost:3000/"_s});
    for (const char *origin : {"https://app.example", "http://localhost:3000"})
        EXPECT_TRUE(rules.allows(origin)) << origin;
    for (const char *origin :
         {"", "null", "http://app.example", "https://app.example:8443", "https://app.example.evil",
          "https://evil.example", "https://sub.app.example", "http://localhost", "*"})
        EXPECT_FALSE(rules.allows(origin)) << origin;
}

TEST(Cors, IsOffByDefault) {
    const CorsRules off = rulesFor({});
    for (const char *origin : {"", "null", "*", "https://app.example"}) {
        EXPECT_FALSE(off.allows(origin));
        EXPECT_FALSE(off.preflight("OPTIONS", asking(origin)));
    }
}

TEST(Cors, AStarAllowsEveryOrigin) {
    const CorsRules all = rulesFor({u"*"_s});
    EXPECT_TRUE(all.allows("https://anything.example"));
    EXPECT_TRUE(all.allows("null"));
    HeaderList answer;
    all.setHeaders(answer, app);
    EXPECT_EQ(value(answer, "Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(value(answer, "Vary"), "none") << "the answer is the same for all";
}

TEST(Cors, AnswersABrowserThatAsksFirst) {
    const CorsRules rules = rulesFor({u"https://app.example"_s});
    const auto answer = rules.preflight("OPTIONS", asking(app));
    ASSERT_TRUE(answer);
    EXPECT_EQ(value(*answer, "Access-Control-Allow-Origin"), app.toStdString());
    EXPECT_EQ(value(*answer, "Access-Control-Allow-Methods"), "GET, POST, PUT, PATCH, DELETE");
    EXPECT_EQ(value(*answer, "Access-Control-Allow-Headers"), "authorization, content-type");
    EXPECT_EQ(value(*answer, "Vary"), "Origin");
    EXPECT_EQ(value(*answer, "Access-Control-Max-Age"), "600");
    EXPECT_EQ(value(*answer, "Access-Control-Allow-Private-Network"), "none");
    EXPECT_EQ(value(*answer, "Access-Control-Allow-Credentials"), "none");
}

TEST(Cors, LetsAPublicPageReachThisMachineIfItAsks) {
    HeaderList request = asking(app);
    request.append("Access-Control-Request-Private-Network", "true");
    const auto answer = rulesFor({u"https://app.example"_s}).preflight("OPTIONS", request);
    ASSERT_TRUE(answer);
    EXPECT_EQ(value(*answer, "Access-Control-Allow-Private-Network"), "true");
}

TEST(Cors, RepeatsOnlyNamesOfHeaders) {
    HeaderList request = asking(app);
    request.set("Access-Control-Request-Headers", "x-a, bad name,, x-b:1 ,x-c");
    const auto answer = rulesFor({u"https://app.example"_s}).preflight("OPTIONS", request);
    ASSERT_TRUE(answer);
    EXPECT_EQ(value(*answer, "Access-Control-Allow-Headers"), "x-a, x-c");
    request.remove("Access-Control-Request-Headers");
    const auto without = rulesFor({u"https://app.example"_s}).preflight("OPTIONS", request);
    ASSERT_TRUE(without);
    EXPECT_FALSE(without->contains("Access-Control-Allow-Headers"));
}

TEST(Cors, WhatIsNoQuestionIsNotAnswered) {
    const CorsRules rules = rulesFor({u"https://app.example"_s});
    EXPECT_FALSE(rules.preflight("POST", asking(app)));
    EXPECT_FALSE(rules.preflight("OPTIONS", asking("https://evil.example")));
    for (const char *name : {"Origin", "Access-Control-Request-Method"}) {
        HeaderList request = asking(app);
        request.remove(name);
        EXPECT_FALSE(rules.preflight("OPTIONS", request)) << name;
    }
}

TEST(Cors, ReplacesWhatTheUpstreamSaidToABrowser) {
    HeaderList answer{{"access-control-allow-origin", "*"},
                      {"Access-Control-Allow-Credentials", "true"},
                      {"Vary", "Accept-Encoding"},
                      {"x-request-id", "1"}};
    rulesFor({u"https://app.example"_s}).setHeaders(answer, app);
    EXPECT_EQ(answer.count("Access-Control-Allow-Origin"), 1);
    EXPECT_EQ(value(answer, "Access-Control-Allow-Origin"), app.toStdString());
    EXPECT_FALSE(answer.contains("Access-Control-Allow-Credentials"));
    EXPECT_EQ(answer.count("Vary"), 2);
    const QByteArray exposed = answer.value("Access-Control-Expose-Headers").value_or("");
    for (const char *name :
         {"x-request-id", "apim-request-id", "retry-after", "retry-after-ms",
          "x-ratelimit-remaining-requests", "x-ratelimit-reset-tokens", "x-quaygate-attempts"})
        EXPECT_TRUE(exposed.split(',').contains(name) || exposed.contains(QByteArray(", ") + name))
            << name;
}

} // namespace
} // namespace quaygate
