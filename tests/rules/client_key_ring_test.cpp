#include "gateway/rules/client_key.h"
#include "gateway/rules/client_key_ring.h"

#include <QHostAddress>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using Mode = GatewaySettings::ClientKeys;

ClientKey keyNamed(const QString &name, const QByteArray &text) {
    ClientKey key;
    key.name = name;
    key.hash = hashOfClientKey(Secret(QByteArray(text)));
    return key;
}

const QByteArray laptop = "qg-laptop"_ba;
const QByteArray handMade = "my own text"_ba;
const QByteArray tooLong = QByteArray(257, 'x');

QList<ClientKey> someKeys() {
    return {keyNamed(u"laptop"_s, laptop), keyNamed(u"hand"_s, handMade),
            keyNamed(u"long"_s, tooLong)};
}

/// The name of the key found, "-" for none, or the code of the refusal.
std::string found(const ClientKeyRing &ring, const HeaderList &headers, Mode mode) {
    const auto result = ring.find(headers, mode);
    if (!result)
        return result.error().code == ErrorCode::ClientKeyMissing ? "missing"
               : result.error().code == ErrorCode::ClientKeyWrong ? "wrong"
                                                                  : "?";
    return *result ? (*result)->key().name.toStdString() : "-";
}

struct Case {
    const char *what;
    HeaderList headers;
    const char *optional;
    const char *required;
};

TEST(ClientKeyRing, FindsTheKeyThatARequestPresents) {
    const QList<ClientKey> keys = someKeys();
    const ClientKeyRing ring(keys);
    const Case cases[] = {
        {"no header", {}, "-", "missing"},
        {"other headers", {{"Accept", laptop}, {"Cookie", laptop}}, "-", "missing"},
        {"empty", {{"api-key", ""}}, "-", "missing"},
        {"bearer", {{"Authorization", "Bearer qg-laptop"}}, "laptop", "laptop"},
        {"bearer in any case", {{"authorization", "bearer  qg-laptop "}}, "laptop", "laptop"},
        {"authorization without scheme", {{"Authorization", "qg-laptop"}}, "laptop", "laptop"},
        {"api-key", {{"Api-Key", "qg-laptop"}}, "laptop", "laptop"},
        {"x-api-key", {{"x-api-key", "qg-laptop"}}, "laptop", "laptop"},
        {"not of our making", {{"x-api-key", "my own text"}}, "hand", "hand"},
        {"beside Azure's", {{"api-key", "0123abcd"}, {"x-api-key", laptop}}, "laptop", "laptop"},
        {"twice the same header", {{"api-key", "x"}, {"api-key", laptop}}, "laptop", "laptop"},
        {"wrong before the right one",
         {{"api-key", "qg-x"}, {"x-api-key", laptop}},
         "laptop",
         "laptop"},
        {"what a library must be given", {{"Authorization", "Bearer sk-none"}}, "-", "wrong"},
        {"not known", {{"Authorization", "Bearer qg-other"}}, "wrong", "wrong"},
        {"cut", {{"Authorization", "Bearer qg-lapto"}}, "wrong", "wrong"},
        {"longer", {{"Authorization", "Bearer qg-laptop2"}}, "wrong", "wrong"},
        {"in capitals", {{"api-key", "my OWN text"}}, "-", "wrong"},
        {"another scheme", {{"Authorization", "Basic cWctbGFwdG9w"}}, "-", "wrong"},
        {"long as a token", {{"Authorization", "Bearer " + tooLong}}, "-", "wrong"},
        {"its hash", {{"api-key", keys.first().hash.toLatin1()}}, "-", "wrong"},
    };
    for (const Case &one : cases) {
        EXPECT_EQ(found(ring, one.headers, Mode::Off), "-") << one.what;
        EXPECT_EQ(found(ring, one.headers, Mode::Optional), one.optional) << one.what;
        EXPECT_EQ(found(ring, one.headers, Mode::Required), one.required) << one.what;
    }
}

TEST(ClientKeyRing, LooksAtAFewCredentialsOnly) {
    const QList<ClientKey> keys = someKeys();
    const ClientKeyRing ring(keys);
    HeaderList headers;
    for (int i = 0; i < 7; ++i)
        headers.append("api-key", "x");
    headers.append("x-api-key", laptop);
    EXPECT_EQ(found(ring, headers, Mode::Required), "laptop");
    headers.set("x-api-key", "x");
    headers.append("x-api-key", laptop);
    EXPECT_EQ(found(ring, headers, Mode::Required), "wrong");
}

TEST(ClientKeyRing, AHandshakeMayHaveItsKeyElsewhere) {
    const QList<ClientKey> keys = someKeys();
    const ClientKeyRing ring(keys);
    struct Handshake {
        const char *protocols;
        const char *query;
        const char *required;
    };
    const Handshake handshakes[] = {
        {"realtime, openai-insecure-api-key.qg-laptop, openai-beta.realtime-v1", "", "laptop"},
        {"openai-insecure-api-key.qg-other", "", "wrong"},
        {"realtime", "", "missing"},
        {"realtime", "model=x&api-key=qg-laptop", "laptop"},
        {"realtime", "api-key=qg-laptop&model=x", "laptop"},
        {"realtime", "api-key=&model=x", "missing"},
        {"realtime", "no-api-key=qg-laptop", "missing"},
        {"realtime", "api-key=qg-other", "wrong"},
    };
    for (const Handshake &one : handshakes) {
        HeaderList headers{{"Sec-WebSocket-Protocol", one.protocols}};
        const auto name = [&] {
            const auto result = ring.find(headers, Mode::Required, one.query);
            return result ? (*result)->key().name.toStdString()
                   : result.error().code == ErrorCode::ClientKeyMissing ? "missing"
                                                                        : "wrong";
        };
        EXPECT_EQ(name(), "missing") << "no handshake: " << one.protocols << one.query;
        headers.append("Sec-WebSocket-Key", "x");
        EXPECT_EQ(name(), one.required) << one.protocols << one.query;
    }
}

