#pragma once

#include "gateway/rules/dialect.h"
#include "gateway/rules/stream_event.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace quaygate {

/// The events that a guard adds to a stream. Each is whole, with its empty line. Pure.

/// The rest of a text, whose pieces came in events like `last`. `inside` is that of a JSON string.
/// `sequenceNumber` counts for the responses API only.
QByteArray restEvent(RuleDialect dialect, const TextKey &key, QByteArrayView last,
                     QByteArrayView inside, qint64 sequenceNumber);

/// Says that a guard has ended the stream, and ends it: an error with the code `guard_rejected` and
/// `[DONE]` in the chat and completions APIs; `response.failed` in the responses API, with what
/// `response.created` told (or `error`, if that never came); `error` in the messages API.
QByteArray rejectionEvents(RuleDialect dialect, const QString &message, QByteArrayView response,
                           qint64 sequenceNumber);

} // namespace quaygate
