#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"
#include "tests/support/test_certificates.h"

#include <QTcpSocket>

#include <gtest/gtest.h>

#include <map>

using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

const QByteArray okAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

QString proxyUrl(const ScriptedUpstream &proxy, const QString &scheme = u"http"_s) {
    return scheme + u"://127.0.0.1:"_s + QString::number(proxy.serverPort());
}

/// Sets a variable of the environment for as long as it lives.
class Variable {
public:
    Variable(const char *name, const QByteArray &value)
        : m_name(name), m_before(qgetenv(name)), m_wasSet(qEnvironmentVariableIsSet(name)) {
        qputenv(name, value);
    }
    ~Variable() {
        if (m_wasSet)
            qputenv(m_name, m_before);
        else
            qunsetenv(m_name);
    }
    Variable(const Variable &) = delete;
    Variable &operator=(const Variable &) = delete;

private:
    const char *m_name;
    QByteArray m_before;
    bool m_wasSet;
};

/// A proxy that lets CONNECT through, to one port of this computer whatever is asked for.
class TunnelProxy : public ScriptedUpstream {
public:
    explicit TunnelProxy(quint16 target) {
        onBytes = [this, target](UpstreamPeer &peer) {
            QTcpSocket *&there = m_tunnels[&peer];
            if (there) {
                there->write(std::exchange(peer.received, {}));
            } else if (peer.received.endsWith("\r\n\r\n")) {
                connects.append(std::exchange(peer.received, {}));
                there = new QTcpSocket(this);
                connect(there, &QTcpSocket::readyRead, this,
                        [&peer, there = there] { peer.send(there->readAll()); });
                there->connectToHost(QHostAddress::LocalHost, target);
                peer.send("HTTP/1.1 200 Connection established\r\nX-Proxy: 1\r\n\r\n");
            }
        };
    }

    QList<QByteArray> connects;

private:
    std::map<UpstreamPeer *, QTcpSocket *> m_tunnels;
};

/// A SOCKS 5 proxy without authentication that answers the HTTP request itself.
class SocksProxy : public ScriptedUpstream {
public:
    SocksProxy() {
        onBytes = [this](UpstreamPeer &peer) {
            if (peer.served == 0 && peer.received.startsWith('\x05')) {
                peer.received.clear();
                peer.send(QByteArray("\x05\x00", 2));
                ++peer.served;
            } else if (peer.served == 1 && peer.received.startsWith('\x05')) {
                asked = std::exchange(peer.received, {});
                peer.send(QByteArray("\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x50", 10));
                ++peer.served;
            }
        };
        onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    }

    QByteArray asked;
};

} // namespace

TEST(UpstreamProxy, TakesPlainRequestsInAbsoluteForm) {
    ScriptedUpstream proxy;
    proxy.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    UpstreamClient client;
    UpstreamRequest request = getRequest("http://far.invalid/a?b");
    request.proxy = proxyUrl(proxy);
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.body, "ok");
    EXPECT_EQ(proxy.requests().first().requestLine(), "GET http://far.invalid/a?b HTTP/1.1");
}

TEST(UpstreamProxy, TunnelsTls) {
    const auto *certificates = TestCertificates::get();
    if (!certificates)
        FAIL() << "the openssl program could not make the certificates";
    ScriptedUpstream upstream(certificates->good());
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    TunnelProxy proxy(upstream.serverPort());
    UpstreamClient client;
    UpstreamRequest request = postRequest("https://localhost:8443/x", "{}");
    request.proxy = proxyUrl(proxy);
    request.caFile = certificates->caFile();
    request.secretHeader = "api-key";
    request.secret = Secret(QByteArray("very-secret"));
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(probe.body, "ok");
    EXPECT_FALSE(probe.headers.contains("X-Proxy"));
    ASSERT_EQ(proxy.connects.size(), 1);
    EXPECT_TRUE(proxy.connects.first().startsWith("CONNECT localhost:8443 HTTP/1.1\r\n"));
    EXPECT_FALSE(
        proxy.connects.first().contains("very-secret")); // what is inside is for the upstream alone
    EXPECT_EQ(upstream.requests().first().header("api-key"), "very-secret");
}

