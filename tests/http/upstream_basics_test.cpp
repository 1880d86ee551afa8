#include "tests/http/upstream_call_probe.h"
#include "tests/support/scripted_upstream.h"
#include "tests/support/test_certificates.h"

#include <QFile>

#include <gtest/gtest.h>

#include <vector>

using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace quaygate::test;

namespace {

Secret secretOf(const char *text) {
    return Secret(QByteArray(text));
}

QByteArray okAnswer(const QByteArray &body) {
    return "HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
           body;
}

class UpstreamBasics : public ::testing::Test {
protected:
    UpstreamBasics() {
        upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
            peer.send(okAnswer("hello"));
        };
    }

    ScriptedUpstream upstream;
    UpstreamClient client;
};

} // namespace

TEST_F(UpstreamBasics, DeliversStatusHeadersAndBody) {
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 201 Made\r\nX-One: 1\r\nset-cookie: a\r\nSET-Cookie: b\r\n"
                  "Content-Length: 5\r\nx-empty:\r\n\r\nhello");
    };
    CallProbe probe(client, getRequest(upstream.url("/a%20b/../c?d=e%2Ff")));
    EXPECT_FALSE(probe.calledFromSend);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.status, 201);
    EXPECT_EQ(probe.body, "hello");
    const HeaderList expected{{"X-One", "1"},
                              {"set-cookie", "a"},
                              {"SET-Cookie", "b"},
                              {"Content-Length", "5"},
                              {"x-empty", ""}};
    EXPECT_EQ(probe.headers, expected);
    EXPECT_TRUE(probe.inOrder);
    ASSERT_EQ(upstream.requests().size(), 1);
    EXPECT_EQ(upstream.requests().first().requestLine(), "GET /a%20b/../c?d=e%2Ff HTTP/1.1");
}

TEST_F(UpstreamBasics, SendsOnlyTheHeadersItWasGiven) {
    UpstreamRequest request = postRequest(upstream.url(), "{}");
    request.headers = {{"X-Two", "2"},
                       {"x-two", "3"},
                       {"X-Empty", ""},
                       {"Connection", "close"},
                       {"Expect", "100-continue"},
                       {"Content-Length", "77"},
                       {"Content-Type", "application/json"}};
    request.secretHeader = "api-key";
    request.secret = secretOf("very-secret");
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    const QByteArray host = "127.0.0.1:" + QByteArray::number(upstream.serverPort());
    EXPECT_EQ(upstream.requests().first().head,
              "POST / HTTP/1.1\r\nHost: " + host +
                  "\r\nX-Two: 2\r\nx-two: 3\r\nX-Empty:\r\nContent-Type: application/json\r\n"
                  "Accept-Encoding: identity\r\napi-key: very-secret\r\nContent-Length: 2\r\n\r\n");
    EXPECT_EQ(upstream.requests().first().body, "{}");
}

struct MethodCase {
    const char *method;
    const char *body;
    const char *contentLength; ///< null: no such header
};

class UpstreamMethods : public UpstreamBasics, public ::testing::WithParamInterface<MethodCase> {};

TEST_P(UpstreamMethods, SendsMethodAndBody) {
    const MethodCase &test = GetParam();
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &request) {
        peer.send(request.head.startsWith("HEAD")
                      ? QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
                      : okAnswer("hello"));
    };
    UpstreamRequest request = getRequest(upstream.url("/x"));
    request.method = test.method;
    request.body = test.body;
    CallProbe probe(client, request);
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_EQ(probe.body, request.method == "HEAD" ? "" : "hello");
    const RawRequest &seen = upstream.requests().first();
    EXPECT_EQ(seen.requestLine(), QByteArray(test.method) + " /x HTTP/1.1");
    EXPECT_EQ(seen.header("Content-Length"), QByteArray(test.contentLength));
    EXPECT_EQ(seen.body, test.body);
    EXPECT_EQ(seen.headerCount("Content-Type"), 0);
    EXPECT_EQ(seen.headerCount("Transfer-Encoding"), 0);
}

INSTANTIATE_TEST_SUITE_P(
    All, UpstreamMethods,
    ::testing::Values(MethodCase{"GET", "", nullptr}, MethodCase{"GET", "abc", "3"},
                      MethodCase{"HEAD", "", nullptr}, MethodCase{"POST", "", "0"},
                      MethodCase{"POST", "abc", "3"}, MethodCase{"PUT", "abc", "3"},
                      MethodCase{"PUT", "", "0"}, MethodCase{"PATCH", "abc", "3"},
                      MethodCase{"DELETE", "", nullptr}, MethodCase{"DELETE", "abc", "3"},
                      MethodCase{"OPTIONS", "", nullptr}));

TEST_F(UpstreamBasics, ReusesAHandleForAnotherMethodWithoutTraces) {
    UpstreamRequest post = postRequest(upstream.url(), "abc");
    post.secretHeader = "api-key";
    post.secret = secretOf("very-secret");
    CallProbe first(client, post);
    ASSERT_TRUE(first.waitForEnd());
    CallProbe second(client, getRequest(upstream.url("/second")));
    ASSERT_TRUE(second.waitForEnd());
    const RawRequest &seen = upstream.requests().at(1);
    EXPECT_EQ(seen.requestLine(), "GET /second HTTP/1.1");
    EXPECT_EQ(seen.headerCount("api-key"), 0);
    EXPECT_EQ(seen.headerCount("Content-Length"), 0);
    EXPECT_EQ(upstream.accepted(), 1);
}

