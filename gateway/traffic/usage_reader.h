#pragma once

#include "gateway/traffic/answer_scan.h"
#include "gateway/traffic/traffic_record.h"

#include <QByteArrayView>
#include <QString>

namespace quaygate {

/// Reads from an upstream's answer, as it streams by, what it cost, which model answered, and
/// whether the model has said something yet: chat completions, completions, embeddings, responses,
/// images and Anthropic's messages, whole or as a stream of events. Cheap enough to be run over
/// every byte; keeps less than 10 KB however long the answer is. Nothing depends on the pieces in
/// which it comes.
///
/// One for each answer that may be passed on; lives on the exchange's thread. Feed it what the
/// upstream sent, before anything is translated, masked or filtered, and not compressed.
class UsageReader {
public:
    /// By the answer's Content-Type: a stream of events, JSON, or something that is passed over.
    explicit UsageReader(QByteArrayView contentType);

    void feed(QByteArrayView bytes);

    /// Of a stream: true once the first piece of a text, of reasoning, of a refusal, of a picture
    /// or of a tool's name or arguments has come. Ask after each `feed` and take the time then.
    bool sawFirstToken() const { return m_kind == Kind::Events && m_scan.sawToken(); }
    /// Empty: the answer has not said.
    QString modelReturned() const;
    /// What is not told is unknown, never 0. Of a stream that was cut it is what had been told.
    TokenUsage usage() const { return m_scan.counts().usage(); }

private:
    enum class Kind { Other, Json, Events };
    enum class Line { Start, Data, Other };

    void feedEvents(const char *at, const char *end);
    const char *startOfLine(const char *at, const char *end);
    const char *restOfLine(const char *at, const char *end);
    const char *overWholeEvent(const char *at, const char *end) const;
    bool mayMatter(QByteArrayView event) const;

    Kind m_kind = Kind::Other;
    traffic::AnswerScan m_scan;
    // Of a stream.
    Line m_line = Line::Start;
    int m_matched = 0; ///< bytes of "data:" that the line begins with
    int m_bom = 0;     ///< bytes of a byte order mark that the stream began with; -1: it is over
    bool m_lastWasCr = false;
    bool m_eventHasData = false;
};

} // namespace quaygate
