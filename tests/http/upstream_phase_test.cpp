#include "tests/http/full_listener.h"
#include "tests/http/slow_resolver.h"
#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"
#include "tests/support/test_certificates.h"

#include <QElapsedTimer>

#include <gtest/gtest.h>

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

QByteArray freePortUrl(const QByteArray &scheme) {
    QTcpServer server;
    server.listen(QHostAddress::LocalHost);
    return scheme + "://127.0.0.1:" + QByteArray::number(server.serverPort()) + "/";
}

/// Each phase in which an upstream may get stuck, made to happen.
class StuckUpstream {
public:
    explicit StuckUpstream(UpstreamPhase phase) : m_phase(phase) {
        upstream.onRequest = [phase](UpstreamPeer &peer, const RawRequest &) {
            if (phase == UpstreamPhase::Receiving)
                peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
        };
        upstream.onConnected = [phase](UpstreamPeer &peer) {
            if (phase == UpstreamPhase::Sending)
                peer.stopReading();
        };
        silentTls.handshakes = false;
    }
    ~StuckUpstream() { letSlowNamesResolve(); }

    UpstreamRequest request() {
        holdSlowNames();
        switch (m_phase) {
        case UpstreamPhase::Resolving:
            return getRequest("http://a.slow.test:1/");
        case UpstreamPhase::Connecting:
            return getRequest(full.url());
        case UpstreamPhase::Handshake:
            return getRequest(silentTls.url());
        case UpstreamPhase::Sending:
            return postRequest(upstream.url(), QByteArray(64 * 1024 * 1024, 'x'));
        case UpstreamPhase::Waiting:
        case UpstreamPhase::Receiving:
            break;
        }
        return postRequest(upstream.url(), "{}");
    }

    /// Whether the call has got to where it is stuck, as far as that is seen from outside.
    bool reached(const CallProbe &probe) const {
        switch (m_phase) {
        case UpstreamPhase::Resolving:
            return slowNamesWaiting() > 0;
        case UpstreamPhase::Connecting:
            return true;
        case UpstreamPhase::Handshake:
            return silentTls.accepted() > 0;
        case UpstreamPhase::Sending:
            return upstream.accepted() > 0;
        case UpstreamPhase::Waiting:
            return !upstream.requests().isEmpty();
        case UpstreamPhase::Receiving:
            return probe.body == "hello";
        }
        return false;
    }

    /// Whether the upstream sees within a second that the client has left it.
    bool isLeft() {
        if (m_phase == UpstreamPhase::Sending)
            upstream.peer(0).drain();
        return waitUntil([&] { return upstream.open() + silentTls.open() == 0; }, 1s);
    }

    ScriptedUpstream upstream;
    ScriptedUpstream silentTls{QSslConfiguration()};
    FullListener full;

private:
    UpstreamPhase m_phase;
};

class UpstreamPhases : public ::testing::TestWithParam<UpstreamPhase> {};

std::string phaseName(const ::testing::TestParamInfo<UpstreamPhase> &info) {
    switch (info.param) {
    case UpstreamPhase::Resolving:
        return "Resolving";
    case UpstreamPhase::Connecting:
        return "Connecting";
    case UpstreamPhase::Handshake:
        return "Handshake";
    case UpstreamPhase::Sending:
        return "Sending";
    case UpstreamPhase::Waiting:
        return "Waiting";
    case UpstreamPhase::Receiving:
        return "Receiving";
    }
    return {};
}

} // namespace

INSTANTIATE_TEST_SUITE_P(All, UpstreamPhases,
                         ::testing::Values(UpstreamPhase::Resolving, UpstreamPhase::Connecting,
                                           UpstreamPhase::Handshake, UpstreamPhase::Sending,
                                           UpstreamPhase::Waiting, UpstreamPhase::Receiving),
                         phaseName);

TEST_P(UpstreamPhases, EachHasItsLimit) {
    StuckUpstream stuck(GetParam());
    UpstreamClient client;
    UpstreamRequest request = stuck.request();
    const auto limit = 150ms;
    switch (GetParam()) {
    case UpstreamPhase::Resolving:
    case UpstreamPhase::Connecting:
    case UpstreamPhase::Handshake:
        request.timeouts.connect = limit;
        break;
    case UpstreamPhase::Waiting:
        request.timeouts.firstByte = limit;
        break;
    case UpstreamPhase::Sending:
    case UpstreamPhase::Receiving:
        request.timeouts.idle = limit;
        break;
    }
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::TimedOut);
    EXPECT_EQ(probe.failure->phase, GetParam());
    EXPECT_GE(probe.failure->elapsed, limit - 1ms);
    EXPECT_LT(probe.failure->elapsed, 5s);
    EXPECT_TRUE(probe.failure->error.message.contains(u"150 ms"_s))
        << qPrintable(probe.failure->error.message);
    EXPECT_TRUE(stuck.isLeft());
}

