#include "gateway/config/config_json.h"
#include "gateway/config/config_words.h"
#include "gateway/config/header_names.h"
#include "gateway/config/validate.h"
#include "tests/config/sample_config.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

/// The documented configuration with other members in its backend.
ParsedConfig parsedWith(const QByteArray &auth, const QByteArray &more = {}) {
    QByteArray text = test::documentedText();
    text.replace(R"("auth": {"kind": "keychain", "name": "azure-openai"})",
                 "\"auth\": " + auth + more);
    return parseConfig(text);
}

const QByteArray app = R"({"kind": "entra-client-secret", "tenantId": "contoso.com",
    "clientId": "11111111-2222-3333-4444-555555555555", "secret": {"kind": "env", "name": "S"}})";

struct Case {
    const char *auth;
    const char *pointer; ///< null: it is good
    const char *part = "";
};

void PrintTo(const Case &c, std::ostream *out) {
    *out << c.auth;
}

class AuthCase : public testing::TestWithParam<Case> {};

TEST_P(AuthCase, IsJudgedWithItsPlace) {
    const Problems problems = parsedWith(GetParam().auth).problems;
    if (GetParam().pointer == nullptr) {
        EXPECT_EQ(describe(problems), QString());
        return;
    }
    ASSERT_EQ(problems.size(), 1) << describe(problems).toStdString();
    EXPECT_EQ(problems[0].pointer, u"/backends/0/auth"_s + QLatin1StringView(GetParam().pointer));
    EXPECT_GT(problems[0].line, 3);
    EXPECT_TRUE(problems[0].message.contains(QString::fromUtf8(GetParam().part)))
        << problems[0].message.toStdString();
}

constexpr const char *noTenant =
    R"({"kind":"entra-client-secret","clientId":"11111111-2222-3333-4444-555555555555","secret":{"kind":"env","name":"S"}})";
constexpr const char *commonTenant =
    R"({"kind":"entra-client-secret","tenantId":"common","clientId":"11111111-2222-3333-4444-555555555555","secret":{"kind":"env","name":"S"}})";
constexpr const char *namedClient =
    R"({"kind":"entra-client-secret","tenantId":"a.b","clientId":"my-app","secret":{"kind":"env","name":"S"}})";
constexpr const char *noSecret =
    R"({"kind":"entra-client-secret","tenantId":"a.b","clientId":"11111111-2222-3333-4444-555555555555"})";
constexpr const char *secretKind =
    R"({"kind":"entra-client-secret","tenantId":"a.b","clientId":"11111111-2222-3333-4444-555555555555","secret":{"kind":"file","name":"S"}})";
constexpr const char *secretText =
    R"({"kind":"entra-client-secret","tenantId":"a.b","clientId":"11111111-2222-3333-4444-555555555555","secret":"hello"})";
constexpr const char *secretVariable =
    R"({"kind":"entra-client-secret","tenantId":"a.b","clientId":"11111111-2222-3333-4444-555555555555","secret":{"kind":"env","name":"a-b"}})";
constexpr const char *plainAuthority =
    R"({"kind":"entra-client-secret","tenantId":"a.b","clientId":"11111111-2222-3333-4444-555555555555","secret":{"kind":"env","name":"S"},"authority":"http://login.example"})";
constexpr const char *localAuthority =
    R"({"kind":"entra-client-secret","tenantId":"a.b","clientId":"11111111-2222-3333-4444-555555555555","secret":{"kind":"env","name":"S"},"authority":"http://127.0.0.1:9000/entra"})";

