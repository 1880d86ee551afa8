#pragma once

#include "gateway/dialects/chunk_shape.h"
#include "gateway/dialects/event_translator.h"

#include <QHash>

namespace quaygate::dialects {

/// The events of the Responses API as a stream of chat completion chunks, which ends with `[DONE]`,
/// or with an error and no `[DONE]`. The summary of what the model thinks becomes
/// `reasoning_content`.
class ChunkStream : public EventTranslator {
public:
    explicit ChunkStream(ChunkContext context) : m_context(context) {}

private:
    /// A function call, by the output index of its item.
    struct Call {
        int index = 0;
        bool hasArguments = false;
    };

    void take(const JsonView &event) override;
    void takeDone() override { takeEnd(); }
    void takeEnd() override;
    void sendError(const UpstreamError &error) override;

    void begin(const JsonView &response);
    void takeDelta(QByteArrayView member, const JsonView &delta);
    void takeItem(const JsonView &event);
    void takeArguments(const JsonView &event, const JsonView &arguments, bool whole);
    void takeEnding(const JsonView &response);
    void sendDelta(const ObjectText &delta, QByteArrayView finishReason = {});

    ChunkContext m_context;
    ChunkHead m_head;
    bool m_begun = false;
    QHash<qint64, Call> m_calls;
};

} // namespace quaygate::dialects
