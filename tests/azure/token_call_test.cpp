#include "gateway/azure/token_answer.h"
#include "gateway/azure/token_call.h"

#include <QDateTime>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

TokenIdentity app() {
    TokenIdentity identity;
    identity.kind = Auth::Kind::EntraClientSecret;
    identity.authority = u"https://login.microsoftonline.com"_s;
    identity.tenant = u"contoso.com"_s;
    identity.clientId = u"11111111-2222-3333-4444-555555555555"_s;
    identity.scope = u"https://cognitiveservices.azure.com/.default"_s;
    return identity;
}

TEST(ClientSecretCall, IsTheFormThatEntraWants) {
    const TokenCall call = clientSecretCall(app(), Secret("a~b c&d=é+%"_ba));
    EXPECT_EQ(call.method, "POST");
    EXPECT_EQ(call.url, "https://login.microsoftonline.com/contoso.com/oauth2/v2.0/token");
    EXPECT_EQ(call.headers[0].second, "application/x-www-form-urlencoded");
    EXPECT_EQ(call.body.reveal(),
              "grant_type=client_credentials&client_id=11111111-2222-3333-4444-555555555555"
              "&scope=https%3A%2F%2Fcognitiveservices.azure.com%2F.default"
              "&client_secret=a~b%20c%26d%3D%C3%A9%2B%25");
    EXPECT_TRUE(call.secretHeader.isEmpty());
}

TEST(ImdsCall, AsksForTheResourceAndNotTheScope) {
    TokenIdentity identity = app();
    identity.clientId.clear();
    TokenCall call = imdsCall(identity);
    EXPECT_EQ(call.method, "GET");
    EXPECT_EQ(call.url, "http://169.254.169.254/metadata/identity/oauth2/token"
                        "?api-version=2018-02-01"
                        "&resource=https%3A%2F%2Fcognitiveservices.azure.com");
    ASSERT_EQ(call.headers.size(), 1);
    EXPECT_EQ(call.headers[0].first + call.headers[0].second, "Metadatatrue");
    call = imdsCall(app());
    EXPECT_TRUE(call.url.endsWith("&client_id=11111111-2222-3333-4444-555555555555"));
}

TEST(ImdsCall, KnowsWhatAnEndpointWithoutPathMeans) {
    const QList<std::pair<QString, QByteArray>> table{
        {u"http://localhost:9"_s, "http://localhost:9/metadata/identity/oauth2/token?"},
        {u"http://localhost:9/"_s, "http://localhost:9/metadata/identity/oauth2/token?"},
        {u"http://localhost:9/msi/token"_s, "http://localhost:9/msi/token?"},
    };
    for (const auto &[endpoint, start] : table) {
        TokenIdentity identity = app();
        identity.endpoint = endpoint;
        EXPECT_TRUE(imdsCall(identity).url.startsWith(start))
            << imdsCall(identity).url.toStdString();
    }
}

TEST(AppServiceCall, ShowsTheHeaderThatTheAppWasGiven) {
    const TokenCall call =
        appServiceCall(app(), {"http://127.0.0.1:41/msi/token"_ba, Secret("h"_ba)});
    EXPECT_EQ(call.url, "http://127.0.0.1:41/msi/token?api-version=2019-08-01"
                        "&resource=https%3A%2F%2Fcognitiveservices.azure.com"
                        "&client_id=11111111-2222-3333-4444-555555555555");
    EXPECT_EQ(call.secretHeader, "X-IDENTITY-HEADER");
    EXPECT_EQ(call.secret.reveal(), "h");
}

TEST(AzureCliArguments, NameTheTenantIfThereIsOne) {
    TokenIdentity identity = app();
    EXPECT_EQ(azureCliArguments(identity).join(u' '),
              u"account get-access-token --output json --resource "
              "https://cognitiveservices.azure.com --tenant contoso.com"_s);
    identity.tenant.clear();
    EXPECT_FALSE(azureCliArguments(identity).contains(u"--tenant"_s));
}

// 2026-11-22 14:00:00 UTC
const WallTime now{1795356000s};

struct Good {
    const char *body;
    std::chrono::seconds lasts;
    std::optional<std::chrono::seconds> refresh = {};
};

TEST(TokenAnswer, IsReadInEverySpelling) {
    const QList<Good> table{
        {R"({"token_type":"Bearer","expires_in":3599,"ext_expires_in":3599,"access_token":"eyJ.a-_~"})",
         3599s},
        {R"({"access_token":"eyJ.a-_~","expires_in":"86399","expires_on":"1","refresh_in":"43199"})",
         86399s, 43199s},
        {R"({"access_token":"eyJ.a-_~","expires_on":"1795359600"})", 3600s},
        {R"({"access_token":"eyJ.a-_~","expires_on":1795359600})", 3600s},
        {R"({"access_token":"eyJ.a-_~","expires_in":1e10,"refresh_in":0})", 7 * 86400s},
    };
    for (const Good &row : table) {
        const auto answer = readTokenAnswer(row.body, now);
        ASSERT_TRUE(answer) << row.body;
        EXPECT_EQ(answer->token.reveal(), "eyJ.a-_~");
        EXPECT_EQ(answer->expires, now + row.lasts) << row.body;
        EXPECT_EQ(answer->refresh.has_value(), row.refresh.has_value()) << row.body;
        if (row.refresh) {
            EXPECT_EQ(answer->refresh, now + *row.refresh);
        }
    }
}

TEST(TokenAnswer, WithoutATokenIsAnErrorThatHoldsNothingOfIt) {
    for (const QByteArray body :
         {"", "canary", "<html>canary</html>", "[\"canary\"]", R"({"expires_in":1})",
          R"({"access_token":"canary"})", R"({"access_token":"","expires_in":1})",
          R"({"access_token":7,"expires_in":1})", R"({"access_token":"canary","expires_in":0})",
          R"({"access_token":"canary","expires_in":"soon"})",
          R"({"access_token":"canary\r\nx: y","expires_in":1})",
          R"({"access_token":"cana ry","expires_in":1})",
          R"({"access_token":"canary","expires_in":1)"}) {
        const auto answer = readTokenAnswer(body, now);
        ASSERT_FALSE(answer) << body.toStdString();
        EXPECT_EQ(answer.error().code, ErrorCode::SignInFailed);
        EXPECT_FALSE((answer.error().message + answer.error().detail).contains(u"cana"_s));
        EXPECT_FALSE(readAzureCliAnswer(body));
    }
}

TEST(AzureCliAnswer, PrefersTheTimeThatHasAZone) {
    const auto answer = readAzureCliAnswer(
        R"({"accessToken":"eyJ0","expiresOn":"2001-01-01 16:44:42.000000","expires_on":1795362282,
            "subscription":"s","tenant":"t","tokenType":"Bearer"})");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->token.reveal(), "eyJ0");
    EXPECT_EQ(answer->expires, WallTime(1795362282s));
}

TEST(AzureCliAnswer, TakesTheLocalTimeOfOlderVersions) {
    const QDateTime local(QDate(2026, 11, 22), QTime(16, 44, 42));
    const auto answer = readAzureCliAnswer(
        R"({"accessToken":"eyJ0","expiresOn":"2026-11-22 16:44:42.000000","tokenType":"Bearer"})");
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->expires, WallTime(std::chrono::seconds(local.toSecsSinceEpoch())));
}

} // namespace
} // namespace quaygate
