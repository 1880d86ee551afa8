#include "gateway/azure/query_text.h"
#include "gateway/azure/web_socket_url.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(WebSocketUrl, NamesTheDeploymentAsItsFamilyDoes) {
    const QByteArray v1 = "https://r.openai.azure.com/openai/v1/";
    const QByteArray dated = "https://r.openai.azure.com/openai/";
    const QString preview = u"2024-10-01-preview"_s;
    const struct {
        QString version;
        QByteArray path;
        QByteArray query;
        QByteArray url;
    } table[] = {
        {u"v1"_s, "realtime", "model=gpt-realtime", v1 + "realtime?model=my%20rt"},
        {u"v1"_s, "realtime", "", v1 + "realtime?model=my%20rt"},
        {u"v1"_s, "realtime", "api-version=1&deployment=x&intent=transcription&api-key=k",
         v1 + "realtime?model=my%20rt&intent=transcription"},
        {preview, "realtime", "model=x&api%2Dversion=1",
         dated + "realtime?api-version=2024-10-01-preview&deployment=my%20rt"},
        {u"v1"_s, "responses", "", v1 + "responses"},
        {u"v1"_s, "responses", "model=x", v1 + "responses?model=my%20rt"},
    };
    for (const auto &row : table) {
        Backend backend;
        backend.endpoint = u"r.openai.azure.com"_s;
        backend.deploymentName = u"my rt"_s;
        backend.apiVersion = row.version;
        EXPECT_EQ(webSocketUrl(backend, row.path, row.query).value(), row.url);
    }
}

TEST(WebSocketUrl, TheQueryNamesTheModel) {
    EXPECT_EQ(modelOfQuery("a=b&model=gpt%2Drealtime"), "gpt-realtime");
    EXPECT_EQ(modelOfQuery("deployment=d"), "d");
    EXPECT_EQ(modelOfQuery("model=&deployment=d"), "d");
    EXPECT_EQ(modelOfQuery("models=x"), "");
}

TEST(WebSocketUrl, ACredentialIsNoSubprotocol) {
    EXPECT_EQ(withoutCredentials("realtime, openai-insecure-api-key.sk-1,openai-beta.realtime-v1"),
              "realtime, openai-beta.realtime-v1");
    EXPECT_EQ(withoutCredentials("OpenAI-Insecure-API-Key.sk-1"), "");
}

TEST(QueryText, KeepsTheBytesOfWhatStays) {
    EXPECT_EQ(withoutParameters("a=%20&&b&API-Version=1&c=+", {"api-version"}), "a=%20&b&c=+");
    EXPECT_EQ(withoutParameters("", {"a"}), "");
    EXPECT_EQ(parameterOf("x=1&y=a%26b&y=2", "y"), "a&b");
    EXPECT_EQ(parameterOf("flag", "flag"), "");
    EXPECT_FALSE(parameterOf("flags", "flag"));
}

} // namespace
} // namespace quaygate
