#include "gateway/rules/compiled_guard.h"
#include "gateway/rules/json_text_filter.h"
#include "gateway/rules/text_filter.h"

#include <QJsonDocument>

#include <gtest/gtest.h>

#include <random>

using namespace Qt::StringLiterals;

// Texts in pieces: what comes out together is what comes out of the whole, and what cannot be part
// of a match is not held back.

namespace quaygate {
namespace {

const QList<GuardBuiltin> allBuiltins{GuardBuiltin::Ssn, GuardBuiltin::CreditCard,
                                      GuardBuiltin::Phone, GuardBuiltin::Email,
                                      GuardBuiltin::CaSin};

GuardSteps masking(const QStringList &patterns, const QList<GuardBuiltin> &builtins = {}) {
    GuardRule rule;
    rule.action = GuardRule::Action::Mask;
    rule.patterns = patterns;
    rule.builtins = builtins;
    Guard guard;
    guard.response = {rule};
    const auto compiled = compileGuard(guard);
    EXPECT_TRUE(compiled.ok());
    return compiled.value()->response;
}

QByteArray whole(const GuardSteps &steps, const QByteArray &text) {
    GuardTally tally(steps);
    return filtered(steps, tally, text);
}

/// Cut in front of each of the places.
QByteArray inPieces(const GuardSteps &steps, const QByteArray &text, const QList<qsizetype> &cuts) {
    GuardTally tally(steps);
    TextFilter filter(steps, tally);
    QByteArray out;
    qsizetype at = 0;
    for (const qsizetype cut : cuts) {
        filter.feed(text.sliced(at, cut - at), out);
        at = cut;
    }
    filter.feed(text.sliced(at), out);
    filter.finish(out);
    EXPECT_FALSE(filter.holds());
    return out;
}

bool isBoundary(const QByteArray &text, qsizetype place) {
    return place == text.size() || (static_cast<uchar>(text[place]) & 0xC0U) != 0x80;
}

QList<qsizetype> boundaries(const QByteArray &text) {
    QList<qsizetype> places;
    for (qsizetype i = 1; i < text.size(); ++i) {
        if (isBoundary(text, i))
            places.append(i);
    }
    return places;
}

void expectSameHoweverCut(const GuardSteps &steps, const QByteArray &text) {
    const QByteArray expected = whole(steps, text);
    const QList<qsizetype> places = boundaries(text);
    EXPECT_EQ(inPieces(steps, text, places), expected) << text.constData();
    for (qsizetype i = 0; i < places.size(); ++i) {
        ASSERT_EQ(inPieces(steps, text, {places[i]}), expected) << text.constData() << places[i];
        for (qsizetype k = i + 1; k < places.size(); k += 3)
            ASSERT_EQ(inPieces(steps, text, {places[i], places[k]}), expected)
                << text.constData() << places[i] << ' ' << places[k];
    }
}

TEST(TextFilter, findsTheSameHoweverATextIsCut) {
    const GuardSteps steps = masking({}, allBuiltins);
    const QByteArray texts[] = {
        "Pay 4111 1111 1111 1111 by 12/25, or 378282246310005.",
        "call (212) 555-0100 or +44 20 7946 0958; SSN 123-45-6789-",
        "SIN 130-692-544, 130692544x, mail bob.b@mail.example.co.uk. Bye@",
        "a4111111111111111 123-45-6789.5 +12 34 v1.212.555.0100 x@y.z1 @@ a@b.com@c.org",
        "4111 1111 1111 1111 4111 1111 1111 1111 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16",
        "号码123\u201145\u20116789，邮箱bob@example.com。+1\u00A0212\u00A0555\u00A00100",
        "(212) (212) 555-0100 ((123-45-6789)) +(44) +1 (212) 5550100 +1 2 1 2 5 5 5 0 1 0 0",
    };
    for (const QByteArray &text : texts)
        expectSameHoweverCut(steps, text);
}

TEST(TextFilter, findsPatternsHoweverATextIsCut) {
    const struct {
        QString pattern;
        QByteArray text;
    } cases[] = {
        {u"secret-\\d+"_s, "a secret-42 secret-x secretsecret-7 secret-"},
        {u"sk-[A-Za-z0-9]{4,8}"_s, "sk-abc sk-abcdef sk-abcdefghijkl xsk-1234!"},
        {u"\\bfoo\\b"_s, "foo xfoo foox foo-foo foo"},
        {u"(?i)password: *\\S+"_s, "PassWord:   hunter2 password: password:x"},
        {u"^start|end$"_s, "start startend start end end"},
        {u"(ab|abc|abcd)e?"_s, "ab abc abcd abe abce abcde abcdf"},
        {u"a.c"_s, "a\xC3\xA9"
                   "c a\xF0\x9F\x98\x80"
                   "c abc a\nc"},
        {u"(?s)BEGIN.*?END"_s, "x BEGIN a\nb END c BEGIN END BEGIN"},
        {u"[^ ]{3}@"_s, "abcd@ ab@ \xC3\xA9\xC3\xA9\xC3\xA9@"},
        {u"(?:x{2,3}y)+z?"_s, "xxyxxxyz xyxxyxxz xxxxyz"},
        {u"\\Qa.b*\\E[\\]x]"_s, "a.b*] a.b*x axb*x a.b*"},
        {u"(?P<n>\\d{3})-(?P<m>\\d{2})"_s, "123-45 12-345 1234-567"},
        {u"\\x41\\x{42}\\p{Greek}+"_s, "ABαβγ ABx AB"},
        {u"a(?i)b(?-i)c|d"_s, "aBc abC abc D d"},
        {u"colou?r(?:ed|s)?"_s, "color colour colored colours coloured colo"},
        {u"a{0}b"_s, "ab b"},
        {u"[[:alpha:]]{2}[[:digit:]]"_s, "ab1 a1b2 abc3"},
        {u"(((a+)b)+c)+"_s, "aabc abaabcabc abab"},
        {u"x*y"_s, "xxxxxxxxxxx xxxy y"},
        {u"a|ab|abc|\\bz"_s, "a ab abc abcd z az"},
    };
    for (const auto &c : cases) {
        SCOPED_TRACE(qPrintable(c.pattern));
        expectSameHoweverCut(masking({c.pattern}), c.text);
    }
}

/// Texts of what the matchers look at, by chance.
TEST(TextFilter, findsTheSameInRandomTexts) {
    std::mt19937 random(7);
    const GuardSteps steps =
        masking({u"secret-\\d+"_s, u"(?i)key[:=] ?\\w{4,}"_s, u"(?:ab)+a"_s}, allBuiltins);
    const QByteArray parts[] = {"4111",   "1111",  " ",       "-",     "1",   ".",    "(212)",
                                "555",    "0100",  "+1",      "123",   "45",  "6789", "bob",
                                "@",      "x.com", "secret-", "key: ", "ab",  "a",    "é",
                                "\u2011", ",",     "\n",      "130",   "692", "544"};
    int found = 0;
    for (int round = 0; round < 3000; ++round) {
        QByteArray text;
        const int count = 1 + static_cast<int>(random() % 14U);
        for (int i = 0; i < count; ++i)
            text += parts[random() % std::size(parts)];
        QList<qsizetype> cuts;
        for (const qsizetype place : boundaries(text)) {
            if (random() % 3U == 0)
                cuts.append(place);
        }
        const QByteArray expected = whole(steps, text);
        ASSERT_EQ(inPieces(steps, text, cuts), expected) << text.constData();
        found += expected == text ? 0 : 1;
    }
    EXPECT_GT(found, 200);
}

/// What comes out of a piece at once, while more may follow.
QByteArray atOnce(const GuardSteps &steps, const QByteArray &text) {
    GuardTally tally(steps);
    TextFilter filter(steps, tally);
    QByteArray out;
    filter.feed(text, out);
    return out;
}

TEST(TextFilter, holdsBackNoMoreThanMayMatch) {
    const GuardSteps numbers = masking({}, {GuardBuiltin::Ssn, GuardBuiltin::CreditCard,
                                            GuardBuiltin::Phone, GuardBuiltin::CaSin});
    EXPECT_EQ(atOnce(numbers, "Plain prose goes on at once"), "Plain prose goes on at once");
    EXPECT_EQ(atOnce(numbers, "In the year 20"), "In the year ");
    EXPECT_EQ(atOnce(numbers, "In the year 2024,"), "In the year 2024,");
    EXPECT_EQ(atOnce(numbers, "no part a12"), "no part a12");
    const GuardSteps email = masking({}, {GuardBuiltin::Email});
    EXPECT_EQ(atOnce(email, "Some words and a nam"), "Some words and a ");
    EXPECT_EQ(atOnce(email, "Some words. "), "Some words. ");
    EXPECT_EQ(atOnce(email, QByteArray(100, 'a')), QByteArray(36, 'a'));
    const GuardSteps pattern = masking({u"secret-\\d+"_s});
    EXPECT_EQ(atOnce(pattern, "Plain text"), "Plain text");
    EXPECT_EQ(atOnce(pattern, "as if"), "as if");
    EXPECT_EQ(atOnce(pattern, "no sec"), "no ");
    EXPECT_EQ(atOnce(pattern, "no secret-1"), "no ");
    EXPECT_EQ(atOnce(pattern, "no secret-1 "), "no <MASKED> ");
}

TEST(TextFilter, holdsBackNoMoreThanTheBoundOfAPatternWithoutEnd) {
    const GuardSteps steps = masking({u"(?s)BEGIN.*END"_s});
    GuardTally tally(steps);
    TextFilter filter(steps, tally);
    QByteArray in = "BEGIN ";
    QByteArray out;
    filter.feed(in, out);
    for (int i = 0; i < 3000; ++i) {
        const QByteArray piece = "more " + QByteArray::number(i);
        filter.feed(piece, out);
        in += piece;
        ASSERT_LE(in.size() - out.size(), TextMatcher::longestHeld);
    }
    filter.finish(out);
    EXPECT_EQ(out, in);
}

TEST(TextFilter, refusesBeforeAnyPartOfTheMatchHasGone) {
    GuardRule rule;
    rule.patterns = {u"secret-\\d\\d"_s};
    Guard guard;
    guard.response = {rule};
    const GuardSteps steps = compileGuard(guard).value()->response;
    GuardTally tally(steps);
    TextFilter filter(steps, tally);
    QByteArray out;
    for (const char *const piece : {"the se", "cret", "-1", "2", " is out"})
        filter.feed(piece, out);
    filter.finish(out);
    EXPECT_EQ(out, "the ");
    EXPECT_TRUE(tally.rejected());
}

/// Escapes may be written another way.
QByteArray meaningOf(const QByteArray &text) {
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']');
    return document.isArray() ? document.toJson() : text;
}

TEST(JsonTextFilter, findsTheSameHoweverArgumentsAreCut) {
    const GuardSteps steps = masking({}, allBuiltins);
    const QByteArray texts[] = {
        R"({"card": 4111111111111111, "mail":"bob@x.org","a":[1, "123-45-6789", {"bob@x.org":null}]})",
        R"({"a":"bob\u0040x.org \ud83d\ude00 \"q\" \\","b":true,"c":-1.5e3,"\"":"+12125550100"})",
        R"("4111\u00201111 1111 1111")",
        R"(no JSON bob@x.org "a@b.cd)",
    };
    for (const QByteArray &text : texts) {
        GuardTally tally(steps);
        const QByteArray expected = filteredJson(steps, tally, text);
        EXPECT_NE(expected, text);
        for (qsizetype size = 1; size < 9; ++size) {
            JsonTextFilter filter(steps, tally);
            QByteArray out;
            for (qsizetype at = 0; at < text.size(); at += size)
                filter.feed(text.sliced(at, std::min(size, text.size() - at)), out);
            filter.finish(out);
            EXPECT_EQ(meaningOf(out), meaningOf(expected)) << size;
            EXPECT_FALSE(filter.holds());
        }
    }
}

} // namespace
} // namespace quaygate