TEST(UpstreamProxy, SocksLeavesTheNameToTheProxy) {
    SocksProxy proxy;
    UpstreamClient client;
    UpstreamRequest request = getRequest("http://far.invalid/");
    request.proxy = proxyUrl(proxy, u"socks5h"_s);
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
    EXPECT_EQ(probe.body, "ok");
    EXPECT_TRUE(proxy.asked.contains("far.invalid"));
}

TEST(UpstreamProxy, ThatRefusesIsNamed) {
    ScriptedUpstream proxy;
    proxy.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n");
    };
    UpstreamClient client;
    UpstreamRequest request = getRequest("https://far.invalid/");
    request.proxy = u"http://user:hunter2@127.0.0.1:%1"_s.arg(proxy.serverPort());
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::ProxyFailed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Connecting);
    EXPECT_EQ(probe.heads, 0);
    EXPECT_TRUE(probe.failure->error.message.contains(u"far.invalid"_s));
    EXPECT_FALSE(probe.failure->error.message.contains(u"hunter2"_s));
    EXPECT_FALSE(probe.failure->error.detail.contains(u"hunter2"_s));
}

TEST(UpstreamProxy, ThatCannotBeReachedIsNamed) {
    quint16 freePort = 0;
    {
        QTcpServer server;
        ASSERT_TRUE(server.listen(QHostAddress::LocalHost));
        freePort = server.serverPort();
    }
    UpstreamClient client;
    const QStringList proxies{u"http://127.0.0.1:%1"_s.arg(freePort),
                              u"http://proxy.invalid:3128"_s,
                              u"socks5h://127.0.0.1:%1"_s.arg(freePort)};
    for (const QString &proxy : proxies) {
        UpstreamRequest request = getRequest("https://far.invalid/");
        request.proxy = proxy;
        CallProbe probe(client, request);
        ASSERT_TRUE(probe.waitForEnd());
        ASSERT_TRUE(probe.failure);
        EXPECT_EQ(probe.failure->error.code, ErrorCode::ProxyFailed) << qPrintable(proxy);
        EXPECT_TRUE(probe.failure->error.message.contains(proxy))
            << qPrintable(probe.failure->error.message + probe.failure->error.detail);
    }
}

TEST(UpstreamProxy, OfTheEnvironmentIsUsedButNeverForLoopback) {
    ScriptedUpstream proxy;
    proxy.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    const Variable variable("http_proxy", proxyUrl(proxy).toLatin1());
    const Variable exceptions("no_proxy", "direct.invalid");
    UpstreamClient client;

    CallProbe far(client, getRequest("http://far.invalid/"));
    ASSERT_TRUE(far.waitForEnd());
    EXPECT_FALSE(far.failure);
    EXPECT_EQ(proxy.requests().size(), 1);

    CallProbe excepted(client, getRequest("http://direct.invalid/"));
    ASSERT_TRUE(excepted.waitForEnd());
    ASSERT_TRUE(excepted.failure);
    EXPECT_EQ(excepted.failure->error.code, ErrorCode::NameNotResolved);

    CallProbe local(client, getRequest(upstream.url()));
    ASSERT_TRUE(local.waitForEnd());
    EXPECT_FALSE(local.failure);
    EXPECT_EQ(upstream.requests().size(), 1);
    EXPECT_EQ(proxy.requests().size(), 1);
}

TEST(UpstreamProxy, OfTheBackendIsUsedWhateverTheEnvironmentSays) {
    ScriptedUpstream proxy;
    proxy.onRequest = [](UpstreamPeer &peer, const RawRequest &) { peer.send(okAnswer); };
    const Variable variable("http_proxy", "http://wrong.invalid:1");
    const Variable exceptions("no_proxy", "*");
    UpstreamClient client;
    UpstreamRequest request = getRequest("http://127.0.0.1:1/");
    request.proxy = proxyUrl(proxy);
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(proxy.requests().size(), 1);
}
