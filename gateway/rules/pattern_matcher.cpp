#include "gateway/rules/pattern_matcher.h"

#include "gateway/rules/pattern_shape.h"

#include <algorithm>
#include <re2/re2.h>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype longestPattern = 4096;
/// Of each of the two expressions; what does not fit is refused, or searched with less memory.
constexpr qint64 mostMemory = qint64(2) * 1024 * 1024;

RE2::Options options() {
    RE2::Options options;
    options.set_max_mem(mostMemory);
    options.set_log_errors(false);
    options.set_never_capture(true);
    return options;
}

re2::StringPiece pieceOf(QByteArrayView text) {
    return {text.data(), static_cast<size_t>(text.size())};
}

Error invalid(const QString &pattern, const QString &why, const QString &detail = {}) {
    const QString shown = pattern.size() > 60 ? pattern.left(60) + u'…' : pattern;
    return {ErrorCode::ConfigInvalid, u"The pattern “%1” cannot be used: %2."_s.arg(shown, why),
            detail};
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

/// Null if the pattern is too large for it.
std::unique_ptr<const RE2> compileBeginning(QByteArrayView pattern) {
    const std::optional<QByteArray> prefix = prefixPattern(pattern);
    if (!prefix)
        return nullptr;
    RE2::Options forBeginning = options();
    forBeginning.set_longest_match(true);
    auto compiled = std::make_unique<const RE2>(pieceOf("(?:" + *prefix + ")\\z"), forBeginning);
    return compiled->ok() ? std::move(compiled) : nullptr;
}

} // namespace

Result<std::shared_ptr<const TextMatcher>> compilePattern(const QString &pattern) {
    const QByteArray bytes = pattern.toUtf8();
    if (bytes.size() > longestPattern)
        return invalid(pattern, u"it is longer than %1 bytes; make several of it"_s.arg(
                                    QString::number(longestPattern)));
    auto whole = std::make_unique<const RE2>(pieceOf(bytes), options());
    if (!whole->ok())
        return invalid(pattern,
                       u"RE2 does not take it (%1)"_s.arg(QString::fromStdString(whole->error())));
    if (RE2::FullMatch("", *whole))
        return invalid(pattern, u"it would find the empty text, which is everywhere"_s);
    return std::shared_ptr<const TextMatcher>(
        std::make_shared<PatternMatcher>(std::move(whole), compileBeginning(bytes)));
}

} // namespace quaygate
