#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QJsonObject>

namespace quaygate::simulator {

/// 200 with a JSON body, which ends with a newline as the service's do. QJsonObject writes its keys
/// in alphabetical order, and so does the service.
SimulatedAnswer jsonAnswer(const QJsonObject &body);

} // namespace quaygate::simulator
