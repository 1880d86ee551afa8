#include "gateway/pipeline/credentials.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct Fixture {
    Credentials credentials{[this](const Auth &, auto done) { asked.push_back(std::move(done)); }};
    std::vector<std::function<void(Result<Secret>)>> asked;
    QList<QByteArray> got;
    int failures = 0;

    void obtain(const Auth &auth) {
        credentials.obtain(auth, [this](const Result<Secret> &secret) {
            if (secret)
                got.append(secret->reveal().toByteArray());
            else
                ++failures;
        });
    }
};

const Auth keychain{Auth::Kind::Keychain, u"k"_s, {}};

TEST(Credentials, ManyWaitForOneAnswerAndItIsKept) {
    Fixture f;
    f.obtain(keychain);
    f.obtain(keychain);
    ASSERT_EQ(f.asked.size(), 1u);
    f.asked[0](Secret("one"_ba));
    EXPECT_EQ(f.got, QList<QByteArray>({"one", "one"}));
    f.obtain(keychain);
    EXPECT_EQ(f.asked.size(), 1u);
    EXPECT_EQ(f.got.size(), 3);
}

TEST(Credentials, FailuresAreNotKept) {
    Fixture f;
    f.obtain(keychain);
    f.asked[0](Error{ErrorCode::SecretNotFound, u"none"_s, {}});
    EXPECT_EQ(f.failures, 1);
    f.obtain(keychain);
    ASSERT_EQ(f.asked.size(), 2u);
    f.asked[1](Secret("now"_ba));
    EXPECT_EQ(f.got, QList<QByteArray>({"now"}));
}

TEST(Credentials, ForgettingAsksAgainAndDropsLateAnswers) {
    Fixture f;
    f.obtain(keychain);
    f.credentials.forget();
    f.asked[0](Secret("old"_ba));
    f.obtain(keychain);
    ASSERT_EQ(f.asked.size(), 2u);
    f.asked[1](Secret("new"_ba));
    EXPECT_EQ(f.got, QList<QByteArray>({"old", "new"}));
}

TEST(Credentials, KindsAndNamesAreApartAndNoneNeedsNothing) {
    Fixture f;
    f.obtain(keychain);
    f.obtain({Auth::Kind::Environment, u"k"_s, {}});
    f.obtain({Auth::Kind::Keychain, u"other"_s, {}});
    EXPECT_EQ(f.asked.size(), 3u);
    f.obtain({Auth::Kind::None, {}, {}});
    EXPECT_EQ(f.asked.size(), 3u);
    EXPECT_EQ(f.got, QList<QByteArray>({""}));
}

TEST(Credentials, AnAnswerAfterTheEndIsHarmless) {
    std::function<void(Result<Secret>)> late;
    {
        Credentials credentials([&](const Auth &, auto done) { late = std::move(done); });
        credentials.obtain(keychain, [](const Result<Secret> &) { FAIL(); });
    }
    late(Secret("x"_ba));
}

} // namespace
} // namespace quaygate
