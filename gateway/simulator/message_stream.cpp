#include "gateway/simulator/message_stream.h"

#include "gateway/simulator/sse_event.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// How a kind of block is streamed: the member that grows, and what it looks like when empty.
struct BlockKind {
    const char *type;
    const char *member;
    const char *delta;
    const char *deltaMember;
};

constexpr std::array kinds{
    BlockKind{"text", "text", "text_delta", "text"},
    BlockKind{"thinking", "thinking", "thinking_delta", "thinking"},
    BlockKind{"tool_use", "input", "input_json_delta", "partial_json"},
};

const BlockKind &kindOf(const MessageBlock &block) {
    const QString type = block.whole[u"type"].toString();
    return *std::find_if(kinds.begin(), kinds.end(), [&](const BlockKind &kind) {
        return type == QLatin1StringView(kind.type);
    });
}

class Events {
public:
    explicit Events(Milliseconds interval) : m_interval(interval) {}

    void send(const QString &type, QJsonObject event, Milliseconds delay = Milliseconds(0)) {
        event[u"type"] = type;
        m_events.push_back({namedEvent(type, event), delay});
    }

    void block(const MessageBlock &block, int index) {
        const BlockKind &kind = kindOf(block);
        const QString member = QLatin1StringView(kind.member);
        QJsonObject empty = block.whole;
        empty[member] = empty[member].isObject() ? QJsonValue(QJsonObject()) : QJsonValue(u""_s);
        if (empty.contains(u"signature"))
            empty[u"signature"] = u""_s;
        send(u"content_block_start"_s, {{u"index"_s, index}, {u"content_block"_s, empty}});
        if (index == 0)
            send(u"ping"_s, {});
        for (const QString &piece : block.pieces)
            delta(index, kind.delta, kind.deltaMember, piece);
        if (block.whole.contains(u"signature"))
            delta(index, "signature_delta", "signature", block.whole[u"signature"].toString());
        send(u"content_block_stop"_s, {{u"index"_s, index}});
    }

    std::vector<SimulatedAnswer::Piece> take() { return std::move(m_events); }

private:
    void delta(int index, const char *type, const char *member, const QString &piece) {
        send(u"content_block_delta"_s,
             {{u"index"_s, index},
              {u"delta"_s, QJsonObject{{u"type"_s, QLatin1StringView(type)},
                                       {QLatin1StringView(member), piece}}}},
             m_interval);
    }

    Milliseconds m_interval;
    std::vector<SimulatedAnswer::Piece> m_events;
};

} // namespace

std::vector<SimulatedAnswer::Piece> messageEvents(const QJsonObject &message,
                                                  const QList<MessageBlock> &blocks,
                                                  Milliseconds interval) {
    Events events(interval);
    QJsonObject begun = message;
    QJsonObject usage = message[u"usage"].toObject();
    usage[u"output_tokens"] = 1;
    begun[u"usage"] = usage;
    begun[u"content"] = QJsonArray();
    begun[u"stop_reason"] = QJsonValue();
    begun[u"stop_sequence"] = QJsonValue();
    events.send(u"message_start"_s, {{u"message"_s, begun}});
    for (int i = 0; i < blocks.size(); ++i)
        events.block(blocks[i], i);
    events.send(u"message_delta"_s,
                {{u"delta"_s, QJsonObject{{u"stop_reason"_s, message[u"stop_reason"]},
                                          {u"stop_sequence"_s, message[u"stop_sequence"]}}},
                 {u"usage"_s, message[u"usage"]}});
    events.send(u"message_stop"_s, {});
    return events.take();
}

} // namespace quaygate::simulator
