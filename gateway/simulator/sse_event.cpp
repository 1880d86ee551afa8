#include "gateway/simulator/sse_event.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

QByteArray namedEvent(const QString &type, const QJsonObject &data) {
    return "event: " + type.toUtf8() +
           "\ndata: " + QJsonDocument(data).toJson(QJsonDocument::Compact) + "\n\n";
}

SimulatedAnswer eventStream(std::vector<SimulatedAnswer::Piece> events) {
    SimulatedAnswer answer;
    answer.headers.append("Content-Type"_ba, "text/event-stream; charset=utf-8"_ba);
    answer.pieces = std::move(events);
    answer.streamed = true;
    answer.speaker = SimulatedAnswer::Speaker::Model;
    return answer;
}

} // namespace quaygate::simulator
