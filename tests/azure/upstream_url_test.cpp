#include "gateway/azure/address.h"
#include "gateway/azure/upstream_url.h"

#include <gtest/gtest.h>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

Backend backend(const char *endpoint, const char *deployment, const char *version) {
    Backend result;
    result.name = u"b"_s;
    result.endpoint = QString::fromUtf8(endpoint);
    result.deploymentName = QString::fromUtf8(deployment);
    result.apiVersion = QString::fromUtf8(version);
    return result;
}

struct Case {
    const char *endpoint;
    const char *deployment;
    const char *version;
    const char *chat;
};

std::ostream &operator<<(std::ostream &out, const Case &one) {
    return out << one.chat;
}

class UpstreamUrl : public testing::TestWithParam<Case> {};

TEST_P(UpstreamUrl, OfChat) {
    const Case &one = GetParam();
    const auto url =
        upstreamUrl(backend(one.endpoint, one.deployment, one.version), Operation::ChatCompletions);
    ASSERT_TRUE(url) << url.error().message.toStdString();
    EXPECT_EQ(url->toStdString(), one.chat);
}

const Case cases[] = {
    {"r.openai.azure.com", "d", "", "https://r.openai.azure.com/openai/v1/chat/completions"},
    {"r.openai.azure.com", "", "v1", "https://r.openai.azure.com/openai/v1/chat/completions"},
    {"r.openai.azure.com", "d", "preview",
     "https://r.openai.azure.com/openai/v1/chat/completions?api-version=preview"},
    {"r.openai.azure.com", "gpt-4.1-mini", "2025-01-01-preview",
     "https://r.openai.azure.com/openai/deployments/gpt-4.1-mini/chat/"
     "completions?api-version=2025-01-01-preview"},
    {"https://r.openai.azure.com/", "d", "2024-10-21",
     "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21"},
    {"r.openai.azure.com:8443", "d", "v1",
     "https://r.openai.azure.com:8443/openai/v1/chat/completions"},
    {"http://127.0.0.1:9000", "d", "v1", "http://127.0.0.1:9000/openai/v1/chat/completions"},
    {"http://[::1]:9000", "d", "2024-10-21",
     "http://[::1]:9000/openai/deployments/d/chat/completions?api-version=2024-10-21"},
    // Names that need encoding.
    {"r.openai.azure.com", "a b/c?d#e%f", "2024-10-21",
     "https://r.openai.azure.com/openai/deployments/a%20b%2Fc%3Fd%23e%25f/chat/"
     "completions?api-version=2024-10-21"},
    {"r.openai.azure.com", "\u00E4.-_~", "2024-10-21",
     "https://r.openai.azure.com/openai/deployments/%C3%A4.-_~/chat/"
     "completions?api-version=2024-10-21"},
    {"r.openai.azure.com", "d", "2024-10-21&api-version=x",
     "https://r.openai.azure.com/openai/deployments/d/chat/"
     "completions?api-version=2024-10-21%26api-version%3Dx"},
    // Fronts: the prefix is used as it is.
    {"https://corp.azure-api.net/team", "d", "2024-10-21",
     "https://corp.azure-api.net/team/deployments/d/chat/completions?api-version=2024-10-21"},
    {"https://corp.azure-api.net/team", "d", "v1",
     "https://corp.azure-api.net/team/v1/chat/completions"},
    {"https://corp.azure-api.net/team/openai", "d", "2024-10-21",
     "https://corp.azure-api.net/team/openai/deployments/d/chat/"
     "completions?api-version=2024-10-21"},
    {"https://corp.azure-api.net/team/openai", "d", "preview",
     "https://corp.azure-api.net/team/openai/v1/chat/completions?api-version=preview"},
    // Typed by hand: with the family's own segments.
    {"https://r.openai.azure.com/openai", "d", "v1",
     "https://r.openai.azure.com/openai/v1/chat/completions"},
    {"https://r.openai.azure.com/openai/v1", "d", "v1",
     "https://r.openai.azure.com/openai/v1/chat/completions"},
    {"https://r.openai.azure.com/openai/v1/", "d", "2024-10-21",
     "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21"},
    {"https://proxy.corp.example/v1", "d", "v1", "https://proxy.corp.example/v1/chat/completions"},
    // A project.
    {"https://r.services.ai.azure.com/api/projects/p", "d", "v1",
     "https://r.services.ai.azure.com/api/projects/p/openai/v1/chat/completions"},
};
INSTANTIATE_TEST_SUITE_P(Cases, UpstreamUrl, testing::ValuesIn(cases));

