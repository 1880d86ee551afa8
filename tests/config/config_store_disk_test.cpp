#include "tests/config/store_fixture.h"

#include <QProcess>
#include <QRandomGenerator>

#include <sys/stat.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

/// Takes away the rights of an administrator, for whom no permission holds, as long as it lives.
class OrdinaryUser {
public:
    explicit OrdinaryUser(const QString &folder) {
        if (m_before == 0 &&
            (chown(QFile::encodeName(folder), nobody, nobody) != 0 || seteuid(nobody) != 0))
            ADD_FAILURE() << "cannot become another user";
    }
    ~OrdinaryUser() {
        if (seteuid(m_before) != 0)
            ADD_FAILURE() << "cannot become the former user";
    }
    OrdinaryUser(const OrdinaryUser &) = delete;
    OrdinaryUser &operator=(const OrdinaryUser &) = delete;

private:
    static constexpr uid_t nobody = 65534;
    uid_t m_before = geteuid();
};

class ConfigStoreDiskTest : public test::StoreTest {
protected:
    static void setMode(const QString &path, mode_t mode) {
        ASSERT_EQ(chmod(QFile::encodeName(path), mode), 0);
    }

    void expectRefusedAtLoad(const QString &reason) {
        const auto store = makeStore();
        store->load();
        ASSERT_TRUE(test::waitUntil([this] { return m_loads == 1; }));
        EXPECT_FALSE(store->isFirstStart());
        ASSERT_EQ(store->problems().size(), 1);
        EXPECT_TRUE(store->problems()[0].message.contains(reason))
            << qPrintable(store->problems()[0].message);
        const Result<void> saved = save(*store, test::documentedConfig());
        ASSERT_FALSE(saved.ok());
        EXPECT_EQ(saved.error().code, ErrorCode::FileUnreadable);
        EXPECT_EQ(saved.error().message, store->problems()[0].message);
    }

    void expectUnwritable(ConfigStore &store, const QString &reason) {
        const Result<void> saved = save(store, withPort(1));
        ASSERT_FALSE(saved.ok());
        EXPECT_EQ(saved.error().code, ErrorCode::FileUnwritable);
        EXPECT_TRUE(saved.error().message.contains(reason)) << qPrintable(saved.error().message);
    }
};

TEST_F(ConfigStoreDiskTest, refusesAFolderInPlaceOfTheFile) {
    ASSERT_TRUE(QDir().mkdir(m_file));
    expectRefusedAtLoad(u"is a folder"_s);
    EXPECT_TRUE(QFileInfo(m_file).isDir());
}

TEST_F(ConfigStoreDiskTest, refusesAPipeWithoutWaitingForIt) {
    ASSERT_EQ(mkfifo(QFile::encodeName(m_file), 0600), 0);
    expectRefusedAtLoad(u"not an ordinary file"_s);
}

TEST_F(ConfigStoreDiskTest, refusesAHugeFile) {
    writeFile(m_file, QByteArray(1024 * 1024 + 1, ' '));
    expectRefusedAtLoad(u"larger than 1 MiB"_s);
}

TEST_F(ConfigStoreDiskTest, refusesALinkThatLeadsInACircle) {
    ASSERT_TRUE(QFile::link(m_file, m_file));
    expectRefusedAtLoad(u"cannot be reached"_s);
}

TEST_F(ConfigStoreDiskTest, refusesAFileThatItMayNotRead) {
    const OrdinaryUser user(m_folder.path());
    writeFile(m_file, test::documentedText());
    setMode(m_file, 0);
    expectRefusedAtLoad(u"cannot be read"_s);
    setMode(m_file, 0600);
    EXPECT_EQ(readFile(m_file), test::documentedText());
}

TEST_F(ConfigStoreDiskTest, refusesAFolderThatItMayNotEnter) {
    const OrdinaryUser user(m_folder.path());
    writeFile(m_file, test::documentedText());
    setMode(m_folder.path(), 0);
    expectRefusedAtLoad(u"cannot be reached"_s);
    setMode(m_folder.path(), 0700);
    EXPECT_EQ(readFile(m_file), test::documentedText());
}

