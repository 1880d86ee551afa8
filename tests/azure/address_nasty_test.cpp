#include "gateway/azure/address.h"

#include <gtest/gtest.h>

/// What people really paste: quotes, odd spelling, keys in the query, and things that are no
/// address.
namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

constexpr auto good =
    "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21";

struct Spelling {
    const char *text;
    const char *warning = ""; ///< words of a warning; empty: none
};

std::ostream &operator<<(std::ostream &out, const Spelling &spelling) {
    return out << spelling.text;
}

class SameAddress : public testing::TestWithParam<Spelling> {};

TEST_P(SameAddress, IsRead) {
    const Result<AzureAddress> address = parseAddress(QString::fromUtf8(GetParam().text));
    ASSERT_TRUE(address) << address.error().message.toStdString();
    EXPECT_EQ(address->endpoint, u"r.openai.azure.com"_s);
    EXPECT_EQ(address->deploymentName, u"d"_s);
    EXPECT_EQ(address->apiVersion, u"2024-10-21"_s);
    EXPECT_EQ(address->operation, u"chat/completions"_s);
    const std::string warnings = address->warnings.join(u'\n').toStdString();
    if (std::string(GetParam().warning).empty())
        EXPECT_EQ(warnings, "");
    else
        EXPECT_NE(warnings.find(GetParam().warning), std::string::npos) << warnings;
}

#define TAIL "/openai/deployments/d/chat/completions?api-version=2024-10-21"

const Spelling spellings[] = {
    {good},
    {"  "
     "https://r.openai.azure.com" TAIL "\r\n"},
    {"\"https://r.openai.azure.com" TAIL "\","},
    {"'https://r.openai.azure.com" TAIL "';"},
    {"`https://r.openai.azure.com" TAIL "`"},
    {"<https://r.openai.azure.com" TAIL ">"},
    {"\u201Chttps://r.openai.azure.com" TAIL "\u201D"},
    {"\uFEFFhttps://r.openai.azure.com" TAIL "\u200B"},
    {"POST https://r.openai.azure.com" TAIL},
    {"get\t\"https://r.openai.azure.com" TAIL "\""},
    {"HTTPS://R.OpenAI.Azure.COM" TAIL},
    {"https://r.openai.azure.com." TAIL},
    {"https://r.openai.azure.com:443" TAIL},
    {"wss://r.openai.azure.com" TAIL},
    {"//r.openai.azure.com" TAIL},
    {"r.openai.azure.com:443" TAIL},
    {"https://r.openai.azure.com" TAIL "#section"},
    {"https://r.openai.azure.com//openai//deployments/d//chat/completions/?api-version=2024-10-21"},
    {"https://r.openai.azure.com/OpenAI/Deployments/d/chat/completions?API-Version=2024-10-21"},
    {"https://r.openai.azure.com/openai/./x/../deployments/%64/chat/"
     "completions?api_version=2024-10-21"},
    {"https://r.openai.azure.com" TAIL "&api-version="},
    {"https://r.openai.azure.com/openai/deployments/d/chat/"
     "completions?api-version=&api-version=2024-10-21"},
    {"https://r.openai.azure.com" TAIL "&api-version=2023-05-15", "twice"},
    {"https://user:pass@word@r.openai.azure.com" TAIL, "user name and password"},
    {"https://r.openai.azure.com" TAIL "&trace=on", "\"trace\" was dropped"},
    {"https://r.openai.azure.com/front" TAIL, "no path in front"},
};
INSTANTIATE_TEST_SUITE_P(Spellings, SameAddress, testing::ValuesIn(spellings));

struct NoAddress {
    const char *text;
    const char *reason; ///< words of the message
};

std::ostream &operator<<(std::ostream &out, const NoAddress &no) {
    return out << no.text;
}

class Refused : public testing::TestWithParam<NoAddress> {};

TEST_P(Refused, SaysWhy) {
    const Result<AzureAddress> address = parseAddress(QString::fromUtf8(GetParam().text));
    ASSERT_FALSE(address) << address->endpoint.toStdString();
    EXPECT_EQ(address.error().code, ErrorCode::InvalidAddress);
    const std::string message = address.error().message.toStdString();
    EXPECT_NE(message.find(GetParam().reason), std::string::npos) << message;
}