TEST(UpstreamUrl, OfEmbeddings) {
    EXPECT_EQ(upstreamUrl(backend("r.openai.azure.com", "e", "v1"), Operation::Embeddings).value(),
              "https://r.openai.azure.com/openai/v1/embeddings"_ba);
    EXPECT_EQ(
        upstreamUrl(backend("r.openai.azure.com", "e", "2024-10-21"), Operation::Embeddings)
            .value(),
        "https://r.openai.azure.com/openai/deployments/e/embeddings?api-version=2024-10-21"_ba);
}

TEST(UpstreamUrl, FailsWhereThereIsNone) {
    const auto code = [](const Backend &b) {
        const auto url = upstreamUrl(b, Operation::ChatCompletions);
        return url ? ErrorCode::Internal : url.error().code;
    };
    EXPECT_EQ(code(backend("", "d", "v1")), ErrorCode::InvalidAddress);
    EXPECT_EQ(code(backend("simulator:", "d", "v1")), ErrorCode::InvalidAddress);
    EXPECT_EQ(code(backend("ftp://r", "d", "v1")), ErrorCode::InvalidAddress);
    EXPECT_EQ(code(backend("http://r.example", "d", "v1")), ErrorCode::InvalidAddress);
    EXPECT_EQ(code(backend("r.openai.azure.com", "", "2024-10-21")), ErrorCode::ConfigInvalid);
    EXPECT_EQ(code(backend("https://r.services.ai.azure.com/api/projects/p", "d", "2024-10-21")),
              ErrorCode::ConfigInvalid);
    EXPECT_EQ(code(backend("r.openai.azure.com", "..", "2024-10-21")), ErrorCode::ConfigInvalid);
}

TEST(UpstreamUrl, TellsWhereTheDeploymentIs) {
    constexpr auto chat = Operation::ChatCompletions;
    EXPECT_TRUE(deploymentInPath(backend("r", "d", "2024-10-21"), chat));
    EXPECT_FALSE(deploymentInPath(backend("r", "d", "2025-04-01-preview"), Operation::Responses));
    EXPECT_FALSE(deploymentInPath(backend("r", "d", ""), chat));
    EXPECT_FALSE(deploymentInPath(backend("r", "d", "v1"), chat));
    EXPECT_FALSE(deploymentInPath(backend("r", "d", "preview"), chat));
}

struct PassedThrough {
    const char *endpoint;
    const char *version;
    const char *path;
    const char *query;
    const char *url;
};

TEST(UpstreamUrl, OfAnythingElse) {
    const PassedThrough table[] = {
        {"r.openai.azure.com", "v1", "responses/resp_1/input_items", "limit=2&order=asc",
         "https://r.openai.azure.com/openai/v1/responses/resp_1/input_items?limit=2&order=asc"},
        {"r.openai.azure.com", "preview", "files", "api-version=2024-10-21",
         "https://r.openai.azure.com/openai/v1/files?api-version=preview"},
        {"r.openai.azure.com", "2024-10-21", "files/a%20b/content", "",
         "https://r.openai.azure.com/openai/files/a%20b/content?api-version=2024-10-21"},
        {"r.openai.azure.com", "2025-04-01-preview", "batches",
         "after=x&API-Version=1&api%2Dversion=2&&limit=1",
         "https://r.openai.azure.com/openai/"
         "batches?api-version=2025-04-01-preview&after=x&limit=1"},
        {"https://corp.azure-api.net/ai", "v1", "files", "a",
         "https://corp.azure-api.net/ai/v1/files?a"},
        {"https://r.services.ai.azure.com/api/projects/p", "v1", "conversations", "",
         "https://r.services.ai.azure.com/api/projects/p/openai/v1/conversations"},
    };
    for (const PassedThrough &one : table)
        EXPECT_EQ(upstreamUrl(backend(one.endpoint, "d", one.version), one.path, one.query).value(),
                  QByteArray(one.url));
}

