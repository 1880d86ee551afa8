#include "gateway/gateway.h"
#include "gateway/http/http_server.h"
#include "tests/e2e/http_call.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate::test;

namespace quaygate {
namespace {

/// What arrives at an upstream that says yes to everything.
class Operations : public ::testing::Test {
protected:
    void SetUp() override {
        const auto port = upstream.listen({QHostAddress(QHostAddress::LocalHost)}, 0);
        ASSERT_TRUE(port);
        config.gateway.port = 0;
        for (const QString &version : {u"v1"_s, u"2025-04-01-preview"_s}) {
            Backend backend;
            backend.name = version;
            backend.endpoint = u"http://127.0.0.1:%1"_s.arg(*port);
            backend.deploymentName = u"mine"_s;
            backend.apiVersion = version;
            backend.auth.kind = Auth::Kind::None;
            config.backends.append(backend);
            const QString prefix = version == u"v1"_s ? u"/a"_s : u"/b"_s;
            config.routes.append({version, {prefix, {}}, {{version, {}}}, {}});
        }
        gateway.apply(std::make_shared<const Config>(config));
        gateway.start();
        ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));
    }

    /// The request that arrived, as "METHOD target".
    QByteArray send(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                    const QByteArray &type = "application/json") {
        arrived = {};
        const HttpAnswer answer =
            call(gateway.port(), method + ' ' + target + " HTTP/1.1\r\nHost: localhost\r\n" +
                                     "Content-Type: " + type + "\r\nConnection: close\r\n" +
                                     "Content-Length: " + QByteArray::number(body.size()) +
                                     "\r\n\r\n" + body);
        EXPECT_EQ(answer.status, 200) << answer.body.toStdString();
        EXPECT_EQ(answer.body, answered);
        return arrived.method + ' ' + arrived.target;
    }

    HttpRequest arrived;
    const QByteArray answered = "\xff\x00 any bytes"_ba;
    HttpServer upstream{[this](const ExchangePtr &exchange) {
        arrived = exchange->request();
        exchange->respond(200, {{"Content-Type", "audio/mpeg"}}, answered);
    }};
    Config config;
    Gateway gateway{[](const Auth &, SecretStore::ReadDone) {}};
};

TEST_F(Operations, GoToTheRightUrlOfBothFamilies) {
    EXPECT_EQ(send("POST", "/a/v1/responses", R"({"model":"x"})"), "POST /openai/v1/responses");
    EXPECT_EQ(arrived.body, R"({"model":"mine"})");
    EXPECT_EQ(send("POST", "/b/openai/responses?api-version=1", R"({"input":"Hi"})"),
              "POST /openai/responses?api-version=2025-04-01-preview");
    EXPECT_TRUE(arrived.body.contains(R"("model":"mine")"));
    EXPECT_EQ(send("POST", "/b/v1/audio/speech", R"({"model":"x","input":"Hi"})"),
              "POST /openai/deployments/mine/audio/speech?api-version=2025-04-01-preview");
    EXPECT_EQ(arrived.body, R"({"model":"x","input":"Hi"})");
    EXPECT_EQ(send("POST", "/a/openai/deployments/x/images/generations?api-version=1", "{}"),
              "POST /openai/v1/images/generations");
}

TEST_F(Operations, WithAFormNameTheDeploymentInIt) {
    const QByteArray type = "multipart/form-data; boundary=b";
    const QByteArray file = "--b\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n"
                            "\x00\x01\r\n\r\n--\xff\r\n"_ba;
    const QByteArray model = "--b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\n";
    const QByteArray form = model + "whisper-1\r\n" + file + "--b--\r\n";
    EXPECT_EQ(send("POST", "/a/v1/audio/transcriptions", form, type),
              "POST /openai/v1/audio/transcriptions");
    EXPECT_EQ(arrived.body, model + "mine\r\n" + file + "--b--\r\n");
    EXPECT_EQ(arrived.headers.value("Content-Type"), type);
    send("POST", "/b/v1/audio/transcriptions", form, type);
    EXPECT_EQ(arrived.body, form);
}

TEST_F(Operations, ThatNobodyKnowsPassAsTheyAre) {
    EXPECT_EQ(send("GET", "/a/v1/responses/resp_1/input_items?limit=2"),
              "GET /openai/v1/responses/resp_1/input_items?limit=2");
    EXPECT_TRUE(arrived.body.isEmpty());
    EXPECT_EQ(send("DELETE", "/b/openai/files/f-1?api-version=2024-10-21"),
              "DELETE /openai/files/f-1?api-version=2025-04-01-preview");
    EXPECT_EQ(send("POST", "/a/v1/files", "--b--", "multipart/form-data; boundary=b"),
              "POST /openai/v1/files");
    EXPECT_EQ(arrived.body, "--b--");
    EXPECT_EQ(send("POST", "/a/v1/batches", R"({"model":"x"})"), "POST /openai/v1/batches");
    EXPECT_EQ(arrived.body, R"({"model":"x"})");
}

} // namespace
} // namespace quaygate
