#include "tests/e2e/keychain/keychain_test.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::Answer;
using test::waitUntil;

namespace {

/// Nobody there to type the password: prompts fail at once.
class LockedKeychain : public test::KeychainTest {
protected:
    LockedKeychain() : KeychainTest({"locked"}) {}

    static void expectLocked(const auto &result) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().code, ErrorCode::SecretStoreLocked);
        EXPECT_TRUE(result.error().message.contains(u"unlock it"_s))
            << result.error().message.toStdString();
    }

    KeychainSecretStore m_store;
};

class NoCollection : public test::KeychainTest {
protected:
    NoCollection() : KeychainTest({"no-collection"}) {}

    KeychainSecretStore m_store;
};

/// Stands in for the window that asks for the password, and for a person who does not look at it.
class IgnoredPrompter : public QDBusVirtualObject {
public:
    bool asked = false;

    IgnoredPrompter() {
        EXPECT_TRUE(m_bus.registerVirtualObject(u"/org/gnome/keyring/Prompter"_s, this));
        EXPECT_TRUE(m_bus.registerService(u"org.gnome.keyring.SystemPrompter"_s));
    }
    ~IgnoredPrompter() override {
        m_bus.unregisterService(u"org.gnome.keyring.SystemPrompter"_s);
        m_bus.unregisterObject(u"/org/gnome/keyring/Prompter"_s);
    }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &connection) override {
        asked = asked || message.member() == u"BeginPrompting"_s;
        return connection.send(message.createReply());
    }

private:
    QDBusConnection m_bus = QDBusConnection::sessionBus();
};

} // namespace

TEST_F(LockedKeychain, SaysSoWhateverIsAsked) {
    expectLocked(write(m_store, u"a"_s, "value"));
    expectLocked(read(m_store, u"a"_s));
    expectLocked(remove(m_store, u"a"_s));
    expectLocked(names(m_store));
}

TEST_F(LockedKeychain, SaysSoOnTheCommandLine) {
    for (const QStringList &arguments : {QStringList{u"set"_s, u"a"_s}, QStringList{u"list"_s},
                                         QStringList{u"remove"_s, u"a"_s}}) {
        const Ran ran = runCli(arguments, "canary-value\n");
        EXPECT_EQ(ran.exitCode, 1);
        EXPECT_EQ(ran.output, "");
        EXPECT_TRUE(ran.complaint.contains("The keychain is locked")) << ran.complaint.constData();
        EXPECT_FALSE(ran.complaint.contains("canary"));
    }
}

TEST_F(LockedKeychain, GivesUpWhenThePromptIsIgnored) {
    IgnoredPrompter prompter;
    KeychainSecretStore impatient(u"quaygate"_s, std::chrono::milliseconds(500));
    Answer<void> first, second;
    impatient.write(u"a"_s, test::secretOf("value"), first.callback());
    impatient.write(u"b"_s, test::secretOf("value"), second.callback());
    expectLocked(first.get());
    EXPECT_TRUE(waitUntil([&] { return prompter.asked; }));
    expectLocked(second.get());
}

TEST_F(NoCollection, IsAKeychainWithoutKeys) {
    EXPECT_EQ(names(m_store).value(), QStringList());
    EXPECT_EQ(read(m_store, u"a"_s).error().code, ErrorCode::SecretNotFound);
}

TEST_F(NoCollection, CannotKeepAnythingAndSaysWhy) {
    const Result<void> written = write(m_store, u"a"_s, "value");
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, ErrorCode::SecretStoreMissing);
    EXPECT_TRUE(written.error().message.contains(u"no default keyring"_s));
}

} // namespace quaygate
