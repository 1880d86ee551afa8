#include "ui/widgets/measure.h"
#include "ui/widgets/measure_field.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

TEST(Measure, ReadsSizesAsPeopleWriteThem) {
    const Measure sizes = byteSizes({1024, 1024 * 1024 * 1024});
    const std::pair<const char16_t *, qint64> good[] = {
        {u"65536", 65536},   {u"64 KiB", 65536}, {u"64k", 65536},   {u"64KB", 65536},
        {u"1 MiB", 1 << 20}, {u"1g", 1 << 30},   {u"2048 B", 2048},
    };
    for (const auto &[text, bytes] : good)
        EXPECT_EQ(sizes.read(QString::fromUtf16(text)), bytes)
            << QString::fromUtf16(text).toStdString();
    for (const char16_t *text :
         {u"", u"KiB", u"1.5 MiB", u"-1", u"64 KiB more", u"1023", u"2g", u"999999999999g", u"1t"})
        EXPECT_EQ(sizes.read(QString::fromUtf16(text)), std::nullopt)
            << QString::fromUtf16(text).toStdString();
}

TEST(Measure, WritesWhatItReads) {
    const Measure sizes = byteSizes({1, 1 << 30});
    for (const qint64 bytes : {1, 1023, 1024, 1025, 65536, 1 << 20, (1 << 20) + 1024, 1 << 30})
        EXPECT_EQ(sizes.read(sizes.write(bytes)), bytes) << sizes.write(bytes).toStdString();
    EXPECT_EQ(sizes.write(64 << 20), u"64 MiB"_s);
    EXPECT_EQ(durations().write(90'000), u"90s"_s);
    EXPECT_EQ(durations().read(u"10m"_s), 600'000);
    EXPECT_EQ(durations().read(u"10"_s), std::nullopt);
}

TEST(Measure, NumbersKeepToTheirRange) {
    const Measure numbers = wholeNumbers(Range{1, 64});
    EXPECT_EQ(numbers.read(u"64"_s), 64);
    for (const char16_t *text : {u"0", u"65", u"+1", u"1.0", u" 1", u"99999999999999999999"})
        EXPECT_EQ(numbers.read(QString::fromUtf16(text)), std::nullopt)
            << QString::fromUtf16(text).toStdString();
}

TEST(MeasureField, IsEmptyForTheUsualValue) {
    MeasureField field(wholeNumbers(Range{0, 10}), 3);
    field.setValue(3);
    EXPECT_TRUE(field.text().isEmpty());
    EXPECT_EQ(field.placeholderText(), u"3"_s);
    EXPECT_EQ(field.value(), 3);
    field.setValue(7);
    EXPECT_EQ(field.text(), u"7"_s);
    field.setText(u"many"_s);
    EXPECT_EQ(field.value(), 7);
    EXPECT_TRUE(field.problem().contains(u"0 to 10"_s));
    field.setText(u" 4 "_s);
    EXPECT_EQ(field.value(), 4);
    EXPECT_TRUE(field.problem().isEmpty());
}

} // namespace quaygate::test
