#include "tests/installer/documented_words.h"

#include <QFile>
#include <QRegularExpression>

#include <gtest/gtest.h>

#include <string>

// What is told of the commands outside the program is what the program says of itself.

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

const QString program = QStringLiteral(QUAYGATE_PROGRAM);
const QString installer = QStringLiteral(QUAYGATE_INSTALLER);
const QString bashCompletion = installer + u"/linux/completions/quaygate.bash"_s;

QString read(const QString &name) {
    QFile file(installer + u'/' + name);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << qPrintable(file.fileName());
    return QString::fromUtf8(file.readAll());
}

QString captured(const QString &text, const QString &pattern) {
    return QRegularExpression(pattern).match(text).captured(1);
}

/// A line a command, which gtest shows the differences of.
std::string linesOf(const Words &words) {
    QString lines;
    for (auto word = words.begin(); word != words.end(); ++word) {
        QStringList options(word.value().begin(), word.value().end());
        options.sort();
        lines += word.key() + u": "_s + options.join(u' ') + u'\n';
    }
    return lines.toStdString();
}

class Installer : public testing::Test {
protected:
    static void SetUpTestSuite() { help = wordsOfHelp(program); }
    static void expectAsHelp(const Words &documented) {
        EXPECT_EQ(linesOf(documented), linesOf(help));
    }

    inline static Words help;
};

TEST_F(Installer, HelpIsUnderstood) {
    EXPECT_TRUE(help.value({}).contains(u"--version"_s));
    EXPECT_TRUE(help.value(u"simulate"_s).contains(u"--key-env"_s));
    EXPECT_TRUE(help.value(u"serve"_s).contains(u"--demo"_s));
}

TEST_F(Installer, ManualPageHasTheSameWords) {
    expectAsHelp(wordsOfManualPage(read(u"linux/quaygate.1.in"_s)));
}

TEST_F(Installer, ZshHasTheSameWords) {
    expectAsHelp(wordsOfZsh(read(u"linux/completions/_quaygate"_s)));
}

TEST_F(Installer, FishHasTheSameWords) {
    expectAsHelp(wordsOfFish(read(u"linux/completions/quaygate.fish"_s)));
}

TEST_F(Installer, BashHasTheSameWords) {
    expectAsHelp(wordsOfBash(bashCompletion, help.keys()));
}

TEST_F(Installer, BashOffersActionsThatHelpAndManualPageName) {
    const QString page = read(u"linux/quaygate.1.in"_s);
    for (const QString &command : {u"client-key"_s, u"secret"_s, u"autostart"_s}) {
        if (!help.contains(command))
            continue;
        const QString told = helpOf(program, {command});
        const QStringList offered =
            offeredByBash(bashCompletion, {u"quaygate"_s, command, QString()});
        EXPECT_GE(offered.size(), 3);
        for (const QString &action : offered) {
            if (action.startsWith(u'-'))
                continue;
            EXPECT_TRUE(told.contains(action)) << qPrintable(command + u' ' + action);
            EXPECT_TRUE(
                page.contains(u"B "_s + QString(command).replace(u'-', u"\\-"_s) + u' ' + action) ||
                page.contains(u' ' + action + u'\n'))
                << qPrintable(command + u' ' + action);
        }
    }
}

TEST_F(Installer, MenuAndServiceStartWhatThereIs) {
    const QString entry = read(u"linux/io.github.quaygate.Quaygate.desktop"_s);
    static const QRegularExpression started(u"^Exec=quaygate ?(.*)$"_s,
                                            QRegularExpression::MultilineOption);
    int count = 0;
    for (auto match = started.globalMatch(entry); match.hasNext(); ++count) {
        const QString option = match.next().captured(1);
        EXPECT_TRUE(option.isEmpty() || help.value({}).contains(option)) << qPrintable(option);
    }
    EXPECT_EQ(count, 4);
    const QString command =
        captured(read(u"linux/quaygate.service.in"_s), u"ExecStart=\\S+/quaygate (\\S+)\n"_s);
    EXPECT_TRUE(help.contains(command)) << qPrintable(command);
}

TEST_F(Installer, EverythingKnowsTheVersion) {
    EXPECT_EQ(captured(read(u"../vcpkg.json"_s), u"\"version-string\": \"([^\"]*)\""_s),
              QStringLiteral(QUAYGATE_VERSION));
    const QString newest = captured(read(u"linux/io.github.quaygate.Quaygate.metainfo.xml"_s),
                                    u"<release version=\"([^\"]*)\""_s);
    EXPECT_EQ(newest, QStringLiteral(QUAYGATE_VERSION));
}

} // namespace

} // namespace quaygate
