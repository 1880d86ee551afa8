#include "tests/house/house_rules.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>

// The rules of the house, on the house itself.

using namespace Qt::StringLiterals;

namespace quaygate::house {

namespace {

QList<Source> sourcesOf(const QString &root) {
    QList<Source> sources;
    const QDir rootFolder(root);
    for (const QString &folder : {u"app"_s, u"gateway"_s, u"ui"_s, u"tests"_s}) {
        QDirIterator files(rootFolder.filePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files,
                           QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << file.fileName().toStdString();
            sources.append(
                {rootFolder.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll())});
        }
    }
    std::sort(sources.begin(), sources.end(),
              [](const Source &a, const Source &b) { return a.path < b.path; });
    return sources;
}

/// Asks the installed Qt: a header is found in the folder of its module.
bool isInScreenModule(const QString &header) {
    static const QStringList folders = QStringLiteral(QUAYGATE_SCREEN_HEADERS).split(u'|');
    const QString module = header.section(u'/', 0, -2);
    const QString name = header.section(u'/', -1);
    return std::any_of(folders.begin(), folders.end(), [&](const QString &folder) {
        const QString own = folder.section(u'/', -1) == u"Headers"_s
                                ? folder.section(u'/', -2, -2).section(u'.', 0, 0)
                                : folder.section(u'/', -1);
        return (module.isEmpty() || module == own) && QFileInfo::exists(folder + u'/' + name);
    });
}

class SourceTree : public testing::Test {
protected:
    const QList<Source> sources = sourcesOf(QStringLiteral(QUAYGATE_SOURCE_DIR));
};

TEST_F(SourceTree, IsWhereItIsLookedFor) {
    EXPECT_TRUE(std::any_of(sources.begin(), sources.end(),
                            [](const Source &source) { return source.path == u"app/main.cpp"_s; }));
    EXPECT_TRUE(isInScreenModule(u"QPushButton"_s));
    EXPECT_TRUE(isInScreenModule(u"QtWidgets/QPushButton"_s));
    EXPECT_TRUE(isInScreenModule(u"QGuiApplication"_s));
    EXPECT_FALSE(isInScreenModule(u"QString"_s));
    EXPECT_FALSE(isInScreenModule(u"vector"_s));
}

TEST_F(SourceTree, KeepsTheRules) {
    const QStringList found = violations(sources, isInScreenModule);
    EXPECT_TRUE(found.isEmpty()) << found.join(u'\n').toStdString();
}

TEST_F(SourceTree, TellsOfLongFiles) {
    const QStringList found = longFiles(sources);
    if (!found.isEmpty())
        std::cout << "longer than wished:\n" << found.join(u'\n').toStdString() << std::endl;
    EXPECT_LT(found.size(), 10) << "too many files are longer than wished";
}

} // namespace

} // namespace quaygate::house
