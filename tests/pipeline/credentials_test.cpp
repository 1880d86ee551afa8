#include "gateway/pipeline/credentials.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

struct Fixture {
    WallTime now{1795356000s};
    Credentials credentials{[this](const Backend &, std::optional<quint64> number, auto done) {
                                rejected.append(number.value_or(0));
                                asked.push_back(std::move(done));
                            },
                            [this] { return now; }};
    std::vector<Credentials::Granted> asked;
    QList<quint64> rejected;
    QList<QByteArray> got;
    int failures = 0;

    Credentials::Done note() {
        return [this](const Result<Credential> &credential) {
            if (credential)
                got.append(credential->value.reveal().toByteArray());
            else
                ++failures;
        };
    }
    void obtain(const Backend &backend) { credentials.obtain(backend, note()); }
    void replace(const Backend &backend, quint64 number) {
        credentials.replace(backend, number, note());
    }
    Credentials::Grant token(const QByteArray &text, quint64 number) const {
        return {Secret(QByteArray(text)), number, now + 1h};
    }
};

Backend signedBy(Auth::Kind kind, const QString &name = u"k"_s) {
    Backend backend;
    backend.endpoint = u"r.openai.azure.com"_s;
    backend.auth = {kind, name, {}};
    return backend;
}

Credentials::Grant key(const QByteArray &text) {
    return {Secret(QByteArray(text))};
}

const Backend keychain = signedBy(Auth::Kind::Keychain);
const Backend entra = signedBy(Auth::Kind::EntraClientSecret);

TEST(Credentials, ManyWaitForOneAnswerAndItIsKept) {
    Fixture f;
    f.obtain(keychain);
    f.obtain(keychain);
    ASSERT_EQ(f.asked.size(), 1u);
    f.asked[0](key("one"));
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
    f.asked[1](key("now"));
    EXPECT_EQ(f.got, QList<QByteArray>({"now"}));
}

TEST(Credentials, ForgettingAsksAgainAndDropsLateAnswers) {
    Fixture f;
    f.obtain(keychain);
    f.credentials.forget();
    f.asked[0](key("old"));
    f.obtain(keychain);
    ASSERT_EQ(f.asked.size(), 2u);
    f.asked[1](key("new"));
    EXPECT_EQ(f.got, QList<QByteArray>({"old", "new"}));
}

TEST(Credentials, KindsAndNamesAreApartAndSomeNeedNothing) {
    Fixture f;
    f.obtain(keychain);
    f.obtain(signedBy(Auth::Kind::Environment));
    f.obtain(signedBy(Auth::Kind::Keychain, u"other"_s));
    EXPECT_EQ(f.asked.size(), 3u);
    f.obtain(signedBy(Auth::Kind::None));
    f.obtain(signedBy(Auth::Kind::Passthrough));
    EXPECT_EQ(f.asked.size(), 3u);
    EXPECT_EQ(f.got, QList<QByteArray>({"", ""}));
}

TEST(Credentials, AnAnswerAfterTheEndIsHarmless) {
    Credentials::Granted late;
    {
        Credentials credentials(
            [&](const Backend &, std::optional<quint64>, auto done) { late = std::move(done); });
        credentials.obtain(keychain, [](const Result<Credential> &) { FAIL(); });
    }
    late(key("x"));
}

TEST(Credentials, EachGoesIntoItsHeader) {
    struct Row {
        Auth::Kind kind;
        QString header;
        QByteArray name;
        QByteArray value;
    };
    using enum Auth::Kind;
    for (const Row &row :
         {Row{Keychain, {}, "api-key", "s"},
          Row{Environment, u"Ocp-Apim-Subscription-Key"_s, "Ocp-Apim-Subscription-Key", "s"},
          Row{Keychain, u"authorization"_s, "authorization", "Bearer s"},
          Row{AzureCli, {}, "Authorization", "Bearer s"},
          Row{EntraClientSecret, u"api-key"_s, "Authorization", "Bearer s"},
          Row{EntraManagedIdentity, {}, "Authorization", "Bearer s"}}) {
        Credentials credentials(
            [](const Backend &, std::optional<quint64>, auto done) { done(key("s")); });
        Backend backend = signedBy(row.kind);
        backend.auth.header = row.header;
        credentials.obtain(backend, [&](const Result<Credential> &credential) {
            ASSERT_TRUE(credential);
            EXPECT_EQ(credential->header, row.name);
            EXPECT_EQ(credential->value.reveal(), row.value);
        });
    }
}

TEST(Credentials, ATokenIsAskedForAgainWhenItsTimeHasCome) {
    Fixture f;
    f.obtain(entra);
    f.asked[0](f.token("a", 1));
    f.now += 1h - 1s;
    f.obtain(entra);
    EXPECT_EQ(f.asked.size(), 1u);
    f.now += 1s;
    f.obtain(entra);
    ASSERT_EQ(f.asked.size(), 2u);
    f.asked[1](f.token("b", 2));
    EXPECT_EQ(f.got, QList<QByteArray>({"Bearer a", "Bearer a", "Bearer b"}));
}

TEST(Credentials, ARejectedTokenIsReplacedForAllWhoHaveIt) {
    Fixture f;
    f.obtain(entra);
    f.asked[0](f.token("a", 7));
    f.replace(entra, 7);
    f.replace(entra, 7);
    ASSERT_EQ(f.asked.size(), 2u);
    EXPECT_EQ(f.rejected, QList<quint64>({0, 7}));
    f.asked[1](f.token("b", 8));
    f.replace(entra, 7);
    EXPECT_EQ(f.asked.size(), 2u) << "it is known already";
    EXPECT_EQ(f.got, QList<QByteArray>({"Bearer a", "Bearer b", "Bearer b", "Bearer b"}));
}

TEST(Credentials, ATokenIsForItsEndpoint) {
    Fixture f;
    f.obtain(entra);
    Backend elsewhere = entra;
    elsewhere.endpoint = u"other.openai.azure.us"_s;
    f.obtain(elsewhere);
    EXPECT_EQ(f.asked.size(), 2u);
}

TEST(Credentials, TokensAreForgottenWithoutTheKeys) {
    Fixture f;
    f.obtain(entra);
    f.asked[0](f.token("a", 1));
    f.obtain(keychain);
    f.asked[1](key("k"));
    f.credentials.forgetTokens();
    f.obtain(keychain);
    EXPECT_EQ(f.asked.size(), 2u);
    f.obtain(entra);
    EXPECT_EQ(f.asked.size(), 3u);
}

} // namespace
} // namespace quaygate
