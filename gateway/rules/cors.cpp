#include "gateway/rules/cors.h"

#include "gateway/config/header_names.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// What a page may read of an answer beside what it always may.
constexpr QByteArrayView exposed{
    "apim-request-id, retry-after, retry-after-ms, x-quaygate-attempts, "
    "x-ratelimit-limit-requests, "
    "x-ratelimit-limit-tokens, x-ratelimit-remaining-requests, x-ratelimit-remaining-tokens, "
    "x-ratelimit-reset-requests, x-ratelimit-reset-tokens, x-request-id"};

/// Those of a comma-separated list that are names of headers.
QByteArray headerNames(QByteArrayView list) {
    QByteArray names;
    for (const QByteArray &one : list.toByteArray().split(',')) {
        const QByteArray name = one.trimmed();
        if (isHeaderName(name))
            names += (names.isEmpty() ? "" : ", ") + name;
    }
    return names;
}

} // namespace

CorsRules::CorsRules(const Cors &cors) {
    for (const QString &origin : cors.allowedOrigins) {
        QByteArray text = origin.toUtf8().toLower(); // as browsers send it
        if (text == "*")
            m_all = true;
        if (text.endsWith('/'))
            text.chop(1);
        m_origins.insert(text);
    }
}

bool CorsRules::allows(QByteArrayView origin) const {
    return m_all ||
           (!m_origins.isEmpty() && !origin.isEmpty() && m_origins.contains(origin.toByteArray()));
}

void CorsRules::setOrigin(HeaderList &headers, QByteArrayView origin) const {
    headers.set("Access-Control-Allow-Origin", m_all ? QByteArrayView("*") : origin);
    if (!m_all)
        headers.append("Vary", "Origin"); // beside what else the answer varies by
}

std::optional<HeaderList> CorsRules::preflight(QByteArrayView method,
                                               const HeaderList &request) const {
    const auto origin = request.find("Origin");
    const auto wanted = request.find("Access-Control-Request-Method");
    if (method != "OPTIONS" || !origin || !wanted || !allows(*origin))
        return std::nullopt;
    HeaderList headers;
    setOrigin(headers, *origin);
    headers.append("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE");
    const QByteArray names =
        headerNames(request.find("Access-Control-Request-Headers").value_or(QByteArrayView()));
    if (!names.isEmpty()) { // "*" would leave out Authorization
        headers.append("Access-Control-Allow-Headers", names);
        headers.append("Vary", "Access-Control-Request-Headers");
    }
    if (request.find("Access-Control-Request-Private-Network").value_or("") == "true")
        headers.append("Access-Control-Allow-Private-Network", "true");
    headers.append("Access-Control-Max-Age", "600");
    return headers;
}

void CorsRules::setHeaders(HeaderList &answer, QByteArrayView origin) const {
    // Azure's answers of 2024 carry some of them; a browser that finds two refuses both.
    for (const char *name : {"Access-Control-Allow-Credentials", "Access-Control-Allow-Headers",
                             "Access-Control-Allow-Methods", "Access-Control-Max-Age"})
        answer.remove(name);
    setOrigin(answer, origin);
    answer.set("Access-Control-Expose-Headers", exposed);
}

} // namespace quaygate
