#include "gateway/config/guard_pattern.h"

#include <gtest/gtest.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(GuardPattern, isReadAsRe2) {
    for (const char16_t *good :
         {u"secret-\\d+", u"(?i)password", u"[\\p{Greek}ä]+", u"a{1,1000}", u"^x"})
        EXPECT_EQ(guardPatternProblem(QString::fromUtf16(good)), QString())
            << qPrintable(QString::fromUtf16(good));
    const std::pair<const char16_t *, const char16_t *> cases[] = {
        {u"", u"missing"},
        {u"(", u"“)” is missing"},
        {u")", u"has no “(”"},
        {u"[a", u"“]” is missing"},
        {u"[z-a]", u"“z-a”"},
        {u"a**", u"“**”"},
        {u"*", u"repeats nothing"},
        {u"a{1001}", u"1000"},
        {u"\\y", u"backslash"},
        {u"a\\", u"backslash"},
        {u"(?=a)", u"no looking ahead"},
        {u"(?P<a", u"name of a group"},
        {u"((((x{900}){900}){900}){900})", u"repeats"},
        {u"a*", u"at least one character"},
        {u"(a|)", u"at least one character"},
    };
    for (const auto &[pattern, part] : cases) {
        const QString problem = guardPatternProblem(QString::fromUtf16(pattern));
        EXPECT_TRUE(problem.contains(QString::fromUtf16(part)))
            << qPrintable(QString::fromUtf16(pattern)) << ": " << qPrintable(problem);
    }
    EXPECT_TRUE(guardPatternProblem(QString(4097, u'a')).contains(u"4096"_s));
}

} // namespace
} // namespace quaygate
