#include "gateway/config/config_words.h"
#include "gateway/config/duration.h"
#include "gateway/config/ranges.h"
#include "gateway/config/writers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QByteArray writeSecret(const SecretReference &secret, int depth) {
    ObjectWriter object(depth);
    object.addText(u"kind", secretKindName(secret.kind));
    object.addTextUnlessEmpty(u"name", secret.name);
    object.addUnknown(secret.unknown);
    return object.json();
}

QByteArray writeAuth(const Auth &auth, int depth) {
    ObjectWriter object(depth);
    object.addText(u"kind", authKindName(auth.kind));
    object.addTextUnlessEmpty(u"name", auth.name);
    object.addTextUnlessEmpty(u"header", auth.header);
    object.addTextUnlessEmpty(u"tenantId", auth.tenantId);
    object.addTextUnlessEmpty(u"clientId", auth.clientId);
    if (auth.secret != SecretReference())
        object.add(u"secret", writeSecret(auth.secret, object.innerDepth()));
    object.addTextUnlessEmpty(u"authority", auth.authority);
    object.addTextUnlessEmpty(u"scope", auth.scope);
    object.addTextUnlessEmpty(u"endpoint", auth.endpoint);
    object.addTextUnlessEmpty(u"tenant", auth.tenant);
    object.addUnknown(auth.unknown);
    return object.json();
}

QByteArray writeHeaders(const QList<BackendHeader> &headers, int depth) {
    ObjectWriter object(depth);
    for (const BackendHeader &header : headers)
        object.addText(header.name, header.value);
    return object.json();
}

QByteArray writeTimeouts(const BackendTimeouts &timeouts, int depth) {
    const BackendTimeouts usual;
    ObjectWriter object(depth);
    if (timeouts.connect != usual.connect)
        object.addDuration(u"connect", timeouts.connect);
    if (timeouts.firstByte != usual.firstByte)
        object.addDuration(u"firstByte", timeouts.firstByte);
    if (timeouts.idle != usual.idle)
        object.addDuration(u"idle", timeouts.idle);
    if (timeouts.total != usual.total)
        object.addDuration(u"total", timeouts.total);
    object.addUnknown(timeouts.unknown);
    return object.json();
}

QByteArray writeTls(const BackendTls &tls, int depth) {
    ObjectWriter object(depth);
    object.addTextUnlessEmpty(u"caFile", tls.caFile);
    if (tls.minVersion != BackendTls().minVersion)
        object.addText(u"minVersion", tls.minVersion);
    object.addUnknown(tls.unknown);
    return object.json();
}

} // namespace

QByteArray writeBackend(const Backend &backend, int depth) {
    ObjectWriter object(depth);
    object.addText(u"name", backend.name);
    object.addText(u"endpoint", backend.endpoint);
    object.addTextUnlessEmpty(u"deploymentName", backend.deploymentName);
    object.addTextUnlessEmpty(u"apiVersion", backend.apiVersion);
    if (backend.provider != Provider::AzureOpenAi)
        object.addText(u"provider", providerName(backend.provider));
    object.add(u"auth", writeAuth(backend.auth, object.innerDepth()));
    if (!backend.headers.isEmpty())
        object.add(u"headers", writeHeaders(backend.headers, object.innerDepth()));
    if (backend.timeouts != BackendTimeouts())
        object.add(u"timeouts", writeTimeouts(backend.timeouts, object.innerDepth()));
    if (backend.tls != BackendTls())
        object.add(u"tls", writeTls(backend.tls, object.innerDepth()));
    if (backend.http2)
        object.add(u"http2", "true"_ba);
    object.addTextUnlessEmpty(u"proxy", backend.proxy);
    if (backend.maxConnections != 0)
        object.addNumber(u"maxConnections", qint64(backend.maxConnections));
    addRateLimits(object, backend.rateLimit);
    object.addUnknown(backend.unknown);
    return object.json();
}

} // namespace quaygate
