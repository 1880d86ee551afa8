#include "gateway/simulator/rate_limit_fault.h"

#include "gateway/simulator/azure_errors.h"

#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

int secondsOf(const Fault &fault) {
    return fault.number("retry", 2);
}

/// The text of 2023 to 2025; without `seconds` it leaves out the hint, as some answers do.
QString oldText(const FaultScene &scene, std::optional<int> seconds) {
    const QString hint = seconds ? u" Please retry after %1 seconds."_s.arg(*seconds) : QString();
    return u"Requests to the %1 Operation under Azure OpenAI API version %2 have exceeded token "
           u"rate "
           "limit of your current OpenAI S0 pricing tier.%3 Please go here: "
           "https://aka.ms/oai/quotaincrease if you would like to further increase the default "
           "rate "
           "limit."_s.arg(scene.operation, scene.apiVersion, hint);
}

/// The text since December 2025. The version it quotes is one of the service's own.
QString newText(const FaultScene &scene, int seconds) {
    return u"Your requests to %1 for %2 in East US 2 have exceeded the token rate limit for your "
           "current AIServices S0 pricing tier. This request was for %3 under Azure OpenAI API "
           "version "
           "2023-05-15. Please retry after %4 seconds. To increase your default rate limit, visit: "
           "https://aka.ms/oai/quotaincrease."_s.arg(scene.deployment, scene.model, scene.operation)
               .arg(seconds);
}

SimulatedAnswer limited(const QString &message,
                        QByteArray policy = "DeploymentRatelimit-Token"_ba) {
    SimulatedAnswer answer = gatewayError(429, u"429"_s, message);
    answer.headers.append("policy-id"_ba, std::move(policy));
    return answer;
}

void addSeconds(SimulatedAnswer &answer, int seconds) {
    answer.headers.append("retry-after"_ba, QByteArray::number(seconds));
}

void addMilliseconds(SimulatedAnswer &answer, int seconds) {
    answer.headers.append("retry-after-ms"_ba, QByteArray::number(seconds * 1000LL));
}

} // namespace

RateLimited rateLimitBothHeaders(const Fault &fault, const FaultScene &scene) {
    SimulatedAnswer answer = limited(oldText(scene, secondsOf(fault)));
    addSeconds(answer, secondsOf(fault));
    addMilliseconds(answer, secondsOf(fault));
    return answer;
}

RateLimited rateLimitMilliseconds(const Fault &fault, const FaultScene &scene) {
    SimulatedAnswer answer = limited(newText(scene, secondsOf(fault)));
    addMilliseconds(answer, secondsOf(fault));
    return answer;
}

RateLimited rateLimitSeconds(const Fault &fault, const FaultScene &scene) {
    SimulatedAnswer answer = limited(oldText(scene, secondsOf(fault)));
    addSeconds(answer, secondsOf(fault));
    return answer;
}

RateLimited rateLimitDate(const Fault &fault, const FaultScene &scene) {
    SimulatedAnswer answer = limited(oldText(scene, std::nullopt));
    const QDateTime when = QDateTime::fromSecsSinceEpoch(scene.now + secondsOf(fault)).toUTC();
    const QString text = QLocale::c().toString(when, u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    answer.headers.append("retry-after"_ba, text.toLatin1());
    return answer;
}

RateLimited rateLimitTextOnly(const Fault &fault, const FaultScene &) {
    return limited(u"Rate limit is exceeded. Try again in %1 seconds."_s.arg(secondsOf(fault)),
                   "DeploymentRatelimit-Call"_ba);
}

RateLimited rateLimitNoHint(const Fault &, const FaultScene &scene) {
    return limited(oldText(scene, std::nullopt));
}

RateLimited rateLimitResetHeader(const Fault &fault, const FaultScene &scene) {
    SimulatedAnswer answer = limited(oldText(scene, std::nullopt));
    answer.headers.append("x-ratelimit-reset-tokens"_ba, QByteArray::number(secondsOf(fault)));
    return answer;
}

RateLimited rateLimitFlat(const Fault &fault, const FaultScene &) {
    SimulatedAnswer answer =
        flatError(429, u"Rate limit is exceeded. Try again in %1 seconds."_s.arg(secondsOf(fault)));
    addSeconds(answer, secondsOf(fault));
    return answer;
}

RateLimited rateLimitCapacity(const Fault &, const FaultScene &) {
    return gatewayError(429, u"NoCapacity"_s,
                        u"The service is temporarily unable to process your request. System is "
                        "experiencing high demand. Please try again later."_s);
}

RateLimited rateLimitWhenUsedUp(const Fault &, const FaultScene &scene) {
    if (!scene.quotaUsedUp)
        return std::nullopt;
    SimulatedAnswer answer = limited(oldText(scene, scene.renewsIn));
    addSeconds(answer, scene.renewsIn);
    addMilliseconds(answer, scene.renewsIn);
    return answer;
}

} // namespace quaygate::simulator
