#include "app/autostart_command.h"
#ifdef Q_OS_LINUX
#include "app/autostart_entry.h"
#endif

#include <QBuffer>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {

#ifdef Q_OS_LINUX

namespace {

/// The autostart folder of a home of its own.
class AutostartTest : public testing::Test {
protected:
    AutostartTest() { qputenv("XDG_CONFIG_HOME", home.path().toLocal8Bit()); }
    ~AutostartTest() override { qunsetenv("XDG_CONFIG_HOME"); }

    int call(Autostart &autostart, const QString &argument) {
        QBuffer out(&said);
        QBuffer err(&complained);
        said.clear();
        complained.clear();
        out.open(QIODevice::WriteOnly);
        err.open(QIODevice::WriteOnly);
        return autostartCommand({argument}, autostart, out, err);
    }

    QString entry() const {
        return home.filePath(u"autostart/io.github.quaygate.Quaygate.desktop"_s);
    }

    QTemporaryDir home;
    QByteArray said;
    QByteArray complained;
};

} // namespace

TEST_F(AutostartTest, IsSwitchedOnAndOffByTheCommand) {
    const auto autostart = makeAutostart(u"/opt/quay/quaygate"_s);
    EXPECT_EQ(call(*autostart, u"status"_s), 0);
    EXPECT_EQ(said, "off\n");
    EXPECT_EQ(call(*autostart, u"on"_s), 0);
    EXPECT_TRUE(QFile::exists(entry()));
    EXPECT_EQ(call(*autostart, u"status"_s), 0);
    EXPECT_EQ(said, "on\n");
    EXPECT_EQ(call(*makeAutostart(u"/usr/bin/quaygate"_s), u"status"_s), 0);
    EXPECT_TRUE(said.startsWith("on, but not for this program"));
    EXPECT_EQ(call(*autostart, u"off"_s), 0);
    EXPECT_EQ(call(*autostart, u"off"_s), 0);
    EXPECT_FALSE(QFile::exists(entry()));
    EXPECT_EQ(call(*autostart, u"perhaps"_s), 2);
    EXPECT_TRUE(complained.contains("Usage"));
}

TEST_F(AutostartTest, AFolderThatCannotBeWrittenIsSaid) {
    QFile blocker(home.filePath(u"autostart"_s));
    ASSERT_TRUE(blocker.open(QIODevice::WriteOnly));
    EXPECT_EQ(call(*makeAutostart(u"/usr/bin/quaygate"_s), u"on"_s), 1);
    EXPECT_TRUE(complained.contains("cannot be written"));
}

TEST(AutostartEntry, EveryPathComesBack) {
    for (const QString &program : {u"/usr/bin/quaygate"_s, u"/home/ä b/quaygate"_s,
                                   u"/a\"b`c$d\\e/100%/quaygate"_s, u"/a\\sb/%f/q"_s})
        EXPECT_EQ(autostart_entry::programOf(autostart_entry::text(program)), program)
            << program.toStdString();
}

TEST(AutostartEntry, IsSpelledByTheRules) {
    const QByteArray text = autostart_entry::text(u"/a b/50%/$x/quaygate"_s);
    EXPECT_TRUE(text.contains("\nExec=\"/a b/50%%/\\\\$x/quaygate\" --background\n"))
        << text.toStdString();
    EXPECT_TRUE(text.contains("\nTryExec=/a b/50%/$x/quaygate\n"));
}

TEST(AutostartEntry, WhatIsSwitchedOffStartsNothing) {
    const QByteArray text = autostart_entry::text(u"/usr/bin/quaygate"_s);
    EXPECT_TRUE(autostart_entry::programOf(text + "Hidden=true\n").isEmpty());
    EXPECT_TRUE(autostart_entry::programOf(text + "X-GNOME-Autostart-enabled=false\n").isEmpty());
    EXPECT_TRUE(
        autostart_entry::programOf("[Desktop Action x]\nExec=/usr/bin/quaygate\n").isEmpty());
    EXPECT_EQ(autostart_entry::programOf("[Desktop Entry]\nExec=/usr/bin/quaygate %u\n"),
              u"/usr/bin/quaygate"_s);
}

#endif

} // namespace quaygate::test