TEST_P(UpstreamPhases, AllTogetherHaveALimit) {
    StuckUpstream stuck(GetParam());
    UpstreamClient client;
    UpstreamRequest request = stuck.request();
    request.timeouts.total = 150ms;
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::TimedOut);
    EXPECT_EQ(probe.failure->phase, GetParam());
    EXPECT_TRUE(probe.failure->error.message.contains(u"total"_s));
}

TEST_P(UpstreamPhases, ACallIsCancelledAtOnce) {
    StuckUpstream stuck(GetParam());
    UpstreamClient client;
    CallProbe probe(client, stuck.request());
    ASSERT_TRUE(waitUntil([&] { return stuck.reached(probe); }));
    QElapsedTimer timer;
    timer.start();
    probe.call.reset();
    EXPECT_LT(timer.elapsed(), 1000); // a wait for the resolver would be without end
    EXPECT_TRUE(stuck.isLeft());
    EXPECT_FALSE(probe.ended);

    // The client is as good as before.
    ScriptedUpstream healthy;
    healthy.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    };
    CallProbe next(client, getRequest(healthy.url()));
    ASSERT_TRUE(next.waitForEnd());
    EXPECT_EQ(next.body, "ok");
    EXPECT_FALSE(probe.ended);
}

TEST_P(UpstreamPhases, TheClientMayGoInAnyPhase) {
    StuckUpstream stuck(GetParam());
    auto client = std::make_unique<UpstreamClient>();
    CallProbe probe(*client, stuck.request());
    ASSERT_TRUE(waitUntil([&] { return stuck.reached(probe); }));
    client.reset();
    EXPECT_TRUE(stuck.isLeft());
    EXPECT_FALSE(probe.ended);
}

TEST(UpstreamPhase, ANameThatDoesNotExist) {
    UpstreamClient client;
    CallProbe probe(client,
                    getRequest("https://contoso-typo.openai.azure.invalid/openai/v1/models"));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::NameNotResolved);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Resolving);
    EXPECT_TRUE(probe.failure->error.message.contains(u"contoso-typo.openai.azure.invalid"_s));
    EXPECT_FALSE(probe.failure->error.detail.isEmpty());
}

TEST(UpstreamPhase, NoListener) {
    UpstreamClient client;
    for (const char *scheme : {"http", "https"}) {
        CallProbe probe(client, getRequest(freePortUrl(scheme)));
        EXPECT_FALSE(probe.calledFromSend);
        ASSERT_TRUE(probe.waitForEnd());
        ASSERT_TRUE(probe.failure);
        EXPECT_EQ(probe.failure->error.code, ErrorCode::ConnectionRefused);
        EXPECT_EQ(probe.failure->phase, UpstreamPhase::Connecting);
    }
}

TEST(UpstreamPhase, ResetInTheHandshake) {
    ScriptedUpstream upstream{QSslConfiguration()};
    upstream.handshakes = false;
    upstream.onBytes = [](UpstreamPeer &peer) { peer.reset(); };
    UpstreamClient client;
    CallProbe probe(client, getRequest(upstream.url()));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::TlsFailed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Handshake);
}

TEST(UpstreamPhase, PlainHttpWhereTlsIsExpected) {
    ScriptedUpstream upstream;
    upstream.onBytes = [](UpstreamPeer &peer) { peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); };
    UpstreamClient client;
    QByteArray url = upstream.url();
    CallProbe probe(client, getRequest(url.replace("http:", "https:")));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::TlsFailed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Handshake);
}

TEST(UpstreamPhase, ResetWhileTheBodyIsBeingSent) {
    ScriptedUpstream upstream;
    upstream.onBytes = [](UpstreamPeer &peer) { peer.reset(); };
    UpstreamClient client;
    CallProbe probe(client, postRequest(upstream.url(), QByteArray(64 * 1024 * 1024, 'x')));
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::UpstreamClosed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Sending);
    EXPECT_EQ(upstream.accepted(), 1);
}