INSTANTIATE_TEST_SUITE_P(
    Table, AuthCase,
    testing::Values(
        Case{R"({"kind":"keychain","name":"k","header":"Ocp-Apim-Subscription-Key"})", nullptr},
        Case{R"({"kind":"env","name":"K","header":"Authorization"})", nullptr},
        Case{R"({"kind":"keychain","name":"k","header":"my key"})", "/header",
             "name of the header"},
        Case{R"({"kind":"keychain","name":"k","header":"Host"})", "/header", "cannot go in"},
        Case{R"({"kind":"keychain","name":"k","header":"cookie"})", "/header", "cannot go in"},
        Case{R"({"kind":"keychain","name":"k","header":7})", "/header", "text"},
        Case{R"({"kind":"passthrough"})", nullptr},
        Case{R"({"kind":"passthrough","header":"a b"})", "/header", "name of the header"},
        Case{R"({"kind":"azure-cli"})", nullptr},
        Case{R"({"kind":"azure-cli","tenant":"contoso.onmicrosoft.com"})", nullptr},
        Case{R"({"kind":"azure-cli","tenant":"--resource"})", "/tenant", "directory's ID"},
        Case{R"({"kind":"azure-cli","scope":"api://app/.default"})", nullptr},
        Case{R"({"kind":"azure-cli","scope":"https://cognitiveservices.azure.com"})", "/scope",
             "/.default"},
        Case{R"({"kind":"azure-cli","scope":"a b/.default"})", "/scope", "/.default"},
        Case{R"({"kind":"entra-managed-identity"})", nullptr},
        Case{R"({"kind":"entra-managed-identity","clientId":"11111111-2222-3333-4444-555555555555",
                 "endpoint":"http://169.254.169.254/metadata/identity/oauth2/token"})",
             nullptr},
        Case{R"({"kind":"entra-managed-identity","endpoint":"http://localhost:9"})", nullptr},
        Case{R"({"kind":"entra-managed-identity","endpoint":"https://tokens.example/x"})", nullptr},
        Case{R"({"kind":"entra-managed-identity","endpoint":"http://tokens.example/x"})",
             "/endpoint", "token service"},
        Case{R"({"kind":"entra-managed-identity","endpoint":"169.254.169.254"})", "/endpoint",
             "token service"},
        Case{R"({"kind":"entra-managed-identity","endpoint":"http://localhost:9?a=b"})",
             "/endpoint", "token service"},
        Case{R"({"kind":"entra-managed-identity","clientId":"me"})", "/clientId",
             "managed identity"},
        Case{noTenant, "/tenantId", "directory's ID"},
        Case{commonTenant, "/tenantId", "directory's ID"},
        Case{namedClient, "/clientId", "app registration"},
        Case{noSecret, "/secret/name", "needs a name"}, Case{secretKind, "/secret/kind", "\"env\""},
        Case{secretText, "/secret", "object"}, Case{secretVariable, "/secret/name", "letters"},
        Case{plainAuthority, "/authority", "sign-in service"}, Case{localAuthority, nullptr},
        Case{R"({"kind":"entra","name":"k"})", "/kind",
             R"("keychain", "env", "none", "entra-client-secret")"},
        Case{R"({"kind":"Azure-CLI","name":"k"})", "/kind", R"(or "passthrough")"}));

TEST(AuthConfig, IsReadMemberByMember) {
    const ParsedConfig parsed = parsedWith(app);
    ASSERT_EQ(describe(parsed.problems), QString());
    const Auth &auth = parsed.config.backends[0].auth;
    EXPECT_EQ(auth.kind, Auth::Kind::EntraClientSecret);
    EXPECT_EQ(auth.tenantId, u"contoso.com"_s);
    EXPECT_EQ(auth.clientId, u"11111111-2222-3333-4444-555555555555"_s);
    EXPECT_EQ(auth.secret, (SecretReference{SecretReference::Kind::Environment, u"S"_s, {}}));
    EXPECT_EQ(parseConfig(writeConfig(parsed.config)).config, parsed.config);
}

TEST(AuthConfig, EveryKindHasItsWord) {
    for (const auto kind : {Auth::Kind::Keychain, Auth::Kind::Environment, Auth::Kind::None,
                            Auth::Kind::EntraClientSecret, Auth::Kind::EntraManagedIdentity,
                            Auth::Kind::AzureCli, Auth::Kind::Passthrough}) {
        EXPECT_FALSE(authKindName(kind).isEmpty());
        EXPECT_EQ(authKindNamed(authKindName(kind)), kind);
    }
}

TEST(AuthConfig, NoMessageRepeatsWhatMightBeASecret) {
    const QString key = u"canary-4be1 secret~key"_s;
    Backend backend = test::documentedConfig().backends[0];
    backend.headers = {{u"X-A"_s, key + u'\n'}, {u"api-key"_s, key}};
    Problems problems = validate(backend);
    for (const auto kind : {Auth::Kind::Keychain, Auth::Kind::EntraClientSecret,
                            Auth::Kind::EntraManagedIdentity, Auth::Kind::AzureCli}) {
        Auth &auth = backend.auth;
        auth.kind = kind;
        auth.name = auth.header = auth.tenantId = auth.clientId = auth.scope = auth.endpoint = key;
        auth.tenant = auth.authority = key;
        auth.secret = {SecretReference::Kind::Environment, key, {}};
        problems += validate(backend);
    }
    EXPECT_GT(problems.size(), 12);
    EXPECT_FALSE(describe(problems).contains(u"canary"_s)) << describe(problems).toStdString();
}

struct WrongHeader {
    const char *headers;
    const char *pointer;
    const char *part;
};

class WrongHeaders : public testing::TestWithParam<WrongHeader> {};

TEST_P(WrongHeaders, AreToldWithTheirPlace) {
    const Problems problems =
        parsedWith(R"({"kind":"azure-cli"})", ", \"headers\": "_ba + GetParam().headers).problems;
    ASSERT_EQ(problems.size(), 1) << describe(problems).toStdString();
    EXPECT_EQ(problems[0].pointer,
              u"/backends/0/headers"_s + QLatin1StringView(GetParam().pointer));
    EXPECT_TRUE(problems[0].message.contains(QString::fromUtf8(GetParam().part)))
        << problems[0].message.toStdString();
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongHeaders,
    testing::Values(WrongHeader{R"([])", "", "object"}, WrongHeader{R"({"a": 1})", "/a", "text"},
                    WrongHeader{R"({"a b": "c"})", "/a b", "letters"},
                    WrongHeader{R"({"": "c"})", "/", "letters"},
                    WrongHeader{R"({"Authorization": "x"})", "/Authorization", "keychain"},
                    WrongHeader{R"({"ocp-apim-subscription-key": "x"})",
                                "/ocp-apim-subscription-key", "\"auth\""},
                    WrongHeader{R"({"Cookie": "x"})", "/Cookie", "credential"},
                    WrongHeader{R"({"Transfer-Encoding": "x"})", "/Transfer-Encoding", "gateway"},
                    WrongHeader{R"({"Host": "x"})", "/Host", "gateway"},
                    WrongHeader{R"({"a": ""})", "/a", "value"},
                    WrongHeader{R"({"a": "x\r\nb: c"})", "/a", "ASCII"},
                    WrongHeader{R"({"a": "é"})", "/a", "ASCII"},
                    WrongHeader{R"({"a": "x", "A": "y"})", "/A", "twice"},
                    WrongHeader{R"({"1":"a","2":"a","3":"a","4":"a","5":"a","6":"a","7":"a",
                                    "8":"a","9":"a","10":"a","11":"a"})",
                                "", "at most 10"}));

TEST(BackendHeaders, TogetherTheyHaveALimit) {
    Backend backend = test::documentedConfig().backends[0];
    backend.headers = {{u"a"_s, QString(8191, u'x')}};
    EXPECT_EQ(describe(validate(backend)), QString());
    backend.headers[0].value += u'x';
    EXPECT_EQ(validate(backend).size(), 1);
}

TEST(Provider, IsOneOfTwo) {
    EXPECT_EQ(parsedWith(app).config.backends[0].provider, Provider::AzureOpenAi);
    EXPECT_EQ(parsedWith(app, R"(, "provider": "anthropic")").config.backends[0].provider,
              Provider::Anthropic);
    const Problems problems = parsedWith(app, R"(, "provider": "claude")").problems;
    ASSERT_EQ(problems.size(), 1);
    EXPECT_EQ(problems[0].pointer, u"/backends/0/provider"_s);
}

} // namespace
} // namespace quaygate