TEST(UpstreamUrl, OfEveryOperation) {
    for (const OperationInfo &info : operationTable) {
        const QByteArray path(info.path.data(), info.path.size());
        EXPECT_EQ(upstreamUrl(backend("r.openai.azure.com", "d", "v1"), info.operation).value(),
                  "https://r.openai.azure.com/openai/v1/" + path);
        const QByteArray deployment = info.deploymentInPath ? "deployments/d/" : "";
        EXPECT_EQ(
            upstreamUrl(backend("r.openai.azure.com", "d", "2025-04-01-preview"), info.operation)
                .value(),
            "https://r.openai.azure.com/openai/" + deployment + path +
                "?api-version=2025-04-01-preview");
    }
}

/// The URL of the backend, read again, must name the same backend.
void expectReadsBack(const Backend &original, const OperationInfo &row) {
    const auto url = upstreamUrl(original, row.operation);
    ASSERT_TRUE(url) << url.error().message.toStdString();
    SCOPED_TRACE(url->toStdString());
    const auto address = parseAddress(QString::fromLatin1(*url));
    ASSERT_TRUE(address) << address.error().message.toStdString();
    EXPECT_EQ(address->endpoint.toStdString(), original.endpoint.toStdString());
    EXPECT_EQ(address->apiVersion.toStdString(), original.apiVersion.toStdString());
    EXPECT_EQ(address->operation, row.path);
    EXPECT_LE(url->count("api-version"), 1);
    const QString inPath =
        deploymentInPath(original, row.operation) ? original.deploymentName : QString();
    EXPECT_EQ(address->deploymentName.toStdString(), inPath.toStdString());
}

TEST(UpstreamUrl, ReadsBackAsTheBackend) {
    const char *endpoints[] = {
        "r.openai.azure.com",
        "r.cognitiveservices.azure.us",
        "https://r.openai.azure.com:8443",
        "corp.azure-api.net",
        "https://corp.azure-api.net/team",
        "https://corp.azure-api.net/team/openai",
        "https://corp.azure-api.net/a%20b/c%2Fd/openai",
        "https://corp.azure-api.net/openai/openai",
        "http://127.0.0.1:9000",
        "http://localhost:9000/prefix/openai",
        "https://[::1]:8443",
        "[::1]",
    };
    const char *deployments[] = {"d",      "gpt-4.1-mini", "deployments", "v1",    "openai",
                                 "models", "chat",         "a b%2F/c",    "\u00E4"};
    const char *versions[] = {"v1", "preview", "2024-10-21", "2025-04-01-preview"};
    for (const char *endpoint : endpoints) {
        for (const char *deployment : deployments) {
            for (const char *version : versions) {
                for (const OperationInfo &row : operationTable)
                    expectReadsBack(backend(endpoint, deployment, version), row);
            }
        }
    }
}

TEST(UpstreamUrl, ReadsBackWhereOnlyV1Is) {
    for (const char *endpoint :
         {"https://r.services.ai.azure.com/api/projects/p", "https://proxy.corp.example/v1"}) {
        for (const char *version : {"v1", "preview"})
            expectReadsBack(backend(endpoint, "d", version), operationTable[0]);
    }
}

TEST(Operations, AreFoundByPath) {
    EXPECT_EQ(operationOfPath(u"chat/completions"), Operation::ChatCompletions);
    EXPECT_EQ(operationOfPath(u"Embeddings"), Operation::Embeddings);
    EXPECT_EQ(operationOfPath(u"completions"), Operation::Completions);
    EXPECT_EQ(operationOfPath(u"responses/resp_1"), std::nullopt);
    EXPECT_EQ(operationOfPath(u""), std::nullopt);
}

} // namespace

} // namespace quaygate
