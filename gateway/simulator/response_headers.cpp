#include "gateway/simulator/response_headers.h"

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr auto backendSession = "d20260101000000-0123456789ab";

void addMissing(SimulatedAnswer &answer, const char *name, QByteArray value) {
    if (!answer.headers.contains(name))
        answer.headers.append(name, std::move(value));
}

/// Inference from recordings: milliseconds until what the last request took has flowed back.
QByteArray resetTime(qint64 taken, int limit) {
    return QByteArray::number(limit > 0 ? taken * QuotaCounter::periodSeconds * 1000 / limit : 0);
}

void addCounters(SimulatedAnswer &answer, const QuotaCounter &quota) {
    const QByteArray period = QByteArray::number(QuotaCounter::periodSeconds);
    addMissing(answer, "x-ratelimit-abusepenalty-active", "False"_ba);
    addMissing(answer, "x-ratelimit-limit-requests", QByteArray::number(quota.requestLimit()));
    addMissing(answer, "x-ratelimit-limit-tokens", QByteArray::number(quota.tokenLimit()));
    addMissing(answer, "x-ratelimit-remaining-requests",
               QByteArray::number(quota.remainingRequests()));
    addMissing(answer, "x-ratelimit-remaining-tokens", QByteArray::number(quota.remainingTokens()));
    addMissing(answer, "x-ratelimit-renewalperiod-requests", period);
    addMissing(answer, "x-ratelimit-renewalperiod-tokens", period);
    addMissing(answer, "x-ratelimit-reset-requests", resetTime(1, quota.requestLimit()));
    addMissing(answer, "x-ratelimit-reset-tokens",
               resetTime(quota.lastTokens(), quota.tokenLimit()));
}

void addModelHeaders(SimulatedAnswer &answer, const Deployment &deployment,
                     SimulatedResource &resource) {
    addMissing(answer, "azureml-model-session", backendSession);
    addMissing(answer, "skip-error-remapping", "true"_ba);
    addMissing(answer, "x-accel-buffering", "no"_ba);
    addMissing(answer, "x-ms-deployment-name", deployment.name.toUtf8());
    addMissing(answer, "x-ms-is-spilled-over", "false"_ba);
    addMissing(answer, "x-ms-rai-invoked", "true"_ba);
    addMissing(answer, "x-request-id", resource.guid());
    addCounters(answer, deployment.quota);
    if (answer.status >= 400) {
        addMissing(answer, "ms-azureml-model-error-reason", "model_error"_ba);
        addMissing(answer, "ms-azureml-model-error-statuscode", QByteArray::number(answer.status));
    }
}

} // namespace

void addResponseHeaders(SimulatedAnswer &answer, const HttpRequest &request,
                        const Deployment *deployment, SimulatedResource &resource) {
    addMissing(answer, "Strict-Transport-Security",
               "max-age=31536000; includeSubDomains; preload"_ba);
    addMissing(answer, "apim-request-id", resource.guid());
    addMissing(answer, "x-content-type-options", "nosniff"_ba);
    addMissing(answer, "x-ms-region", "East US 2"_ba);
    if (const auto id = request.headers.value("x-ms-client-request-id"))
        addMissing(answer, "x-ms-client-request-id", *id);
    if (deployment && answer.speaker == SimulatedAnswer::Speaker::Model)
        addModelHeaders(answer, *deployment, resource);
}

} // namespace quaygate::simulator
