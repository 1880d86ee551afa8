#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QDateTime>

#include <chrono>
#include <functional>
#include <optional>

namespace quaygate {

/// The value of a response header by its name (any case), null or empty if there is none.
using HeaderLookup = std::function<QByteArray(QByteArrayView name)>;

/// How long an upstream asks to wait before the next attempt: `retry-after-ms`, else `retry-after`
/// (seconds or a date), else the message in the body, else `x-ratelimit-reset-*`; the order of
/// section 7 of the Azure reference. Nothing if none of them says; never negative, never over a
/// day. Pure: `now` is an argument.
std::optional<std::chrono::milliseconds> retryAfter(const HeaderLookup &header, QByteArrayView body,
                                                    const QDateTime &now);

/// What a message says in words: "Please retry after 26 seconds", "Try again in 300 milliseconds".
std::optional<std::chrono::milliseconds> retryAfterInText(QByteArrayView text);

} // namespace quaygate
