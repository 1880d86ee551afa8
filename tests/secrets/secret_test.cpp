#include "gateway/secrets/secret.h"

#include <QDataStream>
#include <QDebug>
#include <QString>
#include <QTextStream>
#include <QVariant>

#include <gtest/gtest.h>

#include <concepts>
#include <ostream>
#include <string>
#include <thread>
#include <vector>

namespace quaygate {

namespace {

template<typename Stream>
concept TakesSecret = requires(Stream stream, const Secret &secret) {
    stream << secret;
};
template<typename Stream>
concept TakesBytes = requires(Stream stream, const QByteArray &bytes) {
    stream << bytes;
};

// The check itself is checked: with something that does print.
static_assert(TakesBytes<QDebug> && TakesBytes<QTextStream &> && TakesBytes<QDataStream &>);
static_assert(!TakesSecret<QDebug> && !TakesSecret<QTextStream &> && !TakesSecret<QDataStream &>);
static_assert(!TakesSecret<std::ostream &>);

template<typename... Targets>
constexpr bool becomesNone = (!std::is_constructible_v<Targets, Secret> && ...);

static_assert(
    becomesNone<QByteArray, QString, QVariant, QByteArrayView, QStringView, QAnyStringView,
                std::string, std::string_view, const char *, bool, int, void *>);
static_assert(!std::is_convertible_v<QByteArray, Secret>);
static_assert(!std::is_constructible_v<Secret, const QByteArray &>);
static_assert(!std::is_constructible_v<Secret, QString>);

static_assert(!std::equality_comparable<Secret>);
static_assert(!std::equality_comparable_with<Secret, QByteArray>);
static_assert(!std::totally_ordered<Secret>);

static_assert(std::is_nothrow_move_constructible_v<Secret> && std::is_copy_assignable_v<Secret>);

} // namespace

TEST(Secret, IsEmptyAtFirst) {
    const Secret secret;
    EXPECT_TRUE(secret.isEmpty());
    EXPECT_EQ(secret.size(), 0);
    EXPECT_TRUE(secret.reveal().isEmpty());
}

TEST(Secret, OfNoBytesIsEmpty) {
    EXPECT_TRUE(Secret(QByteArray()).isEmpty());
    EXPECT_TRUE(Secret(QByteArray("")).isEmpty());
}

TEST(Secret, TakesTheBytesOver) {
    QByteArray bytes("k\0ey", 4);
    const Secret secret(std::move(bytes));
    EXPECT_TRUE(bytes.isEmpty());
    EXPECT_FALSE(secret.isEmpty());
    EXPECT_EQ(secret.size(), 4);
    EXPECT_EQ(secret.reveal(), QByteArrayView("k\0ey", 4));
}

TEST(Secret, LeavesWhoeverSharesTheArrayAlone) {
    QByteArray bytes = QByteArray("shared").repeated(1);
    const QByteArray other = bytes;
    const Secret secret(std::move(bytes));
    EXPECT_TRUE(bytes.isEmpty());
    EXPECT_EQ(other, "shared");
    EXPECT_EQ(secret.reveal(), "shared");
}

TEST(Secret, TakesBytesThatNobodyMayWriteTo) {
    static const char text[] = "read only";
    Secret secret(QByteArray::fromRawData(text, 9));
    EXPECT_EQ(secret.reveal(), "read only");
    EXPECT_STREQ(text, "read only");
}

TEST(Secret, CopiesShareTheBytes) {
    const Secret first(QByteArray("value"));
    const Secret second = first;
    EXPECT_EQ(first.reveal().data(), second.reveal().data());
}

TEST(Secret, IsReadByManyThreadsAtOnce) {
    Secret secret(QByteArray("value"));
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([secret, &right] {
            const Secret copy = secret;
            right += copy.reveal() == QByteArrayView("value") ? 1 : 0;
        });
    }
    secret = Secret();
    for (std::thread &thread : threads)
        thread.join();
    EXPECT_EQ(right, 4);
}

TEST(Wipe, OverwritesEveryByte) {
    std::vector<char> bytes(1000, 'x');
    wipe(std::span(bytes));
    EXPECT_EQ(bytes, std::vector<char>(1000, '\0'));
}

TEST(Wipe, OverwritesNoMoreThanItsBytes) {
    std::string text = "before secret after";
    wipe(std::span(text.data() + 7, 6));
    EXPECT_EQ(text, std::string("before \0\0\0\0\0\0 after", 19));
}

TEST(Wipe, TakesNothing) {
    QByteArray empty;
    wipe(empty);
    wipe(std::span<char>());
    EXPECT_TRUE(empty.isEmpty());
}

TEST(Wipe, EmptiesASharedArrayOnly) {
    QByteArray bytes = QByteArray("shared").repeated(1);
    const QByteArray other = bytes;
    wipe(bytes);
    EXPECT_TRUE(bytes.isEmpty());
    EXPECT_EQ(other, "shared");
}

} // namespace quaygate
