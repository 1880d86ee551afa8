#pragma once

#include "gateway/dialects/chat_usage.h"
#include "gateway/dialects/event_translator.h"

#include <vector>

namespace quaygate::dialects {

/// Reads a stream of chat completion chunks and puts it in order: parts that come one after the
/// other, each opened, filled and closed, as other APIs have them. Calls of tools, whose pieces may
/// be mixed, are held back until the one before is whole. Takes what Azure sends: chunks without
/// choices, without delta, without id, after the finish, and no `[DONE]`.
class ChatStream : public EventTranslator {
public:
    enum class PartKind { Thinking, Text, Refusal, ToolCall };
    struct Part {
        PartKind kind = PartKind::Text;
        QByteArray id;   ///< of a call
        QByteArray name; ///< of the tool
    };
    struct Head {
        QByteArray id; ///< may be empty
        qint64 created = 0;
        QByteArray model;
    };
    struct Ending {
        QByteArray finishReason; ///< empty if the upstream gave none
        bool hasToolCalls = false;
        ChatUsage usage;
    };

protected:
    virtual void begin(const Head &head) = 0;
    virtual void openPart(const Part &part) = 0;
    /// Text of the open part: the inside of a JSON string, still escaped.
    virtual void addToPart(QByteArrayView inside) = 0;
    virtual void closePart() = 0;
    virtual void complete(const Ending &ending) = 0;

    bool hasBegun() const { return m_begun; }

private:
    struct Call {
        QByteArray id;
        QByteArray name;
        QByteArray waiting; ///< arguments that cannot be sent yet
        bool closed = false;
    };

    void take(const JsonView &chunk) final;
    void takeDone() final { completeOnce(); }
    void takeEnd() final;
    void takeDelta(const JsonView &delta);
    void takeText(PartKind kind, const JsonView &text);
    void takeCall(const JsonView &piece);
    Call &callOf(const JsonView &piece);
    void sendCurrentCall();
    void closeOpenPart();
    void closeCalls();
    void completeOnce();

    Head m_head;
    bool m_begun = false;
    bool m_partOpen = false;
    PartKind m_openKind = PartKind::Text;
    std::vector<Call> m_calls;
    std::vector<std::pair<qint64, size_t>>
        m_callOfIndex;        ///< the upstream's index, place in m_calls
    size_t m_currentCall = 0; ///< the first that is not closed
    qsizetype m_waitingBytes = 0;
    Ending m_ending;
};

} // namespace quaygate::dialects