TEST_F(ConfigStoreDiskTest, losesNothingInAFolderThatItMayNotWrite) {
    const OrdinaryUser user(m_folder.path());
    writeFile(m_file, test::documentedText());
    setMode(m_folder.path(), 0500);
    const auto store = makeLoadedStore();
    expectUnwritable(*store, u"could not be written"_s);
    EXPECT_EQ(readFile(m_file), test::documentedText());
    EXPECT_EQ(*store->snapshot(), test::documentedConfig());
    EXPECT_EQ(m_changes, 0);

    setMode(m_folder.path(), 0700);
    EXPECT_TRUE(save(*store, withPort(1)).ok());
}

TEST_F(ConfigStoreDiskTest, saysThatAFolderCannotBeMade) {
    writeFile(m_folder.filePath(u"a"_s), "in the way");
    m_file = m_folder.filePath(u"a/config.json"_s);
    const auto store = makeLoadedStore();
    EXPECT_TRUE(store->isFirstStart());
    expectUnwritable(*store, u"could not be made"_s);
    EXPECT_EQ(readFile(m_folder.filePath(u"a"_s)), "in the way");
}

TEST_F(ConfigStoreDiskTest, writesThroughALink) {
    ASSERT_TRUE(QDir().mkdir(m_folder.filePath(u"dotfiles"_s)));
    const QString target = m_folder.filePath(u"dotfiles/quaygate.json"_s);
    writeFile(target, test::documentedText());
    ASSERT_EQ(symlink("dotfiles/quaygate.json", QFile::encodeName(m_file)), 0);
    const auto store = makeLoadedStore();
    EXPECT_EQ(*store->snapshot(), test::documentedConfig());

    ASSERT_TRUE(save(*store, withPort(1)).ok());
    EXPECT_TRUE(QFileInfo(m_file).isSymLink());
    EXPECT_FALSE(QFileInfo(target).isSymLink());
    EXPECT_EQ(parseConfig(readFile(target)).config, withPort(1));

    writeFile(target, writeConfig(withPort(2)));
    EXPECT_TRUE(waitForPort(*store, 2));
    const QString other = m_folder.filePath(u"other"_s);
    writeFile(other, writeConfig(withPort(3)));
    ASSERT_EQ(std::rename(QFile::encodeName(other), QFile::encodeName(target)), 0);
    EXPECT_TRUE(waitForPort(*store, 3));
}

TEST_F(ConfigStoreDiskTest, writesThroughALinkWhoseTargetDoesNotExist) {
    ASSERT_EQ(symlink("new/quaygate.json", QFile::encodeName(m_file)), 0);
    const auto store = makeLoadedStore();
    EXPECT_TRUE(store->isFirstStart());
    ASSERT_TRUE(save(*store, withPort(1)).ok());
    EXPECT_TRUE(QFileInfo(m_file).isSymLink());
    EXPECT_EQ(parseConfig(readFile(m_folder.filePath(u"new/quaygate.json"_s))).config, withPort(1));
}

/// Whenever the process dies, the file is one of those that it saved, whole; so is the copy.
TEST_F(ConfigStoreDiskTest, leavesAGoodFileWhenItIsKilled) {
    const QByteArray whole[] = {writeConfig(test::documentedConfig()),
                                writeConfig(test::largeConfig())};
    const auto isWhole = [&](const QByteArray &text) {
        return std::find(std::begin(whole), std::end(whole), text) != std::end(whole);
    };
    for (int round = 0; round < 12; ++round) {
        QProcess process;
        process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process.start(QStringLiteral(QUAYGATE_SAVE_LOOP), {m_file});
        QByteArray output;
        const auto lines = 1 + QRandomGenerator::global()->bounded(4);
        ASSERT_TRUE(test::waitUntil([&] {
            output += process.readAllStandardOutput();
            return output.count('\n') >= lines;
        })) << qPrintable(process.errorString());
        process.kill();
        ASSERT_TRUE(process.waitForFinished());
        ASSERT_EQ(process.exitStatus(), QProcess::CrashExit);
        ASSERT_TRUE(isWhole(readFile(m_file))) << "round " << round;
        ASSERT_TRUE(isWhole(readFile(m_file + u".last-good"_s))) << "round " << round;
    }
}

} // namespace
} // namespace quaygate
