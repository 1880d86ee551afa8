#pragma once

#include "gateway/simulator/chat_completion.h"

#include <vector>

namespace quaygate::simulator {

/// The events of a streamed answer, one piece each, in the order of the service: what the filter
/// found in the prompt; then for each choice its role, its text or tool calls, and its finish; the
/// usage, if asked for; `[DONE]`.
class ChatStream {
public:
    struct Style {
        bool annotated = true;    ///< with content filter results
        bool asyncFilter = false; ///< these in events of their own, late
        bool includeUsage = false;
        bool obfuscate = true;
        Milliseconds interval{0}; ///< before each token
    };

    ChatStream(const ChatCompletion &completion, Style style, QRandomGenerator &random);

    std::vector<SimulatedAnswer::Piece> events();

private:
    void promptAnnotations();
    void role(int index);
    void text(int index, const ChatChoice &choice);
    void toolCalls(int index, const ChatChoice &choice);
    void finish(int index, const ChatChoice &choice);
    void annotation(int index, qsizetype from, qsizetype to, bool filtered);
    void usage();

    QJsonObject envelope();
    QJsonObject filterResults() const;
    void choice(int index, const QJsonObject &delta, const QJsonValue &finishReason,
                const QJsonValue &filterResults, Milliseconds delay);
    void send(const QJsonObject &chunk, Milliseconds delay);

    const ChatCompletion &m_completion;
    const Style m_style;
    QRandomGenerator &m_random;
    std::vector<SimulatedAnswer::Piece> m_events;
};

} // namespace quaygate::simulator