TEST(ClientKeyRing, WithoutKeysNobodyIsLetIn) {
    ClientKey broken;
    broken.name = u"broken"_s;
    broken.hash = u"sha256:"_s;
    for (const QList<ClientKey> &keys : {QList<ClientKey>(), QList<ClientKey>{broken}}) {
        const ClientKeyRing ring(keys);
        EXPECT_EQ(found(ring, {}, Mode::Required), "missing");
        EXPECT_EQ(found(ring, {{"api-key", "x"}}, Mode::Required), "wrong");
        EXPECT_EQ(found(ring, {{"api-key", "x"}}, Mode::Optional), "-");
    }
}

TEST(ClientKeyRing, ARefusalRepeatsNoKey) {
    const QList<ClientKey> keys = someKeys();
    const auto wrong = ClientKeyRing(keys).find({{"api-key", "qg-canary"}}, Mode::Required);
    EXPECT_FALSE((wrong.error().message + wrong.error().detail).contains(u"canary"_s));
}

TEST(ClientKeyRing, KnowsWhatMustNotGoUpstream) {
    const QList<ClientKey> keys = someKeys();
    const ClientKeyRing ring(keys);
    for (const char *value : {"qg-laptop", "Bearer qg-laptop", "my own text", "bearer my own text",
                              "qg-unknown", "Bearer qg-unknown", "qg-"})
        EXPECT_TRUE(ring.isClientKey(value)) << value;
    for (const char *value : {"", "Bearer", "Bearer ey.a.b", "0123abcd", "sk-qg-"})
        EXPECT_FALSE(ring.isClientKey(value)) << value;
}

TEST(ClientKeyRing, TakesEveryClientKeyOutOfARequest) {
    const QList<ClientKey> keys = someKeys();
    const ClientKeyRing ring(keys);
    HeaderList headers{{"Host", "x"},
                       {"api-key", "0123abcd"},
                       {"api-key", "qg-laptop"},
                       {"Authorization", "Bearer my own text"},
                       {"ocp-apim-subscription-key", "qg-old"},
                       {"x-api-key", "sk-other"}};
    ring.removeFrom(headers);
    const HeaderList kept{{"Host", "x"}, {"api-key", "0123abcd"}, {"x-api-key", "sk-other"}};
    EXPECT_EQ(headers, kept);
    ring.removeFrom(headers);
    EXPECT_EQ(headers, kept);
}

TEST(ClientKeyRing, ReachableFromElsewhereMeansRequired) {
    for (const char *address : {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"}) {
        const QHostAddress bound(QString::fromLatin1(address));
        for (const Mode mode : {Mode::Off, Mode::Optional, Mode::Required})
            EXPECT_EQ(clientKeysAt(mode, bound), mode) << address;
    }
    for (const char *address :
         {"0.0.0.0", "::", "192.168.1.7", "10.0.0.1", "fe80::1", "8.8.8.8", "::ffff:192.168.1.7"}) {
        const QHostAddress bound(QString::fromLatin1(address));
        for (const Mode mode : {Mode::Off, Mode::Optional, Mode::Required})
            EXPECT_EQ(clientKeysAt(mode, bound), Mode::Required) << address;
    }
    EXPECT_EQ(clientKeysAt(Mode::Off, QHostAddress(QHostAddress::Any)), Mode::Required);
    EXPECT_EQ(clientKeysAt(Mode::Off, QHostAddress()), Mode::Required);
}

TEST(KnownClientKey, SaysWhereItMayGo) {
    ClientKey key = keyNamed(u"laptop"_s, laptop);
    const KnownClientKey anywhere(key);
    EXPECT_TRUE(anywhere.mayUse("azure").ok());
    EXPECT_TRUE(anywhere.mayUse("").ok());
    EXPECT_TRUE(anywhere.mayAsk("gpt-4o").ok());
    EXPECT_TRUE(anywhere.mayAsk("").ok());

    key.routes = {u"azure"_s, u"test-*"_s};
    key.models = {u"gpt-4*"_s};
    const KnownClientKey bounded(key);
    EXPECT_TRUE(bounded.mayUse("azure").ok());
    EXPECT_TRUE(bounded.mayUse("test-1").ok());
    EXPECT_TRUE(bounded.mayAsk("gpt-4o").ok());
    const auto route = bounded.mayUse("other");
    ASSERT_FALSE(route.ok());
    EXPECT_EQ(route.error().code, ErrorCode::RouteNotAllowed);
    EXPECT_EQ(route.error().message,
              u"The client key \"laptop\" may not use the route \"other\"; its routes are: azure, "
              "test-*."_s);
    EXPECT_EQ(bounded.mayUse("").error().code, ErrorCode::RouteNotAllowed);
    const auto model = bounded.mayAsk("gpt-5");
    ASSERT_FALSE(model.ok());
    EXPECT_EQ(model.error().code, ErrorCode::ModelNotAllowed);
    EXPECT_TRUE(model.error().message.contains(u"gpt-4*"_s));
    EXPECT_FALSE(bounded.mayAsk("").ok());

    key.routes = {};
    EXPECT_FALSE(KnownClientKey(key).mayUse("azure").ok());
}

} // namespace
} // namespace quaygate
