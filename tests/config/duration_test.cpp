#include "gateway/config/duration.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

TEST(Duration, IsReadInEveryUnit) {
    EXPECT_EQ(parseDuration(u"0s"_s), 0ms);
    EXPECT_EQ(parseDuration(u"250ms"_s), 250ms);
    EXPECT_EQ(parseDuration(u"30s"_s), 30s);
    EXPECT_EQ(parseDuration(u"10m"_s), 10min);
    EXPECT_EQ(parseDuration(u"24h"_s), 24h);
}

TEST(Duration, AnythingElseIsNone) {
    for (const QString &text :
         {u""_s, u"s"_s, u"10"_s, u"10 s"_s, u" 10s"_s, u"-1s"_s, u"+1s"_s, u"1.5s"_s, u"10sec"_s,
          u"10S"_s, u"25h"_s, u"4294967296s"_s, u"99999999999999999999h"_s, u"1h30m"_s})
        EXPECT_EQ(parseDuration(text), std::nullopt) << text.toStdString();
}

TEST(Duration, IsWrittenInTheLargestWholeUnitAndReadBack) {
    EXPECT_EQ(formatDuration(0ms), u"0s"_s);
    EXPECT_EQ(formatDuration(1500ms), u"1500ms"_s);
    EXPECT_EQ(formatDuration(90s), u"90s"_s);
    EXPECT_EQ(formatDuration(600s), u"10m"_s);
    EXPECT_EQ(formatDuration(7200s), u"2h"_s);
    for (const auto duration : {1ms, 999ms, 61'000ms, 86'400'000ms})
        EXPECT_EQ(parseDuration(formatDuration(duration)), duration);
}

} // namespace
} // namespace quaygate
