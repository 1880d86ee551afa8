#include "gateway/azure/api_version.h"

#include <algorithm>
#include <array>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array published{
    // Generally available.
    "2022-12-01"_L1,
    "2023-05-15"_L1,
    "2024-02-01"_L1,
    "2024-06-01"_L1,
    "2024-10-21"_L1,
    // Previews of inference.
    "2022-03-01-preview"_L1,
    "2022-06-01-preview"_L1,
    "2023-03-15-preview"_L1,
    "2023-06-01-preview"_L1,
    "2023-07-01-preview"_L1,
    "2023-08-01-preview"_L1,
    "2023-09-01-preview"_L1,
    "2023-10-01-preview"_L1,
    "2023-12-01-preview"_L1,
    "2024-02-15-preview"_L1,
    "2024-03-01-preview"_L1,
    "2024-04-01-preview"_L1,
    "2024-05-01-preview"_L1,
    "2024-07-01-preview"_L1,
    "2024-08-01-preview"_L1,
    "2024-09-01-preview"_L1,
    "2024-10-01-preview"_L1,
    "2024-12-01-preview"_L1,
    "2025-01-01-preview"_L1,
    "2025-02-01-preview"_L1,
    "2025-03-01-preview"_L1,
    "2025-04-01-preview"_L1,
};

bool isDate(QStringView text) {
    if (text.size() != 10)
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool dash = i == 4 || i == 7;
        if (dash ? text[i] != u'-' : (text[i] < u'0' || text[i] > u'9'))
            return false;
    }
    return true;
}

} // namespace

bool isDatedVersion(QStringView version) {
    static constexpr QLatin1StringView preview{"-preview"};
    return isDate(version.endsWith(preview) ? version.chopped(preview.size()) : version);
}

bool isPublishedVersion(QStringView version) {
    return std::find(published.begin(), published.end(), version) != published.end();
}

bool isV1Family(QStringView version) {
    return version.isEmpty() || version.compare("v1"_L1, Qt::CaseInsensitive) == 0 ||
           version.compare("preview"_L1, Qt::CaseInsensitive) == 0;
}

} // namespace quaygate
