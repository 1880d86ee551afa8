#pragma once

#include <QByteArrayView>

namespace quaygate::traffic {

/// The places in an answer, or in an event of a stream, at which the reader of usage looks.
enum class Place : quint8 {
    Nowhere,
    Root,
    Model,
    Usage,
    Response,   ///< of an event of the responses API: an answer like Root
    Begun,      ///< the message that Anthropic's message_start announces
    BegunUsage, ///< what it says of the output is not yet true
    Item,       ///< a call of a tool has a name before it has arguments
    Delta,      ///< a text, or an object with one
    Choices,    ///< of chat and completions
    Choice,
    ChoiceDelta,
    Token, ///< a string in here that is not empty is something the model said
};

/// The place of a member of an object that stands at `parent`. `key` is as written, escapes
/// included: nobody writes these names with any.
Place memberOf(Place parent, QByteArrayView key);

/// The place of an element of an array that stands at `parent`.
Place elementOf(Place parent);

} // namespace quaygate::traffic