const NoAddress noAddresses[] = {
    {"", "no address"},
    {" \t\"\" ", "no address"},
    {"javascript:alert(1)", "not a web address"},
    {"mailto:someone@example.com", "not a web address"},
    {"file:///etc/passwd", "Only https"},
    {"ftp://r.openai.azure.com/", "Only https"},
    {"file:/etc/passwd", "not a web address"},
    {"https:/r.openai.azure.com", "not a web address"},
    {"https://", "no valid host"},
    {"https:///openai/v1", "no valid host"},
    {"https://?api-version=v1", "no valid host"},
    {"/openai/v1", "not a web address"},
    {"r/openai/v1", "not a web address"},
    {"-r", "not a web address"},
    {"https://r..azure.com/", "no valid host"},
    {"https://r.openai.azure.com:99999/", "no valid host"},
    {"https://r.openai.azure.com:port/", "no valid host"},
    {"https://[::1/openai", "no valid host"},
    {"https://1.2.3.4.5/", "no valid host"},
    {"https://r.openai.azure.com/openai/deployments/my dep/chat/completions", "no spaces"},
    {"https://r.openai.azure.com/ https://s.openai.azure.com/", "no spaces"},
    {"Target URI\nhttps://r.openai.azure.com/", "no spaces"},
    {"https://r.openai.azure.com\\@evil.example/", "backslash"},
    {"https://r.openai.azure.com/openai/deployments/a%0Ab/chat/completions", "control characters"},
    {"https://<your-resource>.openai.azure.com/", "placeholder"},
    {"https://r.openai.azure.com/openai/deployments/{deployment-id}/chat/completions",
     "placeholder"},
    {"0123456789abcdef0123456789ABCDEF", "looks like a key"},
    {"AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfGhIjKlMnOpQrStUvWxYz0123456789JQQJ99AAAAACA",
     "looks like a key"},
};
INSTANTIATE_TEST_SUITE_P(Texts, Refused, testing::ValuesIn(noAddresses));

TEST(Address, KeepsAPortAndAnIpv6Host) {
    EXPECT_EQ(parseAddress(u"https://[::1]:8443/openai/v1"_s)->endpoint, u"https://[::1]:8443"_s);
    EXPECT_EQ(parseAddress(u"http://[::1]:80/openai/v1"_s)->endpoint, u"http://[::1]"_s);
    EXPECT_EQ(parseAddress(u"[::1]:8443"_s)->endpoint, u"https://[::1]:8443"_s);
    EXPECT_EQ(parseAddress(u"http://127.0.0.1:443/"_s)->endpoint, u"http://127.0.0.1:443"_s);
    EXPECT_EQ(parseAddress(u"https://[0:0:0:0:0:0:0:1]/"_s)->endpoint, u"[::1]"_s);
    EXPECT_TRUE(parseAddress(u"http://[::1]:80/openai/v1"_s)->warnings.isEmpty());
}

TEST(Address, WarnsAboutPlainHttpToOthers) {
    const auto address = parseAddress(u"http://proxy.corp.example/team/openai/v1"_s);
    ASSERT_TRUE(address);
    EXPECT_EQ(address->endpoint, u"http://proxy.corp.example/team/openai"_s);
    EXPECT_TRUE(address->warnings.join(u'\n').contains(u"in the clear"_s));
    EXPECT_TRUE(parseAddress(u"ws://proxy.corp.example/openai/v1"_s)
                    ->warnings.join(u'\n')
                    .contains(u"in the clear"_s));
}

TEST(Address, ShowsWhatAUnicodeHostReallyIs) {
    // The second letter of "azure" is Cyrillic.
    const auto address = parseAddress(u"https://r.openai.\u0430zure.com/openai/v1"_s);
    ASSERT_TRUE(address);
    EXPECT_TRUE(address->endpoint.startsWith(u"r.openai.xn--"_s))
        << address->endpoint.toStdString();
    EXPECT_TRUE(address->warnings.join(u'\n').contains(address->endpoint));
}

TEST(Address, DecodesADeploymentOnceOnly) {
    const auto path = u"https://r.openai.azure.com/openai/deployments/%1?api-version=2024-10-21"_s;
    EXPECT_EQ(parseAddress(path.arg(u"a%2520b"_s))->deploymentName, u"a%20b"_s);
    EXPECT_EQ(parseAddress(path.arg(u"a%2Fb"_s))->deploymentName, u"a/b"_s);
    EXPECT_EQ(parseAddress(path.arg(u"a%zzb%"_s))->deploymentName, u"a%zzb%"_s);
    EXPECT_EQ(parseAddress(path.arg(u"%C3%A4+b"_s))->deploymentName, u"\u00E4+b"_s);
    EXPECT_TRUE(
        parseAddress(path.arg(u"a%2Fb"_s))->warnings.join(u'\n').contains(u"check the name"_s));
}

