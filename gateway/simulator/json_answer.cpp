#include "gateway/simulator/json_answer.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

SimulatedAnswer jsonAnswer(const QJsonObject &body) {
    SimulatedAnswer answer;
    answer.headers.append("Content-Type"_ba, "application/json"_ba);
    answer.pieces.push_back({QJsonDocument(body).toJson(QJsonDocument::Compact) + '\n', {}});
    answer.speaker = SimulatedAnswer::Speaker::Model;
    return answer;
}

} // namespace quaygate::simulator
