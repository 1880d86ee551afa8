#pragma once

#include "gateway/rules/stream_event.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QVarLengthArray>

namespace quaygate {

/// Knows an event again that differs from the last one in nothing but its piece of text, its number
/// and its padding, as nearly all events of a stream do: comparing bytes is many times faster than
/// reading JSON. Belongs to one stream.
class EventShape {
public:
    /// If the data has the shape that was learnt, puts the places of what differs into the event,
    /// which must be the one that was learnt from.
    bool matches(QByteArrayView data, StreamEvent &event) const;

    /// Forgets what it has if the event is not one of those: a piece of text and nothing that ends.
    void learn(QByteArrayView data, const StreamEvent &event);

private:
    enum class Part { Text, SequenceNumber, Padding };
    struct Hole {
        Part part;
        json::Span span; ///< in the sample
    };

    QByteArray m_sample;              ///< empty: nothing was learnt
    QVarLengthArray<Hole, 3> m_holes; ///< in their order
};

} // namespace quaygate