TEST(UpstreamPhase, APausedCallIsNotIdle) {
    ScriptedUpstream upstream;
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhello");
    };
    UpstreamClient client;
    UpstreamRequest request = getRequest(upstream.url());
    request.timeouts.idle = 100ms;
    CallProbe probe(client, request);
    ASSERT_TRUE(waitUntil([&] { return probe.body == "hello"; }));
    probe.call->pause();
    EXPECT_FALSE(waitUntil([&] { return probe.ended; }, 300ms));
    probe.call->resume();
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::TimedOut);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Receiving);
}

TEST(UpstreamPhase, WhatCannotBeSentIsRefusedFromTheLoop) {
    struct Case {
        const char *name;
        std::function<void(UpstreamRequest &)> spoil;
        ErrorCode code;
    };
    const QList<Case> cases{
        {"url", [](UpstreamRequest &request) { request.url = "not a url"; },
         ErrorCode::InvalidAddress},
        {"scheme", [](UpstreamRequest &request) { request.url = "ftp://host/"; },
         ErrorCode::InvalidAddress},
        {"port", [](UpstreamRequest &request) { request.url = "http://host:99999/"; },
         ErrorCode::InvalidAddress},
        {"method", [](UpstreamRequest &request) { request.method = "GE T"; },
         ErrorCode::BadRequest},
        {"name", [](UpstreamRequest &request) { request.headers.append("X-A\r\nX-B", "1"); },
         ErrorCode::BadRequest},
        {"value", [](UpstreamRequest &request) { request.headers.append("X-A", "1\r\nX-B: 2"); },
         ErrorCode::BadRequest},
        {"secret",
         [](UpstreamRequest &request) {
             request.secretHeader = "api-key";
             request.secret = Secret(QByteArray("key\n"));
         },
         ErrorCode::BadRequest},
        {"ca", [](UpstreamRequest &request) { request.caFile = u"/no/such/file.pem"_s; },
         ErrorCode::FileUnreadable},
    };
    UpstreamClient client;
    for (const Case &test : cases) {
        UpstreamRequest request = getRequest("https://127.0.0.1:1/");
        test.spoil(request);
        CallProbe probe(client, request);
        EXPECT_FALSE(probe.calledFromSend) << test.name;
        ASSERT_TRUE(probe.waitForEnd()) << test.name;
        ASSERT_TRUE(probe.failure) << test.name;
        EXPECT_EQ(probe.failure->error.code, test.code) << test.name;
        EXPECT_FALSE(probe.failure->error.message.contains(u"key\n"_s));
    }
}

struct CertificateCase {
    const char *name;
    QSslConfiguration (TestCertificates::*server)() const;
    bool withCaFile;
    const char *says;
};

class UpstreamCertificates : public ::testing::TestWithParam<CertificateCase> {};

TEST_P(UpstreamCertificates, AreRefusedWithTheReason) {
    const auto *certificates = TestCertificates::get();
    if (!certificates)
        FAIL() << "the openssl program could not make the certificates";
    const CertificateCase &test = GetParam();
    ScriptedUpstream upstream((certificates->*test.server)());
    UpstreamClient client;
    UpstreamRequest request = getRequest(upstream.url());
    if (test.withCaFile)
        request.caFile = certificates->caFile();
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    ASSERT_TRUE(probe.failure);
    EXPECT_EQ(probe.failure->error.code, ErrorCode::TlsFailed);
    EXPECT_EQ(probe.failure->phase, UpstreamPhase::Handshake);
    EXPECT_TRUE(probe.failure->error.message.contains(QLatin1String(test.says)))
        << qPrintable(probe.failure->error.message + u" - "_s + probe.failure->error.detail);
    EXPECT_TRUE(upstream.requests().isEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, UpstreamCertificates,
    ::testing::Values(
        CertificateCase{"WrongName", &TestCertificates::wrongName, true, "another name"},
        CertificateCase{"Expired", &TestCertificates::expired, true, "has expired"},
        CertificateCase{"UnknownAuthority", &TestCertificates::unknownAuthority, true,
                        "backend's CA file"},
        CertificateCase{"NoCaFile", &TestCertificates::good, false, "name its CA file"}),
    [](const auto &info) { return std::string(info.param.name); });
