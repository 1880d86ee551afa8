#include "tests/e2e/keychain/keychain_test.h"

#include <QDirIterator>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

class AbsentKeychain : public test::KeychainTest {
protected:
    AbsentKeychain() : KeychainTest({"no-service", "no-bus"}) {}

    static void expectMissing(const auto &result) {
        ASSERT_FALSE(result.ok());
        EXPECT_EQ(result.error().code, ErrorCode::SecretStoreMissing);
        EXPECT_EQ(
            test::messageOf(result),
            "No keyring service answers on D-Bus; install and start gnome-keyring or KWallet. Or "
            "keep the key for this session only, or in an environment variable.");
        EXPECT_FALSE(result.error().detail.isEmpty());
    }

    KeychainSecretStore m_store;
};

QStringList everyFile() {
    QStringList files;
    QDirIterator each(QString::fromLocal8Bit(qgetenv("HOME")),
                      QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (each.hasNext())
        files.append(each.next());
    return files;
}

} // namespace

TEST_F(AbsentKeychain, SaysWhatIsMissingWhateverIsAsked) {
    expectMissing(write(m_store, u"a"_s, "value"));
    expectMissing(read(m_store, u"a"_s));
    expectMissing(remove(m_store, u"a"_s));
    expectMissing(names(m_store));
}

TEST_F(AbsentKeychain, IsNotReplacedByAFile) {
    EXPECT_FALSE(write(m_store, u"a"_s, "value").ok());
    EXPECT_EQ(runCli({u"set"_s, u"a"_s}, "value").exitCode, 1);
    EXPECT_EQ(everyFile(), QStringList());
}

TEST_F(AbsentKeychain, SaysSoOnTheCommandLine) {
    for (const QStringList &arguments : {QStringList{u"set"_s, u"a"_s}, QStringList{u"list"_s},
                                         QStringList{u"remove"_s, u"a"_s}}) {
        const Ran ran = runCli(arguments, "canary-value\n");
        EXPECT_EQ(ran.exitCode, 1);
        EXPECT_EQ(ran.output, "");
        EXPECT_TRUE(ran.complaint.contains("No keyring service answers"))
            << ran.complaint.constData();
        EXPECT_FALSE(ran.complaint.contains("canary"));
    }
}

} // namespace quaygate
