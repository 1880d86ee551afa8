#pragma once

#include "gateway/rules/number_run.h"
#include "gateway/rules/text_matcher.h"

namespace quaygate {

/// Looks at every run of digits of a text. What counts as a number of its kind says each of the
/// classes below. Immutable; any thread.
class NumberMatcher : public TextMatcher {
public:
    TextFinding find(QByteArrayView text, qsizetype from, bool complete) const final;

private:
    /// The end of the number that begins with the run, or 0. Only the groups of the run and what
    /// follows the last one count.
    virtual qsizetype endOf(QByteArrayView text, const NumberRun &run) const = 0;
};

/// US social security numbers: 3, 2 and 4 digits with hyphens or spaces between, as they are
/// given out: not 000, 666 or 900 and more, not 00, not 0000. Nine digits in one are no evidence.
class SsnMatcher final : public NumberMatcher {
    qsizetype endOf(QByteArrayView text, const NumberRun &run) const override;
};

/// Payment cards: 13 to 19 digits with a right check digit that begin with 2 to 6, in one or in
/// groups of at least three with a space or hyphen between. Where several would do, all that they
/// cover.
class CardMatcher final : public NumberMatcher {
    qsizetype endOf(QByteArrayView text, const NumberRun &run) const override;
};

/// Canadian social insurance numbers: nine digits with a right check digit that do not begin with 0
/// or 8, in one or in threes with spaces or hyphens between.
class SinMatcher final : public NumberMatcher {
    qsizetype endOf(QByteArrayView text, const NumberRun &run) const override;
};

/// Telephone numbers: with a `+`, 8 to 15 digits in any groups (eleven behind +1); and those of
/// North America with or without the 1 in front, as (212) 555-0100, 212-555-0100, 212.555.0100 or
/// 212 555 0100, where area and exchange do not begin with 0 or 1. Ten digits in one are no
/// evidence.
class PhoneMatcher final : public NumberMatcher {
    qsizetype endOf(QByteArrayView text, const NumberRun &run) const override;
};

} // namespace quaygate
