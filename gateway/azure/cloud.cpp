#include "gateway/azure/cloud.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Row {
    QLatin1StringView authority;
    QLatin1StringView cognitiveServices;
    QLatin1StringView foundry;
};

constexpr QLatin1StringView allOf{"/.default"};

Row rowOf(Cloud cloud) {
    switch (cloud) {
    case Cloud::Public:
        break;
    case Cloud::UsGovernment:
        return {"https://login.microsoftonline.us"_L1, "https://cognitiveservices.azure.us"_L1,
                "https://ai.azure.us"_L1};
    case Cloud::China:
        return {"https://login.partner.microsoftonline.cn"_L1,
                "https://cognitiveservices.azure.cn"_L1, "https://ai.azure.cn"_L1};
    }
    return {"https://login.microsoftonline.com"_L1, "https://cognitiveservices.azure.com"_L1,
            "https://ai.azure.com"_L1};
}

bool isProject(const QString &pathPrefix) {
    return (pathPrefix + u'/').contains("/api/projects/"_L1);
}

} // namespace

Cloud cloudOf(QStringView host) {
    struct Ending {
        QLatin1StringView text;
        Cloud cloud;
    };
    static constexpr Ending endings[] = {
        {".azure.us"_L1, Cloud::UsGovernment},     {".microsoft.us"_L1, Cloud::UsGovernment},
        {".azure-api.us"_L1, Cloud::UsGovernment}, {".azure.cn"_L1, Cloud::China},
        {".azure-api.cn"_L1, Cloud::China},
    };
    const auto *found = std::find_if(std::begin(endings), std::end(endings),
                                     [&](const Ending &one) { return host.endsWith(one.text); });
    return found == std::end(endings) ? Cloud::Public : found->cloud;
}

QString authorityOf(Cloud cloud) {
    return rowOf(cloud).authority;
}

QString scopeOf(const Endpoint &endpoint) {
    const Row row = rowOf(cloudOf(endpoint.host));
    return (isProject(endpoint.pathPrefix) ? row.foundry : row.cognitiveServices) + allOf;
}

QString resourceOf(const QString &scope) {
    return scope.endsWith(allOf) ? scope.chopped(allOf.size()) : scope;
}

} // namespace quaygate
