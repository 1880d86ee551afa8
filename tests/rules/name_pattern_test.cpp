#include "gateway/rules/name_pattern.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct Case {
    const char *pattern;
    const char *name;
    bool matches;
};

constexpr Case cases[] = {
    {"gpt-4o", "gpt-4o", true},
    {"gpt-4o", "GPT-4o", false},
    {"gpt-4o", "gpt-4o-mini", false},
    {"gpt-4o", "", false},
    {"", "", true},
    {"*", "", true},
    {"*", "anything", true},
    {"gpt-4*", "gpt-4", true},
    {"gpt-4*", "gpt-4o-mini", true},
    {"gpt-4*", "gpt-5", false},
    {"gpt-4*", "a-gpt-4", false},
    {"*-mini", "gpt-4o-mini", true},
    {"*-mini", "gpt-4o-mini-2", false},
    {"gpt*mini", "gpt-4o-mini", true},
    {"gpt*mini", "gptmini", true},
    {"ab*ba", "aba", false}, // the b would have to stand twice
    {"a*b*", "axb*", true},
    {"a*b*", "axbx", false}, // the second star is a star
    {"caf\xc3\xa9*", "caf\xc3\xa9-1", true},
};

TEST(NamePattern, OneStarStandsForAnyText) {
    for (const Case &one : cases) {
        EXPECT_EQ(NamePattern(one.pattern).matches(one.name), one.matches)
            << one.pattern << " against " << one.name;
        EXPECT_EQ(NamePatterns({QString::fromUtf8(one.pattern)}).match(one.name), one.matches)
            << one.pattern << " against " << one.name;
    }
}

TEST(NamePattern, KnowsHowMuchItSays) {
    EXPECT_EQ(NamePattern("gpt-4o").length(), 6);
    EXPECT_EQ(NamePattern("gpt-4*").length(), 5);
    EXPECT_TRUE(NamePattern("gpt-4o").isExact());
    EXPECT_FALSE(NamePattern("*").isExact());
}

TEST(NamePatterns, OneOfThemMustMatch) {
    const NamePatterns patterns({u"east"_s, u"west"_s, u"test-*"_s, u"*-old"_s});
    for (const char *name : {"east", "west", "test-", "test-1", "x-old"})
        EXPECT_TRUE(patterns.match(name)) << name;
    for (const char *name : {"", "eas", "north", "old"})
        EXPECT_FALSE(patterns.match(name)) << name;
    EXPECT_FALSE(NamePatterns({}).match(""));
    EXPECT_FALSE(NamePatterns({}).match("east"));
}

} // namespace
} // namespace quaygate
