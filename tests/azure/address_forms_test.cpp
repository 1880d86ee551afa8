#include "gateway/azure/address.h"

#include <gtest/gtest.h>

/// Every form in which the portal, a code sample or a person gives an address.
namespace quaygate {

namespace {

struct Form {
    const char *text;
    const char *endpoint;
    const char *deployment;
    const char *version;
    const char *operation;
    /// Words that one of the warnings must hold; empty: no warning at all.
    const char *warning = "";
};

std::ostream &operator<<(std::ostream &out, const Form &form) {
    return out << form.text;
}

class AddressForm : public testing::TestWithParam<Form> {};

TEST_P(AddressForm, IsRead) {
    const Form &form = GetParam();
    const Result<AzureAddress> address = parseAddress(QString::fromUtf8(form.text));
    ASSERT_TRUE(address) << address.error().message.toStdString();
    EXPECT_EQ(address->endpoint.toStdString(), form.endpoint);
    EXPECT_EQ(address->deploymentName.toStdString(), form.deployment);
    EXPECT_EQ(address->apiVersion.toStdString(), form.version);
    EXPECT_EQ(address->operation.toStdString(), form.operation);
    EXPECT_TRUE(address->key.isEmpty());
    const std::string warnings = address->warnings.join(u'\n').toStdString();
    if (std::string(form.warning).empty())
        EXPECT_EQ(warnings, "");
    else
        EXPECT_NE(warnings.find(form.warning), std::string::npos) << "warnings: " << warnings;
}

constexpr auto notServed = "does not serve";

const Form azureForms[] = {
    // Resource endpoints.
    {"https://r.openai.azure.com/", "r.openai.azure.com", "", "", ""},
    {"https://r.openai.azure.com", "r.openai.azure.com", "", "", ""},
    {"https://r.cognitiveservices.azure.com/", "r.cognitiveservices.azure.com", "", "", ""},
    {"https://r.services.ai.azure.com/", "r.services.ai.azure.com", "", "", ""},
    {"https://eastus.api.cognitive.microsoft.com/", "eastus.api.cognitive.microsoft.com", "", "",
     ""},
    {"https://r.openai.azure.us/", "r.openai.azure.us", "", "", ""},
    {"https://r.openai.azure.cn/openai/v1", "r.openai.azure.cn", "", "v1", ""},
    {"https://r.openai.azure.com/?api-version=2024-06-01", "r.openai.azure.com", "", "2024-06-01",
     ""},
    {"https://r.openai.azure.com/openai", "r.openai.azure.com", "", "", ""},
    {"https://r.openai.azure.com/openai/", "r.openai.azure.com", "", "", ""},
    {"https://r.openai.azure.com/openai/deployments?api-version=2023-03-15-preview",
     "r.openai.azure.com", "", "2023-03-15-preview", ""},
    {"r.openai.azure.com", "r.openai.azure.com", "", "", ""},
    {"r", "r.openai.azure.com", "", "", "", "assumed"},
    {"my-resource-2", "my-resource-2.openai.azure.com", "", "", "", "assumed"},
    {"r.privatelink.openai.azure.com", "r.openai.azure.com", "", "", "", "private link"},
    {"simulator:", "simulator:", "", "", ""},

    // The dated deployments family.
    {"https://r.openai.azure.com/openai/deployments/gpt-4o/chat/"
     "completions?api-version=2025-01-01-preview",
     "r.openai.azure.com", "gpt-4o", "2025-01-01-preview", "chat/completions"},
    {"https://r.cognitiveservices.azure.com/openai/deployments/gpt-4o/chat/"
     "completions?api-version=2024-05-01-preview",
     "r.cognitiveservices.azure.com", "gpt-4o", "2024-05-01-preview", "chat/completions"},
    {"https://r.cognitiveservices.azure.com/openai/deployments/gpt-4o",
     "r.cognitiveservices.azure.com", "gpt-4o", "2024-10-21", "", "2024-10-21 was assumed"},
    {"https://r.openai.azure.com/openai/deployments/emb/embeddings?api-version=2023-05-15",
     "r.openai.azure.com", "emb", "2023-05-15", "embeddings"},
    {"https://r.cognitiveservices.azure.com/openai/deployments/whisper/audio/"
     "translations?api-version=2024-06-01",
     "r.cognitiveservices.azure.com", "whisper", "2024-06-01", "audio/translations"},
    {"https://r.cognitiveservices.azure.com/openai/deployments/tts/audio/"
     "speech?api-version=2025-03-01-preview",
     "r.cognitiveservices.azure.com", "tts", "2025-03-01-preview", "audio/speech"},
    {"https://r.cognitiveservices.azure.com/openai/deployments/gpt-image-1/images/"
     "generations?api-version=2025-04-01-preview",
     "r.cognitiveservices.azure.com", "gpt-image-1", "2025-04-01-preview", "images/generations"},
    {"r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
     "r.openai.azure.com", "d", "2024-10-21", "chat/completions"},
    {"https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=preview",
     "r.openai.azure.com", "d", "preview", "chat/completions", "belongs to the v1 API"},

    // The dated family without a deployment in the path.
    {"https://r.cognitiveservices.azure.com/openai/responses?api-version=2025-04-01-preview",
     "r.cognitiveservices.azure.com", "", "2025-04-01-preview", "responses"},
    {"https://r.openai.azure.com/openai/models?api-version=2024-10-21", "r.openai.azure.com", "",
     "2024-10-21", "models"},
    {"https://r.openai.azure.com/openai/fine_tuning/jobs?api-version=2024-10-21",
     "r.openai.azure.com", "", "2024-10-21", "fine_tuning/jobs"},
    {"https://r.openai.azure.com/openai/realtime?api-version=2024-10-01-preview&deployment=rt",
     "r.openai.azure.com", "rt", "2024-10-01-preview", "realtime", notServed},
    {"wss://r.openai.azure.com/openai/realtime?api-version=2024-10-01-preview&deployment=rt",
     "r.openai.azure.com", "rt", "2024-10-01-preview", "realtime", notServed},

    // v1.
    {"https://r.openai.azure.com/openai/v1/", "r.openai.azure.com", "", "v1", ""},
    {"https://r.openai.azure.com/openai/v1", "r.openai.azure.com", "", "v1", ""},
    {"https://r.openai.azure.com/openai/v1/chat/completions", "r.openai.azure.com", "", "v1",
     "chat/completions"},
    {"https://r.openai.azure.com/openai/v1/responses", "r.openai.azure.com", "", "v1", "responses"},
    {"https://r.openai.azure.com/openai/v1/models", "r.openai.azure.com", "", "v1", "models"},
    {"https://r.services.ai.azure.com/openai/v1/", "r.services.ai.azure.com", "", "v1", ""},
    {"https://r.services.ai.azure.com/openai/v1/embeddings", "r.services.ai.azure.com", "", "v1",
     "embeddings"},
    {"https://r.openai.azure.com/openai/v1/chat/completions?api-version=preview",
     "r.openai.azure.com", "", "preview", "chat/completions"},
    {"https://r.openai.azure.com/openai/v1/chat/completions?api-version=v1", "r.openai.azure.com",
     "", "v1", "chat/completions"},
    {"https://r.openai.azure.com/openai/v1/chat/completions?api-version=2024-10-21",
     "r.openai.azure.com", "", "v1", "chat/completions", "2024-10-21 was dropped"},
    {"wss://r.openai.azure.com/openai/v1/realtime?model=rt", "r.openai.azure.com", "rt", "v1",
     "realtime", notServed},
    {"https://r.openai.azure.com/v1/chat/completions", "r.openai.azure.com", "", "v1",
     "chat/completions", "under /openai/v1"},

    // The Model Inference API.
    {"https://r.services.ai.azure.com/models", "r.services.ai.azure.com", "", "v1", "", "retired"},
    {"https://r.services.ai.azure.com/models/chat/completions?api-version=2024-05-01-preview",
     "r.services.ai.azure.com", "", "v1", "chat/completions", "retired"},
    {"https://r.services.ai.azure.com/models/embeddings?api-version=2024-05-01-preview",
     "r.services.ai.azure.com", "", "v1", "embeddings", "retired"},

    // Projects.
    {"https://r.services.ai.azure.com/api/projects/p",
     "https://r.services.ai.azure.com/api/projects/p", "", "v1", ""},
    {"https://r.services.ai.azure.com/api/projects/p/openai/v1",
     "https://r.services.ai.azure.com/api/projects/p", "", "v1", ""},
    {"https://r.services.ai.azure.com/api/projects/p/openai/v1/responses",
     "https://r.services.ai.azure.com/api/projects/p", "", "v1", "responses"},
    {"https://r.services.ai.azure.com/api/projects/my%20p/openai/v1/chat/completions",
     "https://r.services.ai.azure.com/api/projects/my%20p", "", "v1", "chat/completions"},
    {"https://r.services.ai.azure.com/api/projects/p/openai/v1/embeddings",
     "https://r.services.ai.azure.com/api/projects/p", "", "v1", "embeddings",
     "does not serve embeddings"},
    {"https://r.services.ai.azure.com/api/projects/p/agents/a/endpoint/protocols/openai/"
     "responses?api-version=2025-11-15",
     "https://r.services.ai.azure.com/api/projects/p", "", "v1",
     "agents/a/endpoint/protocols/openai/responses", "an agent"},

    // Recognised, and of no use here.
    {"https://r.services.ai.azure.com/anthropic/v1/messages", "r.services.ai.azure.com", "", "",
     "anthropic/v1/messages", "Anthropic protocol"},
    {"https://r.cognitiveservices.azure.com/speechtotext/"
     "transcriptions:transcribe?api-version=2025-10-15",
     "r.cognitiveservices.azure.com", "", "", "speechtotext/transcriptions:transcribe",
     "Speech service"},
};
INSTANTIATE_TEST_SUITE_P(Azure, AddressForm, testing::ValuesIn(azureForms));

const Form frontForms[] = {
    {"https://corp.azure-api.net/prefix/deployments/d/chat/completions?api-version=2024-10-21",
     "https://corp.azure-api.net/prefix", "d", "2024-10-21", "chat/completions"},
    {"https://corp.azure-api.net/prefix/openai/deployments/d/chat/"
     "completions?api-version=2024-10-21",
     "https://corp.azure-api.net/prefix/openai", "d", "2024-10-21", "chat/completions"},
    {"https://corp.azure-api.net/prefix/openai/v1/chat/completions",
     "https://corp.azure-api.net/prefix/openai", "", "v1", "chat/completions"},
    {"https://corp.azure-api.net/prefix/openai", "https://corp.azure-api.net/prefix/openai", "", "",
     ""},
    {"https://corp.azure-api.net/prefix/openai/responses?api-version=2025-04-01-preview",
     "https://corp.azure-api.net/prefix/openai", "", "2025-04-01-preview", "responses"},
    {"https://corp.azure-api.net/a/b%2Fc/openai/v1", "https://corp.azure-api.net/a/b%2Fc/openai",
     "", "v1", ""},
    {"https://corp.azure-api.net/openai/deployments/d/chat/completions?api-version=2024-10-21",
     "corp.azure-api.net", "d", "2024-10-21", "chat/completions"},
    {"https://corp.azure-api.net/deployments/d/chat/completions?api-version=2024-10-21",
     "corp.azure-api.net", "d", "2024-10-21", "chat/completions", "always adds it"},
    {"https://corp.azure-api.net/prefix", "https://corp.azure-api.net/prefix", "", "", "",
     "kept as a prefix"},
    {"https://corp.azure-api.net/prefix/chat/completions", "https://corp.azure-api.net/prefix", "",
     "", "chat/completions", "kept as a prefix"},
    {"https://ai.corp.example:8443/openai/v1/", "https://ai.corp.example:8443", "", "v1", ""},
    {"https://proxy.corp.example/v1/chat/completions", "https://proxy.corp.example/v1", "", "v1",
     "chat/completions"},
    {"https://proxy.corp.example/team/v1/embeddings", "https://proxy.corp.example/team", "", "v1",
     "embeddings"},
    {"https://ep.eastus.models.ai.azure.com/v1/chat/completions",
     "https://ep.eastus.models.ai.azure.com/v1", "", "v1", "chat/completions", "bearer token"},
    {"http://127.0.0.1:8080/azure-openai/openai/v1", "http://127.0.0.1:8080/azure-openai/openai",
     "", "v1", ""},
    {"http://localhost:9000/", "http://localhost:9000", "", "", ""},
    {"localhost:9000", "https://localhost:9000", "", "", ""},
    {"corp.azure-api.net:8443/prefix/openai", "https://corp.azure-api.net:8443/prefix/openai", "",
     "", ""},
};
INSTANTIATE_TEST_SUITE_P(Front, AddressForm, testing::ValuesIn(frontForms));

const Form namesThatLookLikeWords[] = {
    {"https://r.openai.azure.com/openai/deployments/deployments/chat/"
     "completions?api-version=2024-10-21",
     "r.openai.azure.com", "deployments", "2024-10-21", "chat/completions"},
    {"https://r.openai.azure.com/openai/deployments/v1/chat/completions?api-version=2024-10-21",
     "r.openai.azure.com", "v1", "2024-10-21", "chat/completions"},
    {"https://r.openai.azure.com/openai/deployments/openai/embeddings?api-version=2024-10-21",
     "r.openai.azure.com", "openai", "2024-10-21", "embeddings"},
    {"https://r.openai.azure.com/openai/deployments/chat/chat/completions?api-version=2024-10-21",
     "r.openai.azure.com", "chat", "2024-10-21", "chat/completions"},
    {"https://r.openai.azure.com/openai/deployments/models/chat/completions?api-version=2024-10-21",
     "r.openai.azure.com", "models", "2024-10-21", "chat/completions"},
    {"https://r.openai.azure.com/openai/deployments/deployments?api-version=2024-10-21",
     "r.openai.azure.com", "deployments", "2024-10-21", ""},
    {"https://deployments.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
     "deployments.openai.azure.com", "d", "2024-10-21", ""},
    {"https://corp.azure-api.net/p/deployments/openai/chat/completions?api-version=2024-10-21",
     "https://corp.azure-api.net/p", "openai", "2024-10-21", "chat/completions"},
    {"https://r.openai.azure.com/openai/deployments/gpt-4.1_mini.v2/chat/"
     "completions?api-version=2024-10-21",
     "r.openai.azure.com", "gpt-4.1_mini.v2", "2024-10-21", "chat/completions"},
};
INSTANTIATE_TEST_SUITE_P(Names, AddressForm, testing::ValuesIn(namesThatLookLikeWords));

} // namespace

} // namespace quaygate
