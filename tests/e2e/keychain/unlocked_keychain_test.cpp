#include "tests/e2e/keychain/keychain_test.h"

#include <csignal>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::Answer;
using test::messageOf;
using test::secretOf;
using test::textOf;
using test::waitUntil;

namespace {

/// Every test files its entries under a service of its own.
class UnlockedKeychain : public test::KeychainTest {
protected:
    UnlockedKeychain() : KeychainTest({"unlocked"}) {}

    static QString service() {
        return u"quaygate-test-"_s +
               QLatin1String(::testing::UnitTest::GetInstance()->current_test_info()->name());
    }

    KeychainSecretStore m_store{service()};
};

/// Holds the keyring daemon, as if it waited for a person.
class HeldDaemon {
public:
    HeldDaemon() : m_pid(qgetenv("QUAYGATE_KEYRING_PID").toInt()) {
        EXPECT_GT(m_pid, 1);
        EXPECT_EQ(kill(m_pid, SIGSTOP), 0);
    }
    ~HeldDaemon() { release(); }
    void release() { kill(m_pid, SIGCONT); }

private:
    pid_t m_pid;
};

} // namespace

TEST_F(UnlockedKeychain, KeepsListsAndRemoves) {
    EXPECT_EQ(names(m_store).value(), QStringList());
    EXPECT_EQ(messageOf(write(m_store, u"azure-openai"_s, "value one")), "");
    EXPECT_EQ(messageOf(write(m_store, u"Clé \"ü\""_s, "value two")), "");

    KeychainSecretStore later(service());
    EXPECT_EQ(textOf(read(later, u"azure-openai"_s)), "value one");
    EXPECT_EQ(textOf(read(later, u"Clé \"ü\""_s)), "value two");
    EXPECT_EQ(names(later).value(), QStringList({u"Clé \"ü\""_s, u"azure-openai"_s}));

    EXPECT_EQ(messageOf(remove(later, u"azure-openai"_s)), "");
    EXPECT_EQ(names(later).value(), QStringList({u"Clé \"ü\""_s}));
    EXPECT_EQ(read(later, u"azure-openai"_s).error().code, ErrorCode::SecretNotFound);
    EXPECT_EQ(remove(later, u"azure-openai"_s).error().code, ErrorCode::SecretNotFound);
}

TEST_F(UnlockedKeychain, Overwrites) {
    EXPECT_EQ(messageOf(write(m_store, u"a"_s, "one")), "");
    EXPECT_EQ(messageOf(write(m_store, u"a"_s, "two")), "");
    KeychainSecretStore later(service());
    EXPECT_EQ(textOf(read(later, u"a"_s)), "two");
    EXPECT_EQ(names(later).value(), QStringList({u"a"_s}));
}

TEST_F(UnlockedKeychain, KeepsAnyBytes) {
    QByteArray bytes;
    for (int i = 0; i < 256; ++i)
        bytes.append(char(i));
    Answer<void> written;
    m_store.write(u"bytes"_s, Secret(QByteArray(bytes)), written.callback());
    EXPECT_EQ(messageOf(written.get()), "");
    KeychainSecretStore later(service());
    EXPECT_EQ(textOf(read(later, u"bytes"_s)), bytes.toStdString());
}

TEST_F(UnlockedKeychain, SaysWhereToEnterAMissingKey) {
    const Error error = read(m_store, u"missing"_s).error();
    EXPECT_EQ(error.code, ErrorCode::SecretNotFound);
    EXPECT_TRUE(error.message.contains(u"quaygate secret set \"missing\""_s));
}

TEST_F(UnlockedKeychain, GivesUpOnADaemonThatDoesNotAnswer) {
    EXPECT_EQ(messageOf(write(m_store, u"a"_s, "value a")), "");
    EXPECT_EQ(messageOf(write(m_store, u"b"_s, "value b")), "");
    KeychainSecretStore impatient(service(), std::chrono::milliseconds(1500));
    EXPECT_EQ(textOf(read(impatient, u"a"_s)), "value a");

    HeldDaemon daemon;
    Answer<Secret> waited, queued, fromMemory;
    Answer<void> written;
    impatient.read(u"b"_s, waited.callback());
    impatient.read(u"missing"_s, queued.callback());
    impatient.write(u"a"_s, secretOf("not now"), written.callback());
    for (const Error &error : {waited.get().error(), queued.get().error(), written.get().error()}) {
        EXPECT_EQ(error.code, ErrorCode::SecretStoreLocked);
        EXPECT_TRUE(error.message.contains(u"answered"_s)) << error.message.toStdString();
    }
    daemon.release();

    EXPECT_TRUE(waitUntil([&] { return read(impatient, u"b"_s).ok(); }));
    EXPECT_EQ(textOf(read(impatient, u"b"_s)), "value b");
    EXPECT_EQ(textOf(read(impatient, u"a"_s)), "value a");
}

TEST_F(UnlockedKeychain, MayBeDestroyedWhileTheDaemonIsSilent) {
    EXPECT_EQ(messageOf(write(m_store, u"a"_s, "value")), "");
    Answer<Secret> answer;
    Answer<void> written;
    {
        HeldDaemon daemon;
        KeychainSecretStore shortLived(service());
        KeychainSecretStore another(service());
        shortLived.read(u"a"_s, answer.callback());
        another.write(u"a"_s, secretOf("other value"), written.callback());
        test::runQueued();
    }
    // QtKeychain has one queue, so this comes behind the jobs that were left alone.
    KeychainSecretStore later(service());
    EXPECT_EQ(textOf(read(later, u"a"_s)), "other value");
    EXPECT_FALSE(answer.came() || written.came());
}

TEST_F(UnlockedKeychain, ServesManyRequestsAtOnce) {
    std::vector<Answer<void>> written(10);
    std::vector<Answer<Secret>> readBack(10);
    for (size_t i = 0; i < written.size(); ++i) {
        const QString name = u"name %1"_s.arg(i);
        m_store.write(name, secretOf("value"), written[i].callback());
        m_store.read(name, readBack[i].callback());
    }
    EXPECT_EQ(names(m_store)->size(), 10);
    for (size_t i = 0; i < written.size(); ++i) {
        EXPECT_EQ(messageOf(written[i].get()), "");
        EXPECT_EQ(textOf(readBack[i].get()), "value");
        EXPECT_EQ(written[i].count() + readBack[i].count(), 2);
    }
}

} // namespace quaygate
