#include "gateway/azure/entra_errors.h"
#include "gateway/azure/explain_sign_in.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TokenIdentity identity(Auth::Kind kind) {
    TokenIdentity identity;
    identity.kind = kind;
    identity.tenant = u"contoso.com"_s;
    identity.clientId = u"1111-app"_s;
    identity.secret.name = u"my secret"_s;
    identity.scope = u"https://cognitiveservices.azure.com/.default"_s;
    return identity;
}

QByteArray entraBody(int number, const QByteArray &text) {
    return R"({"error":"invalid_client","error_description":"AADSTS)" + QByteArray::number(number) +
           ": " + text +
           R"(\r\nTrace ID: 0b1c\r\nCorrelation ID: 9d2e\r\nTimestamp: 2026-11-22 14:00:00Z",)"
           R"("error_codes":[)" +
           QByteArray::number(number) + R"(],"correlation_id":"9d2e"})";
}

struct Row {
    int number;
    const char *mentions;
    const char *also;
};

TEST(ExplainEntra, EveryKnownNumberSaysWhatToDo) {
    const QList<Row> table{
        {7000215, "“my secret”", "value"},
        {7000222, "expired", "Certificates & secrets"},
        {700016, "no application 1111-app", "“contoso.com”"},
        {90002, "no tenant “contoso.com”", "authority"},
        {900023, "no tenant", "tenant ID"},
        {70011, "https://cognitiveservices.azure.com/.default", "leave the scope out"},
        {1002012, "scope", "leave the scope out"},
        {500011, "no service for the scope", "tenant"},
        {7000112, "disabled", "Enterprise applications"},
        {53003, "Conditional Access", "administrator"},
        {7000218, "no client secret", "my secret"},
        {50076, "second factor", "az login --tenant contoso.com"},
        {700082, "login", "az login"},
        {50034, "not in the tenant", "az login --tenant"},
        {90033, "busy", "try again"},
    };
    for (const Row &row : table) {
        const Error error = explainEntraError(identity(Auth::Kind::EntraClientSecret), 401,
                                              entraBody(row.number, "Some text."));
        EXPECT_EQ(error.code, ErrorCode::SignInFailed);
        for (const char *part : {row.mentions, row.also})
            EXPECT_TRUE(error.message.contains(QString::fromUtf8(part)))
                << row.number << ": " << error.message.toStdString();
        EXPECT_TRUE(error.detail.endsWith(u"Some text."_s)) << error.detail.toStdString();
        EXPECT_FALSE(error.message.contains(u'{'));
    }
}

TEST(ExplainEntra, AnUnknownNumberIsNamed) {
    const Error error =
        explainEntraError(identity(Auth::Kind::EntraClientSecret), 400, entraBody(1234567, "New."));
    EXPECT_TRUE(error.message.contains(u"AADSTS1234567"_s)) << error.message.toStdString();
    EXPECT_TRUE(error.message.contains(u"code=1234567"_s));
}

TEST(ExplainEntra, WithoutANumberTheStatusCounts) {
    const auto text = [](int status, const QByteArray &body) {
        return explainEntraError(identity(Auth::Kind::EntraClientSecret), status, body)
            .message.toStdString();
    };
    EXPECT_THAT(text(429, "{}"), testing::HasSubstr("too many requests"));
    EXPECT_THAT(text(503, ""), testing::HasSubstr("passes by itself"));
    EXPECT_THAT(text(404, "{}"), testing::HasSubstr("404"));
    EXPECT_THAT(text(200, "<html><title>Sign in</title></html>"), testing::HasSubstr("web page"));
}

