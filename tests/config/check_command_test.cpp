#include "app/check_command.h"
#include "tests/config/sample_config.h"

#include <QBuffer>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

struct Outcome {
    int code = -1;
    QString out;
    QString err;
};

Outcome check(const QStringList &arguments) {
    QBuffer out;
    QBuffer err;
    out.open(QIODevice::WriteOnly);
    err.open(QIODevice::WriteOnly);
    const int code = checkCommand(arguments, out, err);
    return {code, QString::fromUtf8(out.data()), QString::fromUtf8(err.data())};
}

class CheckCommand : public testing::Test {
protected:
    Outcome checkText(const QByteArray &text) {
        QFile file(m_file);
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        EXPECT_EQ(file.write(text), text.size());
        file.close();
        return check({u"--config"_s, m_file});
    }

    QTemporaryDir m_folder;
    QString m_file = m_folder.filePath(u"config.json"_s);
};

TEST_F(CheckCommand, saysThatAFileIsGood) {
    const Outcome one = checkText(test::documentedText());
    EXPECT_EQ(one.code, 0);
    EXPECT_EQ(one.out, m_file + u" is good: 1 backend, 1 route\n"_s);
    EXPECT_EQ(one.err, QString());
    EXPECT_EQ(checkText("{\"version\":1}").out, m_file + u" is good: 0 backends, 0 routes\n"_s);
}

TEST_F(CheckCommand, printsEveryProblemWithItsPlace) {
    const Outcome wrong = checkText("{\"version\":1,\n\"gateway\":{\"port\":-1},\n\"routes\":7}");
    EXPECT_EQ(wrong.code, 1);
    EXPECT_EQ(wrong.out,
              m_file + u":2: /gateway/port: \"port\" must be a whole number from 0 to 65535.\n"_s +
                  m_file + u":3: /routes: \"routes\" must be a list in brackets [ ].\n"_s);
    EXPECT_EQ(wrong.err, QString());
    EXPECT_EQ(checkText("{").out,
              m_file + u":1: This is not JSON: column 2: the text ends too early.\n"_s);
}

TEST_F(CheckCommand, saysThatThereIsNoFile) {
    const Outcome missing = check({u"--config"_s, m_file});
    EXPECT_EQ(missing.code, 1);
    EXPECT_EQ(missing.out, QString());
    EXPECT_EQ(missing.err, u"quaygate check: There is no configuration file %1.\n"_s.arg(m_file));
}

TEST_F(CheckCommand, saysThatAFolderIsNoFile) {
    const Outcome folder = check({u"--config"_s, m_folder.path()});
    EXPECT_EQ(folder.code, 1);
    EXPECT_TRUE(folder.err.contains("is a folder"_L1)) << qPrintable(folder.err);
}

TEST_F(CheckCommand, refusesWrongUse) {
    for (const QStringList &arguments : QList<QStringList>{
             {u"--what"_s}, {u"--config"_s}, {u"config.json"_s}, {u"--config=x"_s, u"y"_s}}) {
        const Outcome wrong = check(arguments);
        EXPECT_EQ(wrong.code, 2) << qPrintable(arguments.join(u' '));
        EXPECT_EQ(wrong.out, QString());
        EXPECT_TRUE(wrong.err.contains("usage: quaygate check"_L1)) << qPrintable(wrong.err);
    }
    EXPECT_EQ(check({u"--help"_s}).code, 0);
}

} // namespace
} // namespace quaygate
