#include "gateway/config/endpoint.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

void PrintTo(const Endpoint &endpoint, std::ostream *out) {
    *out << endpoint.url().toStdString();
}

namespace {

struct Good {
    QString text;
    Endpoint expected;
    bool loopback;
    QString url;
};

const Good good[] = {
    Good{u"my-endpoint.cognitiveservices.azure.com"_s,
         {true, u"my-endpoint.cognitiveservices.azure.com"_s, 443, {}},
         false,
         u"https://my-endpoint.cognitiveservices.azure.com"_s},
    Good{u"MY.OpenAI.Azure.com"_s,
         {true, u"my.openai.azure.com"_s, 443, {}},
         false,
         u"https://my.openai.azure.com"_s},
    Good{u"my.openai.azure.com."_s,
         {true, u"my.openai.azure.com"_s, 443, {}},
         false,
         u"https://my.openai.azure.com"_s},
    Good{u"host:8443"_s, {true, u"host"_s, 8443, {}}, false, u"https://host:8443"_s},
    Good{u"https://host"_s, {true, u"host"_s, 443, {}}, false, u"https://host"_s},
    Good{u"HTTPS://host/"_s, {true, u"host"_s, 443, {}}, false, u"https://host"_s},
    Good{u"https://host:443/apim/"_s,
         {true, u"host"_s, 443, u"/apim"_s},
         false,
         u"https://host/apim"_s},
    Good{u"https://apim.example.com:8443/team/a"_s,
         {true, u"apim.example.com"_s, 8443, u"/team/a"_s},
         false,
         u"https://apim.example.com:8443/team/a"_s},
    Good{u"https://host/a%20b/ü"_s,
         {true, u"host"_s, 443, u"/a%20b/%C3%BC"_s},
         false,
         u"https://host/a%20b/%C3%BC"_s},
    Good{u"bücher.example"_s,
         {true, u"xn--bcher-kva.example"_s, 443, {}},
         false,
         u"https://xn--bcher-kva.example"_s},
    Good{u"10.0.0.7:9000"_s, {true, u"10.0.0.7"_s, 9000, {}}, false, u"https://10.0.0.7:9000"_s},
    Good{u"[2001:DB8::1]:8443"_s,
         {true, u"2001:db8::1"_s, 8443, {}},
         false,
         u"https://[2001:db8::1]:8443"_s},
    Good{u"http://localhost:8080"_s,
         {false, u"localhost"_s, 8080, {}},
         true,
         u"http://localhost:8080"_s},
    Good{u"http://127.8.9.10/x"_s,
         {false, u"127.8.9.10"_s, 80, u"/x"_s},
         true,
         u"http://127.8.9.10/x"_s},
    Good{u"http://[::1]:81"_s, {false, u"::1"_s, 81, {}}, true, u"http://[::1]:81"_s}};

TEST(Endpoint, readsEveryGoodForm) {
    for (const Good &c : good) {
        SCOPED_TRACE(qPrintable(c.text));
        const Result<Endpoint> read = parseEndpoint(c.text);
        ASSERT_TRUE(read.ok()) << qPrintable(read.error().message);
        EXPECT_EQ(*read, c.expected);
        EXPECT_EQ(read->isLoopback(), c.loopback);
        EXPECT_EQ(read->url(), c.url);
    }
}

TEST(Endpoint, keepsItsMeaningWhenItsUrlIsReadAgain) {
    for (const Good &c : good) {
        SCOPED_TRACE(qPrintable(c.text));
        const Result<Endpoint> again = parseEndpoint(c.expected.url());
        ASSERT_TRUE(again.ok()) << qPrintable(again.error().message);
        EXPECT_EQ(*again, c.expected);
    }
}

struct Bad {
    const char16_t *text;
    const char16_t *reason; ///< part of the message
};

const Bad bad[] = {Bad{u"", u"empty"},
                   Bad{u" host", u"spaces"},
                   Bad{u"ho st", u"spaces"},
                   Bad{u"host\n", u"control"},
                   Bad{u"https://", u"host is missing"},
                   Bad{u"https:///path", u"host is missing"},
                   Bad{u":443", u"not a host name"},
                   Bad{u"simulator:", u"port"},
                   Bad{u"host:", u"port"},
                   Bad{u"host:0", u"1 to 65535"},
                   Bad{u"host:65536", u"1 to 65535"},
                   Bad{u"host:+80", u"1 to 65535"},
                   Bad{u"host:80x", u"1 to 65535"},
                   Bad{u"ftp://host", u"“ftp:” cannot be used"},
                   Bad{u"http://example.com", u"unencrypted"},
                   Bad{u"http://10.0.0.1", u"unencrypted"},
                   Bad{u"http://localhost.example.com", u"unencrypted"},
                   Bad{u"http://127.0.0.1.example.com", u"unencrypted"},
                   Bad{u"https://me:pw@host", u"user name"},
                   Bad{u"me@host", u"user name"},
                   Bad{u"https://host?api-version=v1", u"query"},
                   Bad{u"https://host/a#b", u"fragment"},
                   Bad{u"host/path", u"must start with https://"},
                   Bad{u"https:\\\\host", u"backslash"},
                   Bad{u"::1", u"brackets"},
                   Bad{u"[::1", u"missing"},
                   Bad{u"[::g]", u"not an IPv6"},
                   Bad{u"[127.0.0.1]", u"not an IPv6"},
                   Bad{u"[fe80::1%25eth0]", u"not an IPv6"},
                   Bad{u"[::1]x", u"not a port"},
                   Bad{u"127.1", u"IPv4"},
                   Bad{u"http://0x7f000001", u"IPv4"},
                   Bad{u"2130706433", u"IPv4"},
                   Bad{u"256.0.0.1", u"IPv4"},
                   Bad{u"1.2.3.4.5", u"IPv4"},
                   Bad{u"010.0.0.1", u"IPv4"},
                   Bad{u"-a.example", u"not a host name"},
                   Bad{u"a..b", u"not a host name"},
                   Bad{u"ho*st", u"not a host name"},
                   Bad{u"https://host//a", u"//"},
                   Bad{u"https://host/a//", u"//"},
                   Bad{u"https://host/a/../b", u".."},
                   Bad{u"https://host/%2E%2e", u".."},
                   Bad{u"https://host/%zz", u"hexadecimal"},
                   Bad{u"https://host/a%2", u"hexadecimal"},
                   Bad{u"https://host/{id}", u"character “{”"}};

TEST(Endpoint, refusesTheRestWithTheReason) {
    for (const Bad &c : bad) {
        const QString text = QString::fromUtf16(c.text);
        SCOPED_TRACE(qPrintable(text));
        const Result<Endpoint> read = parseEndpoint(text);
        ASSERT_FALSE(read.ok());
        EXPECT_EQ(read.error().code, ErrorCode::InvalidAddress);
        EXPECT_TRUE(read.error().message.contains(QString::fromUtf16(c.reason)))
            << qPrintable(read.error().message);
    }
}

} // namespace
} // namespace quaygate
