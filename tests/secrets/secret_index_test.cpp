#include "gateway/secrets/secret_index.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

TEST(SecretIndex, IsAJsonArraySortedWithEachNameOnce) {
    const Secret entry = secret_index::format({u"b"_s, u"ä \"q\""_s, u"a"_s, u"b"_s});
    EXPECT_EQ(entry.reveal(), R"(["a","b","ä \"q\""])");
    EXPECT_EQ(secret_index::parse(entry).value(), QStringList({u"a"_s, u"b"_s, u"ä \"q\""_s}));
}

TEST(SecretIndex, OfNothingIsAnEmptyList) {
    EXPECT_EQ(secret_index::format({}).reveal(), "[]");
    EXPECT_EQ(secret_index::parse(Secret(QByteArray("[]"))).value(), QStringList());
}

TEST(SecretIndex, SortsWhatSomeoneElseWrote) {
    EXPECT_EQ(secret_index::parse(Secret(QByteArray(R"( ["b", "a", "b"] )"))).value(),
              QStringList({u"a"_s, u"b"_s}));
}

TEST(SecretIndex, ThatIsDamagedIsAnError) {
    for (const char *text : {"", "[", "{}", "[1]", "[\"a\", null]", "\"a\"", "\xff\xfe"}) {
        const Result<QStringList> names = secret_index::parse(Secret(QByteArray(text)));
        ASSERT_FALSE(names.ok()) << text;
        EXPECT_EQ(names.error().code, ErrorCode::Internal);
        EXPECT_FALSE(names.error().detail.isEmpty());
    }
}

} // namespace quaygate
