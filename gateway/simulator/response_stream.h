#pragma once

#include "gateway/simulator/response_output.h"

#include <vector>

namespace quaygate::simulator {

/// The events of a streamed response, one piece each, in the order of the service; numbered from 0.
class ResponseStream {
public:
    struct Style {
        bool obfuscate = true;
        Milliseconds interval{0}; ///< before each token
    };

    ResponseStream(Style style, QRandomGenerator &random);

    std::vector<SimulatedAnswer::Piece> events(const QJsonObject &begun, const QJsonObject &ended,
                                               const QList<OutputItem> &items);

private:
    void item(const OutputItem &item);
    void message(const OutputItem &item);
    void reasoning(const OutputItem &item);
    void call(const OutputItem &item);

    void response(const QString &type, const QJsonObject &object);
    void outputItem(const QString &type, const QJsonObject &item);
    /// Of a part of the present item: a text, a summary, arguments.
    void ofItem(const QString &type, QJsonObject members);
    void deltas(const QString &type, const OutputItem &item, const QJsonObject &members);
    void send(const QString &type, QJsonObject members, Milliseconds delay = Milliseconds(0));

    const Style m_style;
    QRandomGenerator &m_random;
    std::vector<SimulatedAnswer::Piece> m_events;
    QString m_itemId;
    int m_itemIndex = 0;
};

/// An error in the middle of a stream of this API.
QByteArray responseErrorEvent(std::size_t number);

} // namespace quaygate::simulator
