#include "gateway/rules/pattern_matcher.h"

#include "gateway/config/guard_pattern.h"
#include "gateway/rules/pattern_shape.h"

#include <algorithm>
#include <re2/re2.h>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// As RE2 has them by itself, so that this and the check of the configuration agree on what fits.
RE2::Options options() {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_capture(true);
    return options;
}

re2::StringPiece pieceOf(QByteArrayView text) {
    return {text.data(), static_cast<size_t>(text.size())};
}

bool isInsideCharacter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80;
}

class PatternMatcher final : public TextMatcher {
public:
    /// `beginning` finds, at the end of a text, what may become a match; null: everything may.
    PatternMatcher(std::unique_ptr<const RE2> whole, std::unique_ptr<const RE2> beginning)
        : m_whole(std::move(whole)), m_beginning(std::move(beginning)) {}

    TextFinding find(QByteArrayView text, qsizetype from, bool complete) const override {
        const TextFinding match = firstMatch(text, from);
        if (complete)
            return match;
        const qsizetype undecided = undecidedFrom(text, from);
        if (match.kind == TextFinding::Kind::Match && match.begin < undecided)
            return match;
        if (undecided < text.size())
            return {TextFinding::Kind::Undecided, undecided, text.size()};
        return {TextFinding::Kind::Nothing, text.size(), text.size()};
    }

private:
    /// Empty matches, which an assertion can have, are none.
    TextFinding firstMatch(QByteArrayView text, qsizetype from) const {
        const re2::StringPiece piece = pieceOf(text);
        for (qsizetype at = from; at < text.size(); ++at) {
            re2::StringPiece found;
            if (!m_whole->Match(piece, static_cast<size_t>(at), piece.size(), RE2::UNANCHORED,
                                &found, 1))
                break;
            const qsizetype begin = found.data() - text.data();
            if (!found.empty())
                return {TextFinding::Kind::Match, begin,
                        begin + static_cast<qsizetype>(found.size())};
            at = begin;
            while (at + 1 < text.size() && isInsideCharacter(text[at + 1]))
                ++at;
        }
        return {TextFinding::Kind::Nothing, text.size(), text.size()};
    }

    /// The first place that may be the beginning of a match which reaches over the end.
    qsizetype undecidedFrom(QByteArrayView text, qsizetype from) const {
        qsizetype earliest = std::max(from, text.size() - longestHeld);
        while (earliest < text.size() && isInsideCharacter(text[earliest]))
            ++earliest;
        if (!m_beginning)
            return earliest;
        const re2::StringPiece piece = pieceOf(text);
        re2::StringPiece found;
        if (!m_beginning->Match(piece, static_cast<size_t>(earliest), piece.size(), RE2::UNANCHORED,
                                &found, 1))
            return text.size();
        return found.data() - text.data();
    }

    std::unique_ptr<const RE2> m_whole;
    std::unique_ptr<const RE2> m_beginning;
};

/// It is larger than the pattern, and can be done without.
constexpr qint64 mostForBeginning = qint64(4) * 1024 * 1024;

/// Null if the pattern is too large for it.
std::unique_ptr<const RE2> compileBeginning(QByteArrayView pattern) {
    const std::optional<QByteArray> prefix = prefixPattern(pattern);
    if (!prefix)
        return nullptr;
    RE2::Options forBeginning = options();
    forBeginning.set_longest_match(true);
    forBeginning.set_max_mem(mostForBeginning);
    auto compiled = std::make_unique<const RE2>(pieceOf("(?:" + *prefix + ")\\z"), forBeginning);
    return compiled->ok() ? std::move(compiled) : nullptr;
}

} // namespace

Result<std::shared_ptr<const TextMatcher>> compilePattern(const QString &pattern) {
    if (const QString problem = guardPatternProblem(pattern); !problem.isEmpty())
        return Error{ErrorCode::ConfigInvalid, problem, pattern.left(60)};
    const QByteArray bytes = pattern.toUtf8();
    auto whole = std::make_unique<const RE2>(pieceOf(bytes), options());
    if (!whole->ok())
        return Error{ErrorCode::ConfigInvalid, u"A pattern of a guard needs too much memory."_s,
                     QString::fromStdString(whole->error())};
    return std::shared_ptr<const TextMatcher>(
        std::make_shared<PatternMatcher>(std::move(whole), compileBeginning(bytes)));
}

} // namespace quaygate
