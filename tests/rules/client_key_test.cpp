#include "gateway/rules/client_key.h"

#include <QRegularExpression>
#include <QSet>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(ClientKey, HasARecognisableText) {
    const NewClientKey made = makeClientKey();
    static const QRegularExpression form(u"^qg-[A-Za-z0-9_-]{43}$"_s);
    EXPECT_TRUE(form.match(QString::fromLatin1(made.key.reveal())).hasMatch());
    EXPECT_TRUE(looksLikeClientKey(made.key.reveal()));
    EXPECT_EQ(made.hash, hashOfClientKey(made.key));
}

/// 256 bits: every bit of the text is sometimes set and sometimes not, and none comes twice.
TEST(ClientKey, EveryBitIsRandom) {
    QSet<QByteArray> seen;
    QByteArray everSet(32, '\0');
    QByteArray everClear(32, '\0');
    for (int i = 0; i < 200; ++i) {
        const QByteArray text = makeClientKey().key.reveal().sliced(3).toByteArray();
        seen.insert(text);
        const QByteArray bits = QByteArray::fromBase64(text, QByteArray::Base64UrlEncoding);
        ASSERT_EQ(bits.size(), 32);
        for (qsizetype at = 0; at < bits.size(); ++at) {
            everSet[at] = char(everSet[at] | bits[at]);
            everClear[at] = char(everClear[at] | ~bits[at]);
        }
    }
    EXPECT_EQ(seen.size(), 200);
    EXPECT_EQ(everSet, QByteArray(32, '\xff'));
    EXPECT_EQ(everClear, QByteArray(32, '\xff'));
}

TEST(ClientKey, HashIsPlainSha256) {
    EXPECT_EQ(hashOfClientKey(Secret("abc"_ba)),
              u"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s);
}

TEST(ClientKey, ReadsADigestOutOfAHash) {
    const QString hex = u"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_s;
    const QByteArray digest = QByteArray::fromHex(hex.toLatin1());
    EXPECT_EQ(digestOfHash(u"sha256:"_s + hex), digest);
    EXPECT_EQ(digestOfHash(u"sha256:"_s + hex.toUpper()), digest);
    const QString wrong[] = {QString(),          hex,
                             u"sha256:"_s,       u"sha256:"_s + hex.chopped(1),
                             u"sha1:"_s + hex,   u"sha256:"_s + hex + u'0',
                             u"SHA256:"_s + hex, u"sha256:"_s + hex.chopped(1) + u'g'};
    for (const QString &one : wrong)
        EXPECT_TRUE(digestOfHash(one).isEmpty()) << one.toStdString();
}

} // namespace
} // namespace quaygate
