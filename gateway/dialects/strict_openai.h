#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace quaygate::dialects {

/// What is left of an event of a stream.
struct StrictEvent {
    bool dropped = false;
    QByteArray data; ///< unless it is dropped
};

/// Takes out of an answer what Azure adds to OpenAI's API and what clients that check every field
/// stumble over: the results of the content filter. A choice without `message`, which a filtered
/// answer has, gets an empty one. Everything else keeps its bytes; what is no JSON object stays as
/// it is. Pure; any thread.
QByteArray strictOpenAiBody(const QByteArray &body);

/// The same for the JSON of one event. Chunks that hold nothing but results of the filter are
/// dropped: the first one, without choices, and those without `delta`, unless they finish a choice.
StrictEvent strictOpenAiEvent(const QByteArray &data);

} // namespace quaygate::dialects
