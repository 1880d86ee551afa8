#pragma once

#include <QByteArrayView>

namespace quaygate {

/// How many tokens a request may cost, reckoned before it is sent and corrected once its answer
/// says: its length in bytes over four, a fixed number for each picture or sound in it, and what it
/// allows the answer (`max_completion_tokens`, `max_tokens`, `max_output_tokens`). Azure counts the
/// same way when it lets a request in. 0 for a body that is no JSON, such as a form with a file.
/// Pure; reads the body once or twice.
qint64 reckonTokens(QByteArrayView body);

} // namespace quaygate
