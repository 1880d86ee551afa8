#pragma once

#include "gateway/simulator/simulated_answer.h"
#include "gateway/simulator/simulated_model.h"

#include <QJsonObject>

#include <optional>

namespace quaygate::simulator {

/// What a model says against parameters of a chat completion that others take: the o-series and
/// GPT-5 refuse max_tokens, temperature and their like; the others know no reasoning effort.
std::optional<SimulatedAnswer> checkModelRules(const QJsonObject &body, const Model &model);

/// The same for a response, whose parameters have other names.
std::optional<SimulatedAnswer> checkResponsesRules(const QJsonObject &body, const Model &model);

} // namespace quaygate::simulator
