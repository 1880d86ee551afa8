#include "gateway/simulator/model_rules.h"

#include "gateway/simulator/azure_errors.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Refusal = std::optional<SimulatedAnswer>;

bool isSet(const QJsonObject &body, const QString &name) {
    const QJsonValue value = body[name];
    return !value.isUndefined() && !value.isNull();
}

/// A number as JSON writes it.
QString written(const QJsonValue &value) {
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.sliced(1, list.size() - 2));
}

struct OnlyDefault {
    const char *name;
    int value;
};

constexpr std::array fixedValues{OnlyDefault{"temperature", 1}, OnlyDefault{"top_p", 1},
                                 OnlyDefault{"presence_penalty", 0},
                                 OnlyDefault{"frequency_penalty", 0}, OnlyDefault{"n", 1}};

Refusal refuseUnsupported(const QJsonObject &body) {
    if (isSet(body, u"max_tokens"_s))
        return unsupportedParameter(u"max_tokens"_s, u"Use 'max_completion_tokens' instead."_s);
    for (const char *each : {"top_logprobs", "logit_bias", "stop"}) {
        const QString name = QLatin1StringView(each);
        if (isSet(body, name))
            return unsupportedParameter(name);
    }
    return body[u"logprobs"].toBool() ? Refusal(unsupportedParameter(u"logprobs"_s)) : std::nullopt;
}

Refusal refuseValues(const QJsonObject &body) {
    for (const OnlyDefault &fixed : fixedValues) {
        const QString name = QLatin1StringView(fixed.name);
        if (isSet(body, name) && body[name].toDouble() != fixed.value)
            return unsupportedValue(name, written(body[name]), QString::number(fixed.value));
    }
    return std::nullopt;
}

Refusal checkEffort(const QJsonValue &value, const QString &param, const Model &model) {
    const QString effort = value.toString();
    if (effort.isEmpty() || model.reasoningEfforts.contains(effort))
        return std::nullopt;
    return modelError(
        400,
        u"Unsupported value: '%1' does not support '%2' with this model. "
        "Supported values are: %3."_s.arg(param, effort, enumeration(model.reasoningEfforts)),
        param, u"unsupported_value"_s);
}

Refusal checkReasoningModel(const QJsonObject &body, const Model &model) {
    if (Refusal refusal = refuseUnsupported(body))
        return refusal;
    if (Refusal refusal = refuseValues(body))
        return refusal;
    if (!model.streams && body[u"stream"].toBool())
        return unsupportedValue(u"stream"_s, u"true"_s, u"false"_s);
    return checkEffort(body[u"reasoning_effort"], u"reasoning_effort"_s, model);
}

} // namespace

Refusal checkModelRules(const QJsonObject &body, const Model &model) {
    if (model.reasoning)
        return checkReasoningModel(body, model);
    if (isSet(body, u"reasoning_effort"_s))
        return modelError(400, u"Unrecognized request argument supplied: reasoning_effort"_s, {},
                          {});
    if (isSet(body, u"max_tokens"_s) && isSet(body, u"max_completion_tokens"_s))
        return modelError(
            400,
            u"Setting 'max_tokens' and 'max_completion_tokens' at the same time is not "
            "supported."_s,
            u"max_tokens"_s, u"invalid_parameter_combination"_s);
    return std::nullopt;
}

Refusal checkResponsesRules(const QJsonObject &body, const Model &model) {
    const QString effortName = u"reasoning.effort"_s;
    const QJsonValue effort = body[u"reasoning"][u"effort"];
    if (!model.reasoning) {
        const bool given = !effort.isUndefined() && !effort.isNull();
        return given ? Refusal(unsupportedParameter(effortName)) : std::nullopt;
    }
    for (const char *each : {"temperature", "top_p"}) {
        const QString name = QLatin1StringView(each);
        if (isSet(body, name) && body[name].toDouble() != 1)
            return unsupportedParameter(name);
    }
    return checkEffort(effort, effortName, model);
}

} // namespace quaygate::simulator
