#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QJsonObject>
#include <QString>

namespace quaygate::simulator {

/// `event: TYPE` and `data: JSON`, as the newer APIs write their events.
QByteArray namedEvent(const QString &type, const QJsonObject &data);

/// 200 with events, said by the model.
SimulatedAnswer eventStream(std::vector<SimulatedAnswer::Piece> events);

} // namespace quaygate::simulator
