#pragma once

#include "gateway/json/text_edits.h"
#include "gateway/rules/dialect.h"
#include "gateway/rules/event_shape.h"
#include "gateway/rules/guard_step.h"
#include "gateway/rules/sse_frames.h"
#include "gateway/rules/stream_event.h"
#include "gateway/rules/stream_text.h"
#include "gateway/traffic/traffic_record.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <functional>
#include <memory>
#include <vector>

namespace quaygate {

/// An answer that comes as a stream of events through the steps of `responseSteps`, in the API that
/// the client speaks. An event in which nothing is found goes on at once and to the byte. What may
/// turn out to be part of a match is taken out of its event and comes in the next one of the same
/// text, or in an event of its own in front of the text's end. Events that repeat a whole text
/// (`response.output_text.done`) tell it as the pieces did.
///
/// What refuses ends the stream: see `rejectionEvents`. What went before has gone.
///
/// Log probabilities, which tell the text once more, are left out. Where an event is added, the
/// sequence numbers behind it are counted on. What is kept is bounded, but for the event that has
/// not ended (64 MiB); an answer that goes beyond ends as one that is refused.
class StreamGuard {
public:
    /// `steps` must not be empty: nothing would be left to do.
    StreamGuard(RuleDialect dialect, GuardSteps steps);
    Q_DISABLE_COPY_MOVE(StreamGuard)

    /// What is to be sent for the bytes that came; nothing more once `rejected`.
    QByteArray feed(QByteArrayView bytes);
    /// What is to be sent when no more bytes come.
    QByteArray end();

    /// True once the stream was ended: the upstream need not go on.
    bool rejected() const { return m_ended; }
    /// What was found, by now.
    QList<RuleVerdict> verdicts() const;

private:
    bool isCutOff(QByteArrayView frame) const;
    void takeFrame(QByteArrayView frame);
    void takeData(QByteArrayView frame, const SseData &data, bool known);
    void takeUnread(QByteArrayView frame, const SseData &data);
    void takePieces(QByteArrayView data, const StreamEvent &event, json::TextEdits &edits);
    void takeRepeated(QByteArrayView data, const StreamEvent &event, json::TextEdits &edits);
    void editRest(QByteArrayView data, const StreamEvent &event, json::TextEdits &edits);
    bool ends(const StreamEvent &event, const TextKey &key) const;
    void finishTexts(const std::function<bool(const TextKey &)> &which);
    StreamText *textOf(const TextPiece &piece);
    void endIfRejected();
    void endRejected(const QString &message);

    RuleDialect m_dialect;
    GuardSteps m_steps;
    GuardTally m_tally;
    GuardTally m_repeated; ///< of what was told once more
    SseFrames m_frames;
    StreamEvent m_event; ///< the last one
    EventShape m_shape;
    std::vector<std::unique_ptr<StreamText>> m_texts; ///< those that are open
    QByteArray m_response;                            ///< what `response.created` told
    qint64 m_number = 0;   ///< of the event that is taken, as the upstream counts
    qint64 m_added = 0;    ///< events
    bool m_isFirst = true; ///< no event has come yet
    bool m_ended = false;
    QByteArray m_out;
};

} // namespace quaygate
