#pragma once

#include "gateway/http/header_list.h"
#include "gateway/result.h"

#include <QByteArray>

#include <chrono>
#include <optional>

namespace quaygate {

/// What came of asking a backend, if that is not (yet) passed on to the client.
struct AttemptFailure {
    int status = 0; ///< of its answer; 0: there was none, and `error` says why
    HeaderList headers;
    QByteArray body;
    Error error = {};
    /// The answer is in the client's own API and can be passed on as it is.
    bool isForClient = true;
};

/// Whether the failure may be the backend's own and not the request's.
bool isBackends(const Error &error);

/// A stream whose first event was an error.
bool beganWell(const AttemptFailure &failure);

/// In one word: "429", "connection_refused", "stream_error".
QByteArray failureWord(const AttemptFailure &failure);

/// For how long the backend says that it wants to be left alone.
std::optional<std::chrono::milliseconds> pauseWanted(const AttemptFailure &failure);

} // namespace quaygate
