#pragma once

#include "gateway/rules/text_matcher.h"

namespace quaygate {

/// E-mail addresses as they are in use: letters, digits and `. _ % + -` (at most 64) in front of
/// the
/// `@`; behind it names of letters, digits and hyphens with points between, the last of which is of
/// two letters or more. A name alone (root@localhost) or an address of numbers is none.
class EmailMatcher final : public TextMatcher {
public:
    TextFinding find(QByteArrayView text, qsizetype from, bool complete) const override;
};

} // namespace quaygate
