#pragma once

#include "gateway/config/config.h"
#include "gateway/config/findings.h"

namespace quaygate {

/// The most request headers that a backend may have added: Azure answers 431 to more than ten of
/// its caller's own.
inline constexpr qsizetype maxBackendHeaders = 10;
/// The most bytes of all their names and values together.
inline constexpr qsizetype maxBackendHeaderBytes = 8 * 1024;

/// Checks a backend's `headers`; findings are at "/headers" and below. Inner part of the
/// validation.
void checkHeaders(const QList<BackendHeader> &headers, Findings &findings);

/// The same for the headers that a route looks for.
void checkMatchHeaders(const QList<HeaderMatch> &headers, Findings &findings);

} // namespace quaygate
