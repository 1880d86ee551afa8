#include "gateway/rules/number_run.h"

namespace quaygate {

namespace {

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool isWord(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool isJoint(char c) {
    return c == '-' || c == '.';
}

char at(QByteArrayView text, qsizetype place) {
    return place >= 0 && place < text.size() ? text[place] : '\0';
}

/// What stands at a place of a run, as `DigitGroup::before` has it.
struct Symbol {
    char meaning = '\0'; ///< '\0': none of a run
    qsizetype size = 1;
};

Symbol symbolAt(QByteArrayView text, qsizetype place) {
    struct Spelling {
        QByteArrayView bytes;
        char meaning;
    };
    static constexpr Spelling spellings[] = {
        {"\u00A0", ' '}, {"\u2007", ' '}, {"\u2009", ' '}, {"\u202F", ' '}, {"\u2010", '-'},
        {"\u2011", '-'}, {"\u2012", '-'}, {"\u2013", '-'}, {"\u2212", '-'},
    };
    const char c = text[place];
    if (isDigit(c) || c == ' ' || c == '-' || c == '.' || c == '+' || c == '(' || c == ')')
        return {c, 1};
    if ((static_cast<unsigned char>(c) & 0x80U) == 0)
        return {};
    for (const Spelling &spelling : spellings) {
        if (text.sliced(place).startsWith(spelling.bytes))
            return {spelling.meaning, spelling.bytes.size()};
    }
    return {};
}

bool beginsCleanly(QByteArrayView text, qsizetype begin) {
    const char before = at(text, begin - 1);
    if (isWord(before) || (before == '+' && isDigit(text[begin])))
        return false;
    return !isJoint(before) || !isWord(at(text, begin - 2));
}

} // namespace

NumberRun numberRunAt(QByteArrayView text, qsizetype begin, bool complete) {
    NumberRun run;
    DigitGroup next;
    qsizetype place = begin;
    for (qsizetype symbols = 0; symbols < NumberRun::longest; ++symbols) {
        if (place == text.size()) {
            run.open = !complete;
            return run;
        }
        const Symbol symbol = symbolAt(text, place);
        if (symbol.meaning == '\0')
            return run;
        if (!isDigit(symbol.meaning)) {
            if (next.betweenSize == 2)
                return run;
            next.between[static_cast<size_t>(next.betweenSize++)] = symbol.meaning;
        } else if (run.groups.isEmpty() || run.groups.last().end != place) {
            next.begin = place;
            next.end = place + 1;
            run.groups.append(next);
            next = {};
        } else {
            run.groups.last().end = place + 1;
        }
        place += symbol.size;
    }
    return run;
}

qsizetype nextRunBegin(QByteArrayView text, qsizetype from) {
    for (qsizetype place = from; place < text.size(); ++place) {
        const char c = text[place];
        if (!isDigit(c) && c != '+' && c != '(')
            continue;
        if (beginsCleanly(text, place))
            return place;
    }
    return text.size();
}

bool wordGoesOn(QByteArrayView text, qsizetype end) {
    return isWord(at(text, end));
}

bool endsCleanly(QByteArrayView text, qsizetype end) {
    const char next = at(text, end);
    return !isWord(next) && !(isJoint(next) && isWord(at(text, end + 1)));
}

bool passesLuhn(QByteArrayView digits) {
    int sum = 0;
    bool twice = false;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
        const int value = *digit - '0';
        sum += twice ? (value > 4 ? 2 * value - 9 : 2 * value) : value;
    }
    return sum % 10 == 0;
}

} // namespace quaygate