TEST(Address, DropsAVersionThatIsNone) {
    const auto latest = parseAddress(u"https://r.openai.azure.com/openai/v1?api-version=latest"_s);
    EXPECT_EQ(latest->apiVersion, u"v1"_s);
    EXPECT_TRUE(latest->warnings.join(u'\n').contains(u"latest"_s));
    for (const auto &text : {u"2025-1-1"_s, u"2025-01-01-beta"_s, u"20250101"_s, u"v2"_s}) {
        const auto address =
            parseAddress(u"https://r.openai.azure.com/openai/deployments/d?api-version="_s + text);
        EXPECT_EQ(address->apiVersion, u"2024-10-21"_s) << text.toStdString();
        EXPECT_TRUE(address->warnings.join(u'\n').contains(u"neither a date"_s));
    }
}

TEST(Address, RefusesALongText) {
    const auto address = parseAddress(u"https://r.openai.azure.com/"_s + QString(10'000, u'a'));
    ASSERT_FALSE(address);
    EXPECT_TRUE(address.error().message.contains(u"too long"_s));
    EXPECT_FALSE(parseAddress(QString(1'000'000, u'"')));
    EXPECT_TRUE(parseAddress(u"https://r.openai.azure.com/"_s + QString(7000, u'x')));
}

/// Everything that a result or its error shows to anybody.
QString allText(const Result<AzureAddress> &address) {
    if (!address)
        return address.error().message + address.error().detail;
    return address->endpoint + u'\n' + address->deploymentName + u'\n' + address->apiVersion +
           u'\n' + address->operation + u'\n' + address->warnings.join(u'\n');
}

class KeyInQuery : public testing::TestWithParam<const char *> {};

TEST_P(KeyInQuery, GoesToTheSecretAlone) {
    const QString name = QString::fromUtf8(GetParam());
    const auto address = parseAddress(QString::fromUtf8(good) + u'&' + name +
                                      u"=canary%2B7f3+1%3D&"_s + name + u"=canary-second"_s);
    ASSERT_TRUE(address);
    EXPECT_EQ(address->key.reveal(), QByteArrayView("canary+7f3+1="));
    EXPECT_FALSE(allText(address).contains(u"canary"_s)) << allText(address).toStdString();
    EXPECT_EQ(address->deploymentName, u"d"_s);
    EXPECT_EQ(address->apiVersion, u"2024-10-21"_s);
}

INSTANTIATE_TEST_SUITE_P(Names, KeyInQuery,
                         testing::Values("api-key", "Api-Key", "API%2DKEY", "api_key",
                                         "subscription-key", "Ocp-Apim-Subscription-Key", "key"));

TEST(Address, NeverQuotesWhatMayBeAKey) {
    for (const auto &text : {
             u"canary0123456789abcdefcanary0123456789abcdef"_s,
             u"https://canary:canary@r.openai.azure.com/openai/v1"_s,
             u"https://r.openai.azure.com/openai/v1?canary"_s,
             u"https://r.openai.azure.com/openai/v1?canary0123456789abcdef0123456789=x"_s,
             u"https://r.openai.azure.com/openai/v1?sig=canary"_s,
             u"https://r.openai.azure.com/openai/v1?api-version=canary"_s,
             u"https://r.openai.azure.com/openai/v1#canary"_s,
             u"https://canary canary/?api-key=canary"_s,
             u"https://canary_@[x/?api-key=canary"_s,
             u"gopher://canary/?api-key=canary"_s,
         }) {
        const auto address = parseAddress(text);
        EXPECT_FALSE(allText(address).contains(u"canary"_s))
            << text.toStdString() << " -> " << allText(address).toStdString();
    }
}

TEST(Address, AnEmptyKeyIsNone) {
    EXPECT_TRUE(parseAddress(QString::fromUtf8(good) + u"&api-key="_s)->key.isEmpty());
    EXPECT_TRUE(parseAddress(QString::fromUtf8(good) + u"&api-key"_s)->key.isEmpty());
}

} // namespace

} // namespace quaygate
