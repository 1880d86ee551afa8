#include "gateway/simulator/answer.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/operation.h"
#include "gateway/simulator/parameter_check.h"
#include "gateway/simulator/response_headers.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int longestAnswer = 10'000;
constexpr int slowestPace = 60'000;

using MaybeAnswer = std::optional<SimulatedAnswer>;

QByteArray bearer(const HttpRequest &request) {
    const QByteArray value = request.headers.value("Authorization").value_or(QByteArray());
    return value.size() > 7 && sameHeader(value.first(7), "Bearer ") ? value.sliced(7).trimmed()
                                                                     : QByteArray();
}

MaybeAnswer checkKey(const HttpRequest &request, const Call &call,
                     const SimulatedResource &resource) {
    if (!resource.hasKey())
        return std::nullopt;
    if (const auto key = request.headers.value("api-key"))
        return resource.accepts(*key) ? std::nullopt : MaybeAnswer(wrongKey());
    const QByteArray token = bearer(request);
    if (token.isEmpty())
        return wrongKey();
    // The deployments family takes every Bearer value for a token of Entra ID; v1 takes the key,
    // too.
    if (call.operation->family != Family::V1 || !resource.accepts(token))
        return wrongToken();
    return std::nullopt;
}

MaybeAnswer checkVersion(const Call &call) {
    if (call.operation->family == Family::V1 && !call.version.suitsV1())
        return versionNotSupported();
    return std::nullopt;
}

MaybeAnswer readBody(const HttpRequest &request, Call &call) {
    if (qstrcmp(call.operation->method, "POST") != 0)
        return std::nullopt;
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject())
        return bodyNotJson();
    call.body = document.object();
    return std::nullopt;
}

MaybeAnswer findDeployment(Call &call, SimulatedResource &resource) {
    if (!call.operation->onDeployment)
        return std::nullopt;
    if (call.operation->family == Family::V1) {
        const QJsonValue model = call.body.value(u"model");
        if (model.isUndefined())
            return missingParameter(u"model"_s);
        if (!model.isString())
            return invalidType(u"model"_s, u"a string"_s, typeOf(model));
        call.deploymentName = model.toString();
    }
    call.deployment = resource.find(call.deploymentName);
    return call.deployment ? std::nullopt : MaybeAnswer(deploymentNotFound());
}

SimulatedAnswer refuseFault(const Error &error) {
    return gatewayError(400, u"UnknownSimulatorFault"_s, error.message);
}

/// The request's own fault wins over the deployment's.
MaybeAnswer findFault(const HttpRequest &request, Call &call, SimulatedResource &resource) {
    std::optional<Fault> fault = call.deployment ? call.deployment->fault : std::nullopt;
    if (const auto wanted = request.headers.value("x-simulator-fault")) {
        Result<Fault> parsed = parseFault(*wanted);
        if (!parsed)
            return refuseFault(parsed.error());
        fault = parsed.value();
    }
    if (fault && resource.strikes(*fault))
        call.fault = fault;
    return std::nullopt;
}

/// A header with a whole number from 0 to `most`; nothing of it if it is none.
int numberHeader(const HttpRequest &request, QByteArrayView name, int otherwise, int most) {
    const auto value = request.headers.value(name);
    bool isNumber = false;
    const int number = value ? value->toInt(&isNumber) : 0;
    return isNumber && number >= 0 ? std::min(number, most) : otherwise;
}

FaultScene sceneOf(const Call &call) {
    FaultScene scene;
    scene.operation = QLatin1StringView(call.operation->name);
    scene.apiVersion = QString::fromUtf8(call.version.text());
    scene.now =
        std::chrono::duration_cast<std::chrono::seconds>(call.now.time_since_epoch()).count();
    if (const Deployment *deployment = call.deployment) {
        scene.deployment = deployment->name;
        scene.model = deployment->model.name;
        scene.quotaUsedUp = deployment->quota.usedUp();
        scene.renewsIn = deployment->quota.renewsIn(call.now);
    }
    return scene;
}

MaybeAnswer checkAbility(const Call &call) {
    if (!call.deployment || call.deployment->model.ability == call.operation->ability)
        return std::nullopt;
    return operationNotSupported(QLatin1StringView(call.operation->shortName),
                                 call.deployment->model.name);
}

SimulatedAnswer served(Call &call, SimulatedResource &resource) {
    if (call.deployment)
        call.deployment->quota.countRequest(call.now);
    if (call.fault) {
        if (MaybeAnswer instead = replacement(*call.fault, sceneOf(call)))
            return *instead;
    }
    if (MaybeAnswer refusal = checkAbility(call))
        return *refusal;
    SimulatedAnswer result = call.operation->handler(call, resource);
    if (call.deployment)
        call.deployment->quota.countTokens(result.tokens);
    return result;
}

/// In the order of the service: a wrong path wins over a wrong key, a wrong key over a wrong
/// deployment.
MaybeAnswer understand(const HttpRequest &request, Call &call, SimulatedResource &resource) {
    if (MaybeAnswer refusal = checkKey(request, call, resource))
        return refusal;
    if (MaybeAnswer refusal = checkVersion(call))
        return refusal;
    if (call.operation->family == Family::V1) {
        // The deployment's name is in the body.
        if (MaybeAnswer refusal = readBody(request, call))
            return refusal;
        if (MaybeAnswer refusal = findDeployment(call, resource))
            return refusal;
    } else {
        if (MaybeAnswer refusal = findDeployment(call, resource))
            return refusal;
    }
    return findFault(request, call, resource);
}

SimulatedAnswer answerCall(const HttpRequest &request, Call &call, SimulatedResource &resource) {
    if (MaybeAnswer refusal = understand(request, call, resource))
        return *refusal;
    if (call.operation->family != Family::V1) {
        if (MaybeAnswer refusal = readBody(request, call))
            return *refusal;
    }
    SimulatedAnswer result = served(call, resource);
    if (call.fault)
        spoil(result, *call.fault);
    return result;
}

} // namespace

QByteArray presentedKey(const HttpRequest &request) {
    const auto key = request.headers.value("api-key");
    return key ? *key : bearer(request);
}

SimulatedAnswer answer(const HttpRequest &request, SimulatedResource &resource, Instant now) {
    std::optional<Call> call = route(request, resource.pathPrefix());
    SimulatedAnswer result = resourceNotFound();
    if (call) {
        call->now = now;
        call->tokenInterval = Milliseconds(
            numberHeader(request, "x-simulator-pace",
                         static_cast<int>(resource.tokenInterval().count()), slowestPace));
        call->answerTokens = numberHeader(request, "x-simulator-tokens", 0, longestAnswer);
        result = answerCall(request, *call, resource);
    }
    addResponseHeaders(result, request, call ? call->deployment : nullptr, resource);
    return result;
}

} // namespace quaygate::simulator
