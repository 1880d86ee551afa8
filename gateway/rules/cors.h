#pragma once

#include "gateway/config/rules.h"
#include "gateway/http/header_list.h"

#include <QByteArrayView>
#include <QSet>

#include <optional>

namespace quaygate {

/// Which web pages, beside the gateway's own, may call the gateway from a browser, and the headers
/// by which the browser learns it (CORS, in the Fetch standard). Made once of a snapshot, then only
/// read. Credentials in the browser's sense, cookies, are never allowed: a page sends its client
/// key itself.
class CorsRules {
public:
    explicit CorsRules(const Cors &cors);

    /// `origin` is the value of the request's header Origin. With "*" all are, `null` too.
    bool allows(QByteArrayView origin) const;

    /// The headers of a 204 for a browser that asks first: OPTIONS with an Origin that is allowed
    /// and Access-Control-Request-Method. Such a request carries no key. Nothing: it is none.
    std::optional<HeaderList> preflight(QByteArrayView method, const HeaderList &request) const;

    /// Puts into an answer, an error too, what lets a page of that allowed origin read it; in place
    /// of what the upstream said, which knows nothing of the page.
    void setHeaders(HeaderList &answer, QByteArrayView origin) const;

private:
    void setOrigin(HeaderList &headers, QByteArrayView origin) const;

    bool m_all = false;
    QSet<QByteArray> m_origins;
};

} // namespace quaygate
