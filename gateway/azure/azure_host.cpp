#include "gateway/azure/azure_host.h"

#include <algorithm>
#include <iterator>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView azureSuffixes[] = {
    ".openai.azure.com"_L1,
    ".openai.azure.us"_L1,
    ".openai.azure.cn"_L1,
    ".cognitiveservices.azure.com"_L1,
    ".cognitiveservices.azure.us"_L1,
    ".cognitiveservices.azure.cn"_L1,
    ".services.ai.azure.com"_L1,
    ".services.ai.azure.us"_L1,
    ".services.ai.azure.cn"_L1,
    ".api.cognitive.microsoft.com"_L1,
    ".api.cognitive.microsoft.us"_L1,
    ".api.cognitive.azure.cn"_L1,
};

template<std::size_t N>
bool endsWithOne(QStringView host, const QLatin1StringView (&suffixes)[N]) {
    return std::any_of(std::begin(suffixes), std::end(suffixes),
                       [&](QLatin1StringView suffix) { return host.endsWith(suffix); });
}

} // namespace

bool isAzureHost(QStringView host) {
    return endsWithOne(host, azureSuffixes);
}

bool isFoundryHost(QStringView host) {
    return isAzureHost(host) && host.contains(".services.ai.azure."_L1);
}

bool wantsBearer(QStringView host) {
    static constexpr QLatin1StringView serverless[] = {".inference.ai.azure.com"_L1,
                                                       ".models.ai.azure.com"_L1};
    return endsWithOne(host, serverless) || host == "models.inference.ai.azure.com"_L1 ||
           host == "models.github.ai"_L1;
}

QString withoutPrivateLink(const QString &host) {
    static constexpr QLatin1StringView label{".privatelink."};
    const qsizetype at = host.indexOf(label);
    if (at < 0)
        return host;
    const QString publicHost = host.left(at) + host.mid(at + label.size() - 1);
    return isAzureHost(publicHost) ? publicHost : host;
}

} // namespace quaygate
