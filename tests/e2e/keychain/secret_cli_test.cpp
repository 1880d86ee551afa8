#include "app/secret_input.h"
#include "tests/e2e/keychain/keychain_test.h"

#include <QDirIterator>
#include <QFile>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::textOf;

namespace {

class UnlockedSecretCli : public test::KeychainTest {
protected:
    UnlockedSecretCli() : KeychainTest({"unlocked"}) {}

    void TearDown() override {
        const Result<QStringList> left = names(m_store);
        ASSERT_TRUE(left.ok());
        for (const QString &name : *left)
            EXPECT_TRUE(remove(m_store, name).ok());
    }

    KeychainSecretStore m_store;
};

/// The files below the private home in whose bytes one of `needles` stands.
QStringList filesWith(const QList<QByteArray> &needles, int *searched) {
    QStringList found;
    QDirIterator each(QString::fromLocal8Bit(qgetenv("QUAYGATE_KEYRING_HOME")),
                      QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (each.hasNext()) {
        QFile file(each.next());
        if (!file.open(QIODevice::ReadOnly))
            continue; // a socket
        ++*searched;
        const QByteArray content = file.readAll();
        for (const QByteArray &needle : needles) {
            if (content.contains(needle))
                found.append(file.fileName());
        }
    }
    return found;
}

} // namespace

TEST_F(UnlockedSecretCli, SetsListsAndRemoves) {
    const Ran set = runCli({u"set"_s, u"b"_s}, "value b\n");
    EXPECT_EQ(set.exitCode, 0) << set.complaint.constData();
    EXPECT_EQ(set.output + set.complaint, "");
    EXPECT_EQ(runCli({u"set"_s, u"a key"_s}, "value a").exitCode, 0);

    const Ran list = runCli({u"list"_s});
    EXPECT_EQ(list.exitCode, 0);
    EXPECT_EQ(list.output, "a key\nb\n");
    EXPECT_EQ(textOf(read(m_store, u"a key"_s)), "value a");
    EXPECT_EQ(textOf(read(m_store, u"b"_s)), "value b");

    EXPECT_EQ(runCli({u"remove"_s, u"a key"_s}).exitCode, 0);
    EXPECT_EQ(runCli({u"list"_s}).output, "b\n");
    const Ran again = runCli({u"remove"_s, u"a key"_s});
    EXPECT_EQ(again.exitCode, 1);
    EXPECT_TRUE(again.complaint.contains("No key named \"a key\"")) << again.complaint.constData();
}

TEST_F(UnlockedSecretCli, ListsNothing) {
    const Ran list = runCli({u"list"_s});
    EXPECT_EQ(list.exitCode, 0);
    EXPECT_EQ(list.output + list.complaint, "");
}

TEST_F(UnlockedSecretCli, StripsOneLineEnd) {
    struct Case {
        QByteArray input;
        std::string kept;
    };
    const Case cases[] = {
        {"value", "value"},
        {"value\n", "value"},
        {"value\r\n", "value"},
        {"value\n\n", "value\n"},
        {" value ", " value "},
        {"two\nlines\n", "two\nlines"},
        {QByteArray("nul\0byte", 8), std::string("nul\0byte", 8)},
        {QByteArray(maxSecretSize, 'x') + "\r\n", std::string(maxSecretSize, 'x')},
    };
    for (const Case &c : cases) {
        const Ran set = runCli({u"set"_s, u"a"_s}, c.input);
        EXPECT_EQ(set.exitCode, 0) << set.complaint.constData();
        m_store.forget();
        EXPECT_TRUE(textOf(read(m_store, u"a"_s)) == c.kept) << c.kept.size() << " bytes";
    }
}

TEST_F(UnlockedSecretCli, RefusesNothingAndTooMuch) {
    for (const QByteArray &input :
         {QByteArray(), QByteArray("\n"), QByteArray("\r\n"), QByteArray(maxSecretSize + 1, 'x'),
          QByteArray(maxSecretSize + 3, 'x'), QByteArray(4 * maxSecretSize, 'x')}) {
        const Ran set = runCli({u"set"_s, u"a"_s}, input);
        EXPECT_EQ(set.exitCode, 1);
        EXPECT_TRUE(set.complaint.contains("nothing was saved")) << set.complaint.constData();
        EXPECT_FALSE(set.complaint.contains("xxx"));
    }
    EXPECT_EQ(names(m_store).value(), QStringList());
}

TEST_F(UnlockedSecretCli, TellsWrongUse) {
    const QStringList wrong[] = {{},
                                 {u"get"_s, u"a"_s},
                                 {u"set"_s},
                                 {u"set"_s, u"a"_s, u"value"_s},
                                 {u"list"_s, u"a"_s},
                                 {u"remove"_s},
                                 {u"set"_s, u""_s},
                                 {u"set"_s, u"two\nlines"_s},
                                 {u"remove"_s, QString(65, u'n')}};
    for (const QStringList &arguments : wrong) {
        const Ran ran = runCli(arguments, "value");
        EXPECT_EQ(ran.exitCode, 2) << arguments.join(u' ').toStdString();
        EXPECT_EQ(ran.output, "");
        EXPECT_FALSE(ran.complaint.isEmpty());
    }
    EXPECT_EQ(names(m_store).value(), QStringList());
    const Ran help = runCli({u"--help"_s});
    EXPECT_EQ(help.exitCode, 0);
    EXPECT_TRUE(help.output.startsWith("usage: quaygate secret set NAME"));
}

TEST_F(UnlockedSecretCli, LeavesTheValueNowhere) {
    const QByteArray canary = "canary-5f0c7b1e9d";
    const QList<QByteArray> needles{canary, canary.toBase64().chopped(4), canary.toHex()};
    QByteArray output;
    const auto run = [&](const QStringList &arguments, const QByteArray &input = {}) {
        const Ran ran = runCli(arguments, input);
        output += ran.output + ran.complaint;
        return ran.exitCode;
    };

    EXPECT_EQ(run({u"set"_s, u"canary name"_s}, canary + "\n"), 0);
    EXPECT_EQ(textOf(read(m_store, u"canary name"_s)), canary.toStdString());
    EXPECT_EQ(run({u"list"_s}), 0);
    int searched = 0;
    EXPECT_EQ(filesWith(needles, &searched), QStringList());
    EXPECT_GT(searched, 0);
    // The search finds what is there: with the name, which the keyring keeps in the clear.
    QFile decoy(QString::fromLocal8Bit(qgetenv("QUAYGATE_KEYRING_HOME")) + u"/decoy"_s);
    ASSERT_TRUE(decoy.open(QIODevice::WriteOnly));
    decoy.write("before " + canary.toBase64() + " after");
    decoy.close();
    EXPECT_EQ(filesWith(needles, &searched), QStringList({decoy.fileName()}));
    EXPECT_TRUE(decoy.remove());

    EXPECT_EQ(run({u"remove"_s, u"canary name"_s}), 0);
    EXPECT_EQ(run({u"remove"_s, u"canary name"_s}), 1);
    EXPECT_EQ(run({u"set"_s, u"bad\nname"_s}, canary), 2);
    EXPECT_EQ(filesWith(needles, &searched), QStringList());
    for (const QByteArray &needle : needles)
        EXPECT_FALSE(output.contains(needle)) << output.constData();
}

} // namespace quaygate
