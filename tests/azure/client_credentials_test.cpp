#include "gateway/azure/client_credentials.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using Pairs = QList<std::pair<QByteArray, QByteArray>>;

Pairs passed(const QString &endpoint, const QString &version, const Pairs &from) {
    Backend backend;
    backend.endpoint = endpoint;
    backend.apiVersion = version;
    QList<CredentialHeader> headers;
    for (const auto &[name, value] : from)
        headers.append({name, Secret(QByteArray(value))});
    Pairs result;
    for (const CredentialHeader &header : passedOn(backend, headers))
        result.append({header.name, header.value.reveal().toByteArray()});
    return result;
}

const QString azure = u"r.openai.azure.com"_s;
const QString front = u"https://corp.azure-api.net/team"_s;
const QByteArray token = "Bearer eyJhbGciOi.eyJhdWQi.c2lnbg";

TEST(ClientCredentials, AreKnownByName) {
    Auth auth;
    for (const char *name :
         {"api-key", "API-KEY", "authorization", "x-api-key", "ocp-apim-subscription-key"})
        EXPECT_TRUE(isPassedOn(auth, name)) << name;
    for (const char *name : {"cookie", "proxy-authorization", "x-goog-api-key", "x-own", ""})
        EXPECT_FALSE(isPassedOn(auth, name)) << name;
    auth.header = u"X-Own"_s;
    EXPECT_TRUE(isPassedOn(auth, "x-own"));
}

TEST(ClientCredentials, GoAsTheyAre) {
    EXPECT_EQ(passed(azure, u"v1"_s, {{"Authorization", "Bearer key"}}),
              Pairs({{"Authorization", "Bearer key"}}));
    EXPECT_EQ(passed(azure, u"2024-10-21"_s, {{"Authorization", token}}),
              Pairs({{"Authorization", token}}));
    EXPECT_EQ(passed(azure, u"2024-10-21"_s, {{"Authorization", "Basic x"}}),
              Pairs({{"Authorization", "Basic x"}}));
    EXPECT_EQ(passed(azure, u"v1"_s, {}), Pairs());
}

TEST(ClientCredentials, ABearerThatIsAKeyBecomesOneOnTheDatedFamily) {
    EXPECT_EQ(passed(azure, u"2024-10-21"_s, {{"authorization", "bearer 0123abcd"}}),
              Pairs({{"api-key", "0123abcd"}}));
}

TEST(ClientCredentials, AzureGetsOneAndAFrontGetsBoth) {
    const Pairs both{{"Authorization", token}, {"Api-Key", "k"}};
    EXPECT_EQ(passed(azure, u"v1"_s, both), Pairs({{"Api-Key", "k"}}));
    EXPECT_EQ(passed(front, u"v1"_s, both), both);
}

} // namespace
} // namespace quaygate
