#include "gateway/secrets/answer_later.h"
#include "gateway/secrets/environment_secret_store.h"
#include "gateway/secrets/secret_lookup.h"
#include "gateway/secrets/session_secret_store.h"
#include "tests/secrets/answer.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::Answer;
using test::runQueued;
using test::secretOf;
using test::textOf;

namespace {

/// A keychain that is always locked, and counts how often it was asked.
class LockedStore : public QObject, public SecretStore {
public:
    int asked = 0;

    void read(const QString &, ReadDone done) override {
        ++asked;
        answerLater(this, std::move(done), Result<Secret>(locked()));
    }
    void write(const QString &, const Secret &, Done done) override {
        answerLater(this, std::move(done), Result<void>(locked()));
    }
    void remove(const QString &, Done done) override {
        answerLater(this, std::move(done), Result<void>(locked()));
    }
    void names(NamesDone done) override {
        answerLater(this, std::move(done), Result<QStringList>(locked()));
    }

private:
    static Error locked() { return {ErrorCode::SecretStoreLocked, u"locked"_s, {}}; }
};

class SecretLookupTest : public ::testing::Test {
protected:
    ~SecretLookupTest() override { qunsetenv("QUAYGATE_TEST_LOOKUP"); }

    static void put(SecretStore &store, const char *value) {
        Answer<void> written;
        store.write(u"name"_s, secretOf(value), written.callback());
        EXPECT_TRUE(written.get().ok());
    }

    Result<Secret> readKeychain(SecretStore &keychain) {
        SecretLookup lookup(m_session, keychain, m_environment);
        Answer<Secret> answer;
        lookup.readKeychain(u"name"_s, answer.callback());
        EXPECT_FALSE(answer.came());
        return answer.get();
    }

    SessionSecretStore m_session;
    SessionSecretStore m_keychain;
    LockedStore m_locked;
    EnvironmentSecretStore m_environment;
};

} // namespace

TEST_F(SecretLookupTest, TakesTheSessionsBeforeTheKeychains) {
    put(m_keychain, "keychain");
    EXPECT_EQ(textOf(readKeychain(m_keychain)), "keychain");
    put(m_session, "session");
    EXPECT_EQ(textOf(readKeychain(m_keychain)), "session");
}

TEST_F(SecretLookupTest, NeedsNoKeychainForTheSessions) {
    put(m_session, "session");
    EXPECT_EQ(textOf(readKeychain(m_locked)), "session");
    EXPECT_EQ(m_locked.asked, 0);
}

TEST_F(SecretLookupTest, PassesTheKeychainsErrorOn) {
    EXPECT_EQ(readKeychain(m_locked).error().code, ErrorCode::SecretStoreLocked);
    EXPECT_EQ(readKeychain(m_keychain).error().code, ErrorCode::SecretNotFound);
}

TEST_F(SecretLookupTest, ReadsTheEnvironment) {
    qputenv("QUAYGATE_TEST_LOOKUP", "variable");
    SecretLookup lookup(m_session, m_locked, m_environment);
    Answer<Secret> set, unset;
    lookup.readEnvironment(u"QUAYGATE_TEST_LOOKUP"_s, set.callback());
    lookup.readEnvironment(u"QUAYGATE_TEST_LOOKUP_UNSET"_s, unset.callback());
    EXPECT_EQ(textOf(set.get()), "variable");
    EXPECT_EQ(unset.get().error().code, ErrorCode::VariableNotSet);
}

TEST_F(SecretLookupTest, DoesNotAnswerOnceItIsGone) {
    put(m_session, "session");
    auto lookup = std::make_unique<SecretLookup>(m_session, m_keychain, m_environment);
    Answer<Secret> session, environment;
    lookup->readKeychain(u"name"_s, session.callback());
    lookup->readEnvironment(u"PATH"_s, environment.callback());
    lookup.reset();
    runQueued();
    EXPECT_FALSE(session.came() || environment.came());
}

TEST_F(SecretLookupTest, DoesNotAskTheKeychainOnceItIsGone) {
    auto lookup = std::make_unique<SecretLookup>(m_session, m_locked, m_environment);
    Answer<Secret> answer;
    lookup->readKeychain(u"name"_s, answer.callback());
    lookup.reset();
    runQueued();
    EXPECT_FALSE(answer.came());
    EXPECT_EQ(m_locked.asked, 0);
}

} // namespace quaygate