TEST_F(UpstreamBasics, SendsALargeBodyWhole) {
    QByteArray body(10 * 1024 * 1024, 'x');
    body.replace(5'000'000, 4, "here");
    CallProbe probe(client, postRequest(upstream.url(), body));
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_TRUE(upstream.requests().first().body == body);
    EXPECT_EQ(upstream.requests().first().headerCount("Expect"), 0);
}

TEST_F(UpstreamBasics, HandsOnStreamedPiecesAsTheyCome) {
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6\r\none..!\r\n");
    };
    CallProbe probe(client, getRequest(upstream.url()));
    ASSERT_TRUE(waitUntil([&] { return probe.body == "one..!"; }));
    EXPECT_FALSE(probe.ended);
    upstream.peer(0).send("3\r\ntwo\r\n");
    ASSERT_TRUE(waitUntil([&] { return probe.body == "one..!two"; }));
    upstream.peer(0).send("0\r\nX-Trailer: dropped\r\n\r\n");
    ASSERT_TRUE(probe.waitForEnd());
    EXPECT_FALSE(probe.failure);
    EXPECT_FALSE(probe.headers.contains("X-Trailer"));
}

TEST_F(UpstreamBasics, ManyAtOnceComeBackEachWithItsOwn) {
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &request) {
        peer.send(okAnswer(request.requestLine()));
    };
    std::vector<std::unique_ptr<CallProbe>> probes;
    for (int i = 0; i < 300; ++i)
        probes.push_back(std::make_unique<CallProbe>(
            client, getRequest(upstream.url("/" + QByteArray::number(i)))));
    for (int i = 0; i < 300; ++i) {
        ASSERT_TRUE(probes[size_t(i)]->waitForEnd());
        EXPECT_EQ(probes[size_t(i)]->body, "GET /" + QByteArray::number(i) + " HTTP/1.1");
    }
    EXPECT_LE(upstream.accepted(), 300);
}

TEST_F(UpstreamBasics, OneAfterTheOtherShareAConnection) {
    for (int i = 0; i < 5; ++i) {
        CallProbe probe(client, postRequest(upstream.url(), "{}"));
        ASSERT_TRUE(probe.waitForEnd());
    }
    EXPECT_EQ(upstream.accepted(), 1);
}

TEST_F(UpstreamBasics, FollowsNoRedirectAndKeepsNoCookie) {
    upstream.onRequest = [this](UpstreamPeer &peer, const RawRequest &) {
        peer.send("HTTP/1.1 302 Found\r\nLocation: " + upstream.url("/other") +
                  "\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n");
    };
    for (int i = 0; i < 2; ++i) {
        CallProbe probe(client, getRequest(upstream.url()));
        ASSERT_TRUE(probe.waitForEnd());
        EXPECT_EQ(probe.status, 302);
    }
    ASSERT_EQ(upstream.requests().size(), 2);
    EXPECT_EQ(upstream.requests().at(1).headerCount("Cookie"), 0);
}

TEST(UpstreamTls, TrustsTheCaFileBesideTheSystems) {
    const auto *certificates = TestCertificates::get();
    if (!certificates)
        FAIL() << "the openssl program could not make the certificates";
    ScriptedUpstream upstream(certificates->good());
    upstream.onRequest = [](UpstreamPeer &peer, const RawRequest &) {
        peer.send(okAnswer("hello"));
    };
    UpstreamClient client;
    for (int i = 0; i < 2; ++i) {
        UpstreamRequest request = getRequest(upstream.url());
        request.caFile = certificates->caFile();
        CallProbe probe(client, request);
        ASSERT_TRUE(probe.waitForEnd());
        EXPECT_FALSE(probe.failure) << qPrintable(probe.failure->error.detail);
        EXPECT_EQ(probe.body, "hello");
    }
    EXPECT_EQ(upstream.accepted(), 1);
}

TEST_F(UpstreamBasics, CallbacksMayDestroyTheirCallAndTheClient) {
    auto own = std::make_unique<UpstreamClient>();
    CallProbe inHead(*own, getRequest(upstream.url()));
    inHead.onHead = [&] { inHead.call.reset(); };
    ASSERT_TRUE(waitUntil([&] { return inHead.heads == 1; }));

    CallProbe inBody(*own, getRequest(upstream.url()));
    CallProbe other(*own, getRequest(upstream.url()));
    inBody.onBody = [&] { own.reset(); };
    ASSERT_TRUE(waitUntil([&] { return own == nullptr; }));
    EXPECT_FALSE(inHead.ended);
    EXPECT_FALSE(inBody.ended);
    // Calls that outlive the client do nothing any more.
    other.call->pause();
    other.call->resume();
    other.call.reset();
}

TEST_F(UpstreamBasics, ACallbackMaySendTheNextRequest) {
    std::unique_ptr<CallProbe> second;
    CallProbe first(client, getRequest(upstream.url()));
    first.onEnd = [&] {
        second = std::make_unique<CallProbe>(client, getRequest(upstream.url("/2")));
    };
    ASSERT_TRUE(waitUntil([&] { return second && second->ended; }));
    EXPECT_EQ(second->body, "hello");
    EXPECT_FALSE(second->calledFromSend);
    EXPECT_EQ(upstream.accepted(), 1);
}
