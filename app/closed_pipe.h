#pragma once

#include <cstdio>

namespace quaygate {

/// Whether what the file writes to has nobody left who reads it: a pipe whose reader ended. Where
/// the system cannot tell (Windows), the next write fails instead.
bool isReaderGone(std::FILE *file);

} // namespace quaygate