TEST(ExplainManagedIdentity, KnowsWhatIsMissing) {
    const auto text = [](int status, const QByteArray &body) {
        return explainManagedIdentityError(identity(Auth::Kind::EntraManagedIdentity), status, body)
            .message.toStdString();
    };
    EXPECT_THAT(
        text(400, R"({"error":"invalid_request","error_description":"Identity not found"})"),
        testing::HasSubstr("no such managed identity"));
    EXPECT_THAT(text(400, R"({"error":"invalid_request","error_description":
        "Multiple user assigned identities exist, please specify the clientId / resourceId"})"),
                testing::HasSubstr("client ID of the one to use"));
    EXPECT_THAT(text(400, R"({"statusCode":400,"message":"No User Assigned or Delegated Managed
        Identity found for specified ClientId/ResourceId/PrincipalId."})"),
                testing::HasSubstr("with that client ID"));
    EXPECT_THAT(text(404, "not found"), testing::HasSubstr("is none (404)"));
    EXPECT_THAT(text(410, "{}"), testing::HasSubstr("(410)"));
    EXPECT_THAT(text(500, "{}"), testing::HasSubstr("passes by itself"));
    EXPECT_THAT(text(400, entraBody(500011, "x").toStdString().c_str()),
                testing::HasSubstr("no service for the scope"));
}

TEST(ExplainManagedIdentity, SaysThatOnlyAzureHasIt) {
    const Error failure{ErrorCode::TimedOut, u"No connection."_s, u"d"_s};
    TokenIdentity own = identity(Auth::Kind::EntraManagedIdentity);
    EXPECT_TRUE(explainNoMetadataService(own, failure).message.contains(u"in Azure"_s));
    own.endpoint = u"http://localhost:1"_s;
    EXPECT_TRUE(explainNoMetadataService(own, failure).message.contains(u"No connection."_s));
}

TEST(ExplainAzureCli, KnowsItsMessages) {
    const auto text = [](const QByteArray &errors, const QString &tenant = u"contoso.com"_s) {
        TokenIdentity who = identity(Auth::Kind::AzureCli);
        who.tenant = tenant;
        return explainAzureCliError(who, 1, errors).message.toStdString();
    };
    EXPECT_THAT(text("ERROR: Please run 'az login' to setup account."),
                testing::HasSubstr("not logged in; run `az login`"));
    EXPECT_THAT(text("ERROR: AADSTS700082: The refresh token has expired due to inactivity."),
                testing::HasSubstr("has ended; run `az login`"));
    EXPECT_THAT(text("ERROR: AADSTS50076: multi-factor."),
                testing::HasSubstr("az login --tenant contoso.com`"));
    EXPECT_THAT(text("ERROR: AADSTS50076: multi-factor.", {}),
                testing::HasSubstr("run `az login`"));
    EXPECT_THAT(text("ERROR: AADSTS90002: no", {}), testing::HasSubstr("knows no tenant in"));
    EXPECT_THAT(text("HTTPSConnectionPool: Max retries exceeded with url"),
                testing::HasSubstr("network"));
    EXPECT_THAT(text("SSLError [SSL: CERTIFICATE_VERIFY_FAILED]"),
                testing::HasSubstr("REQUESTS_CA_BUNDLE"));
    EXPECT_THAT(text("Traceback (most recent call last):"), testing::HasSubstr("code 1"));
    EXPECT_TRUE(azureCliMissing().message.contains(u"PATH"_s));
    EXPECT_TRUE(azureCliHangs(30).message.contains(u"30 seconds"_s));
}

TEST(ExplainSignIn, ADetailIsOneShortLine) {
    const Error error = explainAzureCliError(identity(Auth::Kind::AzureCli), 1,
                                             "a\nb\r\n" + QByteArray(100'000, 'x'));
    EXPECT_TRUE(error.detail.startsWith(u"a b xxx"_s));
    EXPECT_LT(error.detail.size(), 500);
}

TEST(EntraErrors, TheNumberIsFoundWhereverItStands) {
    EXPECT_EQ(entraErrorNumber("ERROR: AADSTS50076: x"), 50076);
    EXPECT_EQ(entraErrorNumber("AADSTS12"), std::nullopt);
    EXPECT_EQ(entraErrorNumber(""), std::nullopt);
    EXPECT_TRUE(entraErrorText(1).isEmpty());
}

} // namespace
} // namespace quaygate
