#include "gateway/rules/number_matchers.h"

#include <algorithm>

namespace quaygate {

namespace {

using Groups = QVarLengthArray<DigitGroup, 16>;

QByteArrayView digitsOf(QByteArrayView text, const DigitGroup &group) {
    return text.sliced(group.begin, group.size());
}

bool isHyphenOrSpace(QByteArrayView between) {
    return between == "-" || between == " ";
}

/// Whether the groups have these sizes, with the same hyphen or space between all of them.
bool hasForm(const Groups &groups, std::initializer_list<qsizetype> sizes) {
    if (groups.size() < static_cast<qsizetype>(sizes.size()) || !groups[0].before().isEmpty())
        return false;
    qsizetype i = 0;
    for (const qsizetype size : sizes) {
        if (groups[i].size() != size)
            return false;
        if (i > 0 &&
            (!isHyphenOrSpace(groups[i].before()) || groups[i].before() != groups[1].before()))
            return false;
        ++i;
    }
    return true;
}

/// The end of the longest card number that begins with the group, or 0.
qsizetype cardEnd(QByteArrayView text, const Groups &groups, qsizetype first) {
    const char leading = text[groups[first].begin];
    if (leading < '2' || leading > '6')
        return 0;
    QByteArray digits;
    qsizetype end = 0;
    for (qsizetype i = first; i < groups.size(); ++i) {
        if (i > first && (!isHyphenOrSpace(groups[i].before()) || groups[i].size() < 3))
            break;
        digits.append(digitsOf(text, groups[i]));
        if (digits.size() > 19)
            break;
        if (digits.size() >= 13 && !wordGoesOn(text, groups[i].end) && passesLuhn(digits))
            end = groups[i].end;
        if (groups[i].size() < 3)
            break;
    }
    return end;
}

qsizetype internationalEnd(QByteArrayView text, const Groups &groups) {
    const bool ofNorthAmerica = text[groups[0].begin] == '1';
    if (text[groups[0].begin] == '0')
        return 0;
    qsizetype digits = 0;
    qsizetype end = 0;
    for (qsizetype i = 0; i < groups.size(); ++i) {
        if (i > 0 && groups[i].before().contains('+'))
            break;
        digits += groups[i].size();
        if (digits > (ofNorthAmerica ? 11 : 15))
            break;
        if (digits >= (ofNorthAmerica ? 11 : 8) && endsCleanly(text, groups[i].end))
            end = groups[i].end;
    }
    return end;
}

bool isAreaOrExchange(QByteArrayView text, const DigitGroup &group) {
    return group.size() == 3 && text[group.begin] >= '2';
}

/// Where the area's group is the one at `area`.
qsizetype northAmericanEnd(QByteArrayView text, const Groups &groups, qsizetype area) {
    if (groups.size() < area + 3 || !isAreaOrExchange(text, groups[area]) ||
        !isAreaOrExchange(text, groups[area + 1]) || groups[area + 2].size() != 4)
        return 0;
    const QByteArrayView opened = groups[area].before();
    const QByteArrayView first = groups[area + 1].before();
    const QByteArrayView second = groups[area + 2].before();
    const auto joins = [](QByteArrayView between) {
        return isHyphenOrSpace(between) || between == ".";
    };
    const bool inBrackets = opened.endsWith('(');
    const bool formed = inBrackets
                            ? (first == ")" || first == ") " || first == ")-") && joins(second)
                            : joins(first) && first == second;
    const bool begun = area == 0 ? opened == "(" || opened.isEmpty()
                                 : joins(opened) || opened == " (" || opened == "(";
    return formed && begun && endsCleanly(text, groups[area + 2].end) ? groups[area + 2].end : 0;
}

} // namespace

TextFinding NumberMatcher::find(QByteArrayView text, qsizetype from, bool complete) const {
    qsizetype begin = nextRunBegin(text, from);
    while (begin < text.size()) {
        const NumberRun run = numberRunAt(text, begin, complete);
        if (run.open)
            return {TextFinding::Kind::Undecided, begin, text.size()};
        const qsizetype end = run.groups.isEmpty() ? 0 : endOf(text, run);
        if (end > 0)
            return {TextFinding::Kind::Match, begin, end};
        begin = nextRunBegin(text, begin + 1);
    }
    return {TextFinding::Kind::Nothing, text.size(), text.size()};
}

qsizetype SsnMatcher::endOf(QByteArrayView text, const NumberRun &run) const {
    if (!hasForm(run.groups, {3, 2, 4}))
        return 0;
    const QByteArrayView area = digitsOf(text, run.groups[0]);
    const bool given = area != "000" && area != "666" && area[0] != '9' &&
                       digitsOf(text, run.groups[1]) != "00" &&
                       digitsOf(text, run.groups[2]) != "0000";
    const qsizetype end = run.groups[2].end;
    return given && endsCleanly(text, end) ? end : 0;
}

qsizetype CardMatcher::endOf(QByteArrayView text, const NumberRun &run) const {
    if (!run.groups[0].before().isEmpty())
        return 0;
    qsizetype end = cardEnd(text, run.groups, 0);
    for (qsizetype i = 1; i < run.groups.size() && run.groups[i].begin < end; ++i)
        end = std::max(end, cardEnd(text, run.groups, i));
    return end;
}

qsizetype SinMatcher::endOf(QByteArrayView text, const NumberRun &run) const {
    const bool inOne = hasForm(run.groups, {9});
    if (!inOne && !hasForm(run.groups, {3, 3, 3}))
        return 0;
    QByteArray digits;
    for (qsizetype i = 0; i < (inOne ? 1 : 3); ++i)
        digits.append(digitsOf(text, run.groups[i]));
    const qsizetype end = run.groups[inOne ? 0 : 2].end;
    return digits[0] != '0' && digits[0] != '8' && passesLuhn(digits) && endsCleanly(text, end)
               ? end
               : 0;
}

qsizetype PhoneMatcher::endOf(QByteArrayView text, const NumberRun &run) const {
    const Groups &groups = run.groups;
    const QByteArrayView begun = groups[0].before();
    const bool closed = groups.size() > 1 && groups[1].before().startsWith(')');
    if (begun == "+" || (closed && (begun == "(+" || begun == "+(")))
        return internationalEnd(text, groups);
    const bool hasOne =
        groups[0].before().isEmpty() && groups[0].size() == 1 && text[groups[0].begin] == '1';
    return northAmericanEnd(text, groups, hasOne ? 1 : 0);
}

} // namespace quaygate
