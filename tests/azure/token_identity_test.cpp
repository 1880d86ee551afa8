#include "gateway/azure/cloud.h"
#include "gateway/azure/token_identity.h"

#include <gtest/gtest.h>

#include <functional>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

Backend backendAt(const QString &endpoint, Auth::Kind kind = Auth::Kind::EntraClientSecret) {
    Backend backend;
    backend.name = u"b"_s;
    backend.endpoint = endpoint;
    backend.auth.kind = kind;
    backend.auth.tenantId = u"contoso.com"_s;
    backend.auth.clientId = u"11111111-2222-3333-4444-555555555555"_s;
    backend.auth.secret.name = u"app"_s;
    return backend;
}

struct Row {
    const char *endpoint;
    const char *authority;
    const char *scope;
};

void PrintTo(const Row &row, std::ostream *out) {
    *out << row.endpoint;
}

class Clouds : public testing::TestWithParam<Row> {};

TEST_P(Clouds, FollowFromTheEndpoint) {
    const auto identity = tokenIdentity(backendAt(QString::fromUtf8(GetParam().endpoint)));
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->authority.toStdString(), GetParam().authority);
    EXPECT_EQ(identity->scope.toStdString(), GetParam().scope);
}

constexpr const char *publicLogin = "https://login.microsoftonline.com";
constexpr const char *publicScope = "https://cognitiveservices.azure.com/.default";
constexpr const char *usLogin = "https://login.microsoftonline.us";
constexpr const char *usScope = "https://cognitiveservices.azure.us/.default";
constexpr const char *chinaLogin = "https://login.partner.microsoftonline.cn";
constexpr const char *chinaScope = "https://cognitiveservices.azure.cn/.default";

INSTANTIATE_TEST_SUITE_P(
    Table, Clouds,
    testing::Values(Row{"r.openai.azure.com", publicLogin, publicScope},
                    Row{"R.Cognitiveservices.Azure.com", publicLogin, publicScope},
                    Row{"r.services.ai.azure.com", publicLogin, publicScope},
                    Row{"https://r.services.ai.azure.com/api/projects/p", publicLogin,
                        "https://ai.azure.com/.default"},
                    Row{"https://r.services.ai.azure.com/api/projects/p/openai/v1", publicLogin,
                        "https://ai.azure.com/.default"},
                    Row{"https://corp.azure-api.net/team/openai", publicLogin, publicScope},
                    Row{"gateway.example", publicLogin, publicScope},
                    Row{"http://127.0.0.1:9", publicLogin, publicScope},
                    Row{"simulator:", publicLogin, publicScope},
                    Row{"r.openai.azure.us", usLogin, usScope},
                    Row{"usgovvirginia.api.cognitive.microsoft.us", usLogin, usScope},
                    Row{"https://r.services.ai.azure.us/api/projects/p", usLogin,
                        "https://ai.azure.us/.default"},
                    Row{"r.openai.azure.cn", chinaLogin, chinaScope},
                    Row{"chinaeast2.api.cognitive.azure.cn", chinaLogin, chinaScope},
                    Row{"https://x.azure-api.cn/openai", chinaLogin, chinaScope}));

TEST(TokenIdentity, TakesWhatTheConfigurationSays) {
    Backend backend = backendAt(u"r.openai.azure.com"_s);
    backend.auth.authority = u"https://login.example/entra"_s;
    backend.auth.scope = u"api://x/.default"_s;
    backend.proxy = u"http://proxy:1"_s;
    backend.tls.caFile = u"/ca.pem"_s;
    const auto identity = tokenIdentity(backend);
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->authority, u"https://login.example/entra"_s);
    EXPECT_EQ(identity->scope, u"api://x/.default"_s);
    EXPECT_EQ(identity->proxy, backend.proxy);
    EXPECT_EQ(identity->caFile, backend.tls.caFile);
    EXPECT_EQ(resourceOf(identity->scope), u"api://x"_s);
}

TEST(TokenIdentity, IsSharedByBackendsThatDifferInNothingOfIt) {
    Backend one = backendAt(u"one.openai.azure.com"_s);
    Backend two = backendAt(u"two.cognitiveservices.azure.com"_s);
    two.name = u"other"_s;
    two.deploymentName = u"other"_s;
    two.auth.endpoint = u"http://localhost"_s; // of no use for this kind
    EXPECT_EQ(tokenIdentity(one)->key(), tokenIdentity(two)->key());
}

TEST(TokenIdentity, DiffersWithEachPartOfIt) {
    const Backend same = backendAt(u"r.openai.azure.com"_s);
    const QList<std::function<void(Backend &)>> changes{
        [](Backend &b) { b.auth.tenantId = u"x.com"_s; },
        [](Backend &b) { b.auth.clientId = u"x"_s; },
        [](Backend &b) { b.auth.secret.name = u"x"_s; },
        [](Backend &b) { b.auth.secret.kind = SecretReference::Kind::Environment; },
        [](Backend &b) { b.auth.authority = u"https://x"_s; },
        [](Backend &b) { b.auth.scope = u"x/.default"_s; },
        [](Backend &b) { b.auth.kind = Auth::Kind::AzureCli; },
        [](Backend &b) { b.endpoint = u"r.openai.azure.us"_s; },
        [](Backend &b) { b.proxy = u"http://x:1"_s; },
        [](Backend &b) { b.tls.caFile = u"x"_s; },
    };
    for (qsizetype i = 0; i < changes.size(); ++i) {
        Backend other = same;
        changes[i](other);
        EXPECT_NE(tokenIdentity(same)->key(), tokenIdentity(other)->key()) << i;
    }
}

TEST(TokenIdentity, FailsWhereTheEndpointOrAuthorityIsNone) {
    Backend backend = backendAt(u"http://example.com"_s);
    EXPECT_FALSE(tokenIdentity(backend));
    backend = backendAt(u"r.openai.azure.com"_s);
    backend.auth.authority = u"ftp://x"_s;
    EXPECT_FALSE(tokenIdentity(backend));
}

TEST(TokenIdentity, IsNeededByThreeKinds) {
    Auth auth;
    int needed = 0;
    for (const auto kind : {Auth::Kind::Keychain, Auth::Kind::Environment, Auth::Kind::None,
                            Auth::Kind::EntraClientSecret, Auth::Kind::EntraManagedIdentity,
                            Auth::Kind::AzureCli, Auth::Kind::Passthrough}) {
        auth.kind = kind;
        needed += needsToken(auth) ? 1 : 0;
    }
    EXPECT_EQ(needed, 3);
}

} // namespace
} // namespace quaygate
