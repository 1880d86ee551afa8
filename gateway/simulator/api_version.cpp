#include "gateway/simulator/api_version.h"

#include <algorithm>
#include <array>

namespace quaygate::simulator {

namespace {

constexpr std::array knownDates{
    "2022-03-01-preview", "2022-06-01-preview", "2022-12-01",         "2023-03-15-preview",
    "2023-05-15",         "2023-06-01-preview", "2023-07-01-preview", "2023-08-01-preview",
    "2023-09-01-preview", "2023-10-01-preview", "2023-12-01-preview", "2024-02-01",
    "2024-02-15-preview", "2024-03-01-preview", "2024-04-01-preview", "2024-05-01-preview",
    "2024-06-01",         "2024-07-01-preview", "2024-08-01-preview", "2024-09-01-preview",
    "2024-10-01-preview", "2024-10-21",         "2024-12-01-preview", "2025-01-01-preview",
    "2025-02-01-preview", "2025-03-01-preview", "2025-04-01-preview"};

constexpr qsizetype lengthOfDate = 10;

} // namespace

ApiVersion::ApiVersion(QByteArray text) : m_text(std::move(text)) {
}

bool ApiVersion::isKnownDate() const {
    return std::any_of(knownDates.begin(), knownDates.end(),
                       [this](const char *known) { return m_text == known; });
}

bool ApiVersion::suitsV1() const {
    return m_text.isEmpty() || m_text == "v1" || m_text == "preview";
}

bool ApiVersion::isSince(QByteArrayView date) const {
    return suitsV1() || QByteArrayView(m_text).first(std::min(lengthOfDate, m_text.size())) >= date;
}

bool ApiVersion::isUntil(QByteArrayView date) const {
    return !suitsV1() &&
           QByteArrayView(m_text).first(std::min(lengthOfDate, m_text.size())) <= date;
}

} // namespace quaygate::simulator
