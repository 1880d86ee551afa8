#include "gateway/config/guard_pattern.h"

#include <QByteArray>

#include <algorithm>
#include <re2/re2.h>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// What RE2 has against a pattern; `part` is the part that it names.
QString reasonOf(RE2::ErrorCode code, const QString &part) {
    switch (code) {
    case RE2::NoError:
        return {};
    case RE2::ErrorBadEscape:
    case RE2::ErrorTrailingBackslash:
        return u"after a backslash comes a letter that means something, such as \\d, or the "
               "character itself, as in \\. or \\\\"_s;
    case RE2::ErrorBadCharClass:
    case RE2::ErrorBadCharRange:
        return u"“%1” is no set of characters, such as [a-z0-9]"_s.arg(part);
    case RE2::ErrorMissingBracket:
        return u"a “]” is missing; write \\[ for the character itself"_s;
    case RE2::ErrorMissingParen:
        return u"a “)” is missing; write \\( for the character itself"_s;
    case RE2::ErrorUnexpectedParen:
        return u"a “)” has no “(”; write \\) for the character itself"_s;
    case RE2::ErrorRepeatArgument:
    case RE2::ErrorRepeatOp:
        return u"“%1” repeats nothing; write a character before it, or a backslash for the "
               "character itself"_s.arg(part);
    case RE2::ErrorRepeatSize:
        return u"“%1” repeats more than 1000 times, or less than none; write a smaller number"_s
            .arg(part);
    case RE2::ErrorBadPerlOp:
        return u"“%1” is not known here; there is no looking ahead or behind"_s.arg(part);
    case RE2::ErrorBadUTF8:
        return u"it holds half a character"_s;
    case RE2::ErrorBadNamedCapture:
        return u"“%1” is no name of a group; write it as in (?P<name>…)"_s.arg(part);
    case RE2::ErrorPatternTooLarge:
        return u"it needs too much memory; repeat less, or split it into several patterns"_s;
    case RE2::ErrorInternal:
        break;
    }
    return u"write it in another way"_s;
}

/// `\C` is one byte of a character; without the others that is no text any more.
bool matchesBytes(QByteArrayView pattern) {
    for (qsizetype at = 0; at + 1 < pattern.size(); ++at) {
        if (pattern[at] != '\\')
            continue;
        ++at;
        if (pattern[at] == 'C')
            return true;
        if (pattern[at] == 'Q')
            at = std::max(at, pattern.indexOf("\\E", at));
    }
    return false;
}

} // namespace

QString guardPatternProblem(const QString &pattern) {
    if (pattern.isEmpty())
        return u"A pattern is missing: write a regular expression, such as secret-\\d+."_s;
    if (pattern.size() > maxGuardPattern)
        return u"A pattern has at most %1 characters."_s.arg(maxGuardPattern);
    const RE2 expression(pattern.toStdString(), RE2::Quiet);
    if (!expression.ok())
        return u"This is no regular expression: %1."_s.arg(
            reasonOf(expression.error_code(), QString::fromStdString(expression.error_arg())));
    if (matchesBytes(pattern.toUtf8()))
        return u"\\C stands for a byte of a character; write a point for any character."_s;
    if (RE2::PartialMatch("", expression))
        return u"This pattern finds nothing at all everywhere; write one that needs at least one "
               "character, such as a+ instead of a*."_s;
    return {};
}

} // namespace quaygate
