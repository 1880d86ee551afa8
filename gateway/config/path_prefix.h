#pragma once

#include <QString>

namespace quaygate {

/// What is wrong with a route's path prefix, as a sentence; empty if nothing is. "/" takes every
/// path.
QString pathPrefixProblem(const QString &prefix);

/// The same for any path that requests are compared with; `what` begins the sentence: "The path".
QString pathProblem(const QString &what, const QString &path);

/// The prefix in one spelling (%41 is A), to be compared with others. Empty stays empty.
QString comparablePathPrefix(const QString &prefix);

} // namespace quaygate
