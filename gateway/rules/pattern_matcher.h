#pragma once

#include "gateway/result.h"
#include "gateway/rules/text_matcher.h"

#include <QString>

#include <memory>

namespace quaygate {

/// A regular expression of RE2: the time it takes grows with the text and nothing else, and so does
/// not hang whoever wrote it. ConfigInvalid if `guardPatternProblem` says so. Each costs at most a
/// dozen megabytes, which RE2 takes as it needs them.
Result<std::shared_ptr<const TextMatcher>> compilePattern(const QString &pattern);

} // namespace quaygate
