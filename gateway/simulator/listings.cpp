#include "gateway/simulator/listings.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/json_answer.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// When everything of the simulated resource was made: 2025-06-01.
constexpr qint64 made = 1'748'736'000;

QJsonObject listOf(const QJsonArray &data) {
    return {{u"object"_s, u"list"_s}, {u"data"_s, data}};
}

QJsonObject deploymentJson(const Deployment &deployment) {
    return {{u"id"_s, deployment.name},
            {u"model"_s, deployment.model.name},
            {u"owner"_s, u"organization-owner"_s},
            {u"status"_s, u"succeeded"_s},
            {u"created_at"_s, made},
            {u"updated_at"_s, made},
            {u"object"_s, u"deployment"_s},
            {u"scale_settings"_s, QJsonObject{{u"scale_type"_s, u"standard"_s}}}};
}

QJsonObject v1ModelJson(const Model &model) {
    return {{u"id"_s, model.snapshot},
            {u"object"_s, u"model"_s},
            {u"created"_s, made},
            {u"owned_by"_s, u"system"_s}};
}

QJsonObject datedModelJson(const Model &model) {
    const QJsonObject capabilities{
        {u"fine_tune"_s, false},
        {u"inference"_s, true},
        {u"completion"_s, model.abilities.testFlag(Ability::Completions)},
        {u"chat_completion"_s, model.abilities.testFlag(Ability::Chat)},
        {u"embeddings"_s, model.abilities.testFlag(Ability::Embeddings)}};
    return {{u"id"_s, model.snapshot},
            {u"object"_s, u"model"_s},
            {u"status"_s, u"succeeded"_s},
            {u"created_at"_s, made},
            {u"updated_at"_s, made},
            {u"capabilities"_s, capabilities},
            {u"lifecycle_status"_s, u"generally-available"_s},
            {u"deprecation"_s, QJsonObject{{u"inference"_s, made + 2LL * 365 * 86'400}}}};
}

QJsonObject modelJson(const Model &model, const Call &call) {
    return call.family == Family::V1 ? v1ModelJson(model) : datedModelJson(model);
}

} // namespace

SimulatedAnswer listDeployments(const Call &, SimulatedResource &resource) {
    QJsonArray data;
    for (const Deployment &deployment : resource.deployments())
        data.append(deploymentJson(deployment));
    return jsonAnswer(listOf(data));
}

SimulatedAnswer listModels(const Call &call, SimulatedResource &) {
    QJsonArray data;
    for (const Model &model : regionModels())
        data.append(modelJson(model, call));
    return jsonAnswer(listOf(data));
}

SimulatedAnswer showModel(const Call &call, SimulatedResource &) {
    const QList<Model> models = regionModels();
    const auto found = std::find_if(models.begin(), models.end(), [&](const Model &model) {
        return model.snapshot == call.item || model.name == call.item;
    });
    return found == models.end() ? resourceNotFound() : jsonAnswer(modelJson(*found, call));
}

} // namespace quaygate::simulator
