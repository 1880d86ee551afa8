#include "app/demo_config.h"
#include "gateway/config/validate.h"
#include "gateway/gateway.h"
#include "tests/e2e/http_call.h"

#include <QJsonArray>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

TEST(Demo, HasNothingWrong) {
    EXPECT_EQ(describe(validate(demoConfig())), QString());
}

TEST(Demo, ShowsEveryDoor) {
    Config config = demoConfig();
    config.gateway.port = 0;
    Gateway gateway([](const Auth &, SecretStore::ReadDone done) { done(Secret()); });
    gateway.apply(std::make_shared<const Config>(config));
    gateway.start();
    ASSERT_TRUE(waitUntil([&] { return gateway.state() == Gateway::State::Running; }));

    const QByteArray hello = R"("messages":[{"role":"user","content":"Ahoy"}])";
    const struct {
        QByteArray target;
        QByteArray body;
        QByteArray part; ///< of the answer
    } table[] = {
        {"/azure-openai", R"({"model":"",)" + hello + '}', "Ahoy"},
        {"/v1/chat/completions", R"({"model":"fast",)" + hello + '}', "Ahoy"},
        {"/v1/chat/completions", R"({"model":"gpt-5-codex",)" + hello + '}', "Ahoy"},
        {"/openai/deployments/gpt-4.1-mini/chat/completions?api-version=2024-10-21",
         '{' + hello + '}', "Ahoy"},
        {"/v1/responses", R"({"model":"gpt-4.1-mini","input":"Ahoy"})", "Ahoy"},
        {"/v1/responses", R"({"model":"gpt-35-turbo","input":"Ahoy"})", "Ahoy"},
        {"/v1/embeddings", R"({"model":"text-embedding-3-small","input":"Ahoy"})", "embedding"},
        {"/v1/images/generations", R"({"model":"gpt-image-1","prompt":"Ahoy"})", "iVBOR"},
        {"/v1/audio/speech",
         R"({"model":"gpt-4o-mini-tts","voice":"alloy","input":"Ahoy","response_format":"wav"})",
         "WAVE"},
        {"/v1/messages", R"({"model":"fast","max_tokens":99,)" + hello + '}', "Ahoy"},
        {"/v1/messages", R"({"model":"claude-sonnet-4-5","max_tokens":99,)" + hello + '}', "Ahoy"},
    };
    for (const auto &row : table) {
        const HttpAnswer answer =
            call(gateway.port(), post(row.target, row.body, "anthropic-version: 2023-06-01\r\n"));
        EXPECT_EQ(answer.status, 200) << row.target.toStdString() << answer.body.toStdString();
        EXPECT_TRUE(answer.body.contains(row.part)) << row.target.toStdString();
    }
    const HttpAnswer models = call(gateway.port(), "GET /v1/models HTTP/1.1\r\nHost: localhost\r\n"
                                                   "Connection: close\r\n\r\n");
    EXPECT_EQ(models.json()["data"_L1].toArray().size(), config.backends.size() + 1);
}

} // namespace quaygate::test
