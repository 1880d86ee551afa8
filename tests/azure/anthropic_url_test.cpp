#include "gateway/azure/anthropic_url.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(AnthropicUrl, IsBuiltFromEverySpellingOfTheAddress) {
    const QByteArray resource = "https://r.services.ai.azure.com/anthropic/v1/messages";
    const struct {
        const char16_t *endpoint;
        QByteArray url;
    } table[] = {
        {u"r.services.ai.azure.com", resource},
        {u"https://r.services.ai.azure.com/", resource},
        {u"https://r.services.ai.azure.com/anthropic", resource},
        {u"https://r.services.ai.azure.com/anthropic/v1", resource},
        {u"https://r.services.ai.azure.com/openai/v1", resource},
        {u"https://r.services.ai.azure.com/api/projects/p", resource},
        {u"https://front.example/claude", "https://front.example/claude/anthropic/v1/messages"},
        {u"http://127.0.0.1:8080", "http://127.0.0.1:8080/anthropic/v1/messages"},
    };
    for (const auto &row : table) {
        Backend backend;
        backend.endpoint = QString::fromUtf16(row.endpoint);
        EXPECT_EQ(anthropicUrl(backend, "messages").value(), row.url);
    }
    Backend wrong;
    wrong.endpoint = u"not an address"_s;
    EXPECT_FALSE(anthropicUrl(wrong, "messages"));
}

} // namespace
} // namespace quaygate
