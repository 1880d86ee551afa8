#include "ui/backends/advanced_summary.h"

#include "ui/backends/sign_in_kinds.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(AdvancedSummary)
};

void addSignIn(const Auth &auth, QStringList &parts) {
    const SignInKind &kind = signInKind(auth.kind);
    if (kind.hasDetail(&Auth::header) && !auth.header.isEmpty())
        parts.append(Words::tr("header %1").arg(auth.header));
    if (kind.hasDetail(&Auth::authority) && !auth.authority.isEmpty())
        parts.append(Words::tr("authority"));
    if (kind.hasDetail(&Auth::endpoint) && !auth.endpoint.isEmpty())
        parts.append(Words::tr("identity endpoint"));
    if (kind.hasDetail(&Auth::scope) && !auth.scope.isEmpty())
        parts.append(Words::tr("scope"));
}

void addConnection(const Backend &backend, QStringList &parts) {
    const Backend usual;
    if (!backend.proxy.isEmpty())
        parts.append(Words::tr("proxy"));
    if (!backend.tls.caFile.isEmpty())
        parts.append(Words::tr("certificate authorities"));
    if (backend.tls.minVersion != usual.tls.minVersion)
        parts.append(Words::tr("TLS %1").arg(backend.tls.minVersion));
    if (backend.maxConnections != usual.maxConnections)
        parts.append(Words::tr("connections at once"));
    if (backend.http2 != usual.http2)
        parts.append(backend.http2 ? Words::tr("HTTP/2") : Words::tr("no HTTP/2"));
}

} // namespace

QString advancedSummary(const Backend &backend) {
    QStringList parts;
    addSignIn(backend.auth, parts);
    if (backend.headers.size() == 1)
        parts.append(Words::tr("1 request header"));
    else if (!backend.headers.isEmpty())
        parts.append(Words::tr("%1 request headers").arg(backend.headers.size()));
    addConnection(backend, parts);
    if (backend.timeouts != BackendTimeouts())
        parts.append(Words::tr("time limits"));
    if (!backend.rateLimit.isEmpty())
        parts.append(Words::tr("rate limits"));
    return parts.join(u", "_s);
}

} // namespace quaygate
