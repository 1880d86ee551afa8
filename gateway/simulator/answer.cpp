#include "gateway/simulator/answer.h"

#include "gateway/simulator/anthropic_errors.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/key_check.h"
#include "gateway/simulator/operation.h"
#include "gateway/simulator/parameter_check.h"
#include "gateway/simulator/response_headers.h"

#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

constexpr int longestAnswer = 10'000;
constexpr int slowestPace = 60'000;

using MaybeAnswer = std::optional<SimulatedAnswer>;

MaybeAnswer checkVersion(const Call &call) {
    if (call.family == Family::V1 && !call.version.suitsV1())
        return versionNotSupported();
    return std::nullopt;
}

MaybeAnswer readJson(Call &call) {
    const QJsonDocument document = QJsonDocument::fromJson(call.request->body);
    if (!document.isObject())
        return bodyNotJson();
    call.body = document.object();
    return std::nullopt;
}

MaybeAnswer readForm(Call &call) {
    const QByteArray type = call.request->headers.value("Content-Type").value_or(QByteArray());
    std::optional<MultipartForm> form = readMultipartForm(type, call.request->body);
    if (!form)
        return bodyNotForm(QString::fromLatin1(type));
    call.form = *std::move(form);
    return std::nullopt;
}

MaybeAnswer readBody(Call &call) {
    switch (call.operation->takes) {
    case Takes::Json:
        return readJson(call);
    case Takes::Form:
        return readForm(call);
    case Takes::Nothing:
        break;
    }
    return std::nullopt;
}

MaybeAnswer readModel(Call &call) {
    if (call.operation->takes == Takes::Form) {
        call.deploymentName = call.form.text(u"model");
        return call.form.contains(u"model") ? std::nullopt
                                            : MaybeAnswer(missingParameter(u"model"_s));
    }
    const QJsonValue model = call.body.value(u"model");
    if (model.isUndefined())
        return missingParameter(u"model"_s);
    if (!model.isString())
        return invalidType(u"model"_s, u"a string"_s, typeOf(model));
    call.deploymentName = model.toString();
    return std::nullopt;
}

MaybeAnswer findDeployment(Call &call, SimulatedResource &resource) {
    if (!call.operation->ability)
        return std::nullopt;
    if (call.family != Family::Deployment) {
        if (MaybeAnswer refusal = readModel(call))
            return refusal;
    }
    call.deployment = resource.find(call.deploymentName);
    return call.deployment ? std::nullopt : MaybeAnswer(deploymentNotFound());
}

SimulatedAnswer refuseFault(const Error &error) {
    return gatewayError(400, u"UnknownSimulatorFault"_s, error.message);
}

/// The request's own fault wins over the deployment's.
MaybeAnswer findFault(Call &call, SimulatedResource &resource) {
    std::optional<Fault> fault = call.deployment ? call.deployment->fault : std::nullopt;
    if (const auto wanted = call.request->headers.value("x-simulator-fault")) {
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
    scene.now = call.seconds();
    if (const Deployment *deployment = call.deployment) {
        scene.deployment = deployment->name;
        scene.model = deployment->model.name;
        scene.quotaUsedUp = deployment->quota.usedUp();
        scene.renewsIn = deployment->quota.renewsIn(call.now);
    }
    return scene;
}

MaybeAnswer checkAbility(const Call &call) {
    if (!call.deployment || call.deployment->model.abilities & call.operation->ability)
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
/// deployment. Where the path names the deployment, the body is looked at last.
MaybeAnswer understand(Call &call, SimulatedResource &resource) {
    using Step = MaybeAnswer (*)(Call &, SimulatedResource &);
    static constexpr Step body = [](Call &each, SimulatedResource &) { return readBody(each); };
    static constexpr std::array pathFirst{Step(findDeployment), Step(findFault), body};
    static constexpr std::array bodyFirst{body, Step(findDeployment), Step(findFault)};
    for (const Step step : call.family == Family::Deployment ? pathFirst : bodyFirst) {
        if (MaybeAnswer refusal = step(call, resource))
            return refusal;
    }
    return std::nullopt;
}

SimulatedAnswer answerKnown(Call &call, SimulatedResource &resource) {
    if (MaybeAnswer refusal = understand(call, resource))
        return *refusal;
    SimulatedAnswer result = served(call, resource);
    if (call.fault)
        spoil(result, *call.fault);
    return result;
}

SimulatedAnswer answerCall(Call &call, SimulatedResource &resource) {
    if (MaybeAnswer refusal = checkKey(call, resource))
        return *refusal;
    if (MaybeAnswer refusal = checkVersion(call))
        return *refusal;
    return answerKnown(call, resource);
}

} // namespace

SimulatedAnswer answerTrusted(const HttpRequest &request, SimulatedResource &resource,
                              Instant now) {
    std::optional<Call> call = route(request, resource.pathPrefix());
    if (!call)
        return resourceNotFound();
    call->now = now;
    return answerKnown(*call, resource);
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
        result = answerCall(*call, resource);
        if (call->family == Family::Anthropic)
            speakAnthropic(result, resource);
    }
    addResponseHeaders(result, request, call ? call->deployment : nullptr, resource);
    return result;
}

} // namespace quaygate::simulator
