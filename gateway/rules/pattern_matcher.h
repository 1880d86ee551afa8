#pragma once

#include "gateway/result.h"
#include "gateway/rules/text_matcher.h"

#include <QString>

#include <memory>

namespace quaygate {

/// A regular expression of RE2: the time it takes grows with the text and nothing else, and so does
/// not hang whoever wrote it. ConfigInvalid if RE2 does not take it, if it would find the empty
/// text, or if it is too large. Each costs at most some megabytes, and only once it is used.
Result<std::shared_ptr<const TextMatcher>> compilePattern(const QString &pattern);

} // namespace quaygate
