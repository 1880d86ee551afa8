#include "tests/config/store_fixture.h"

#include <QThread>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

class ConfigStoreTest : public test::StoreTest {};

const QByteArray wrongText = "{\n  \"version\": 1,\n  \"routes\": 7\n}\n";

TEST_F(ConfigStoreTest, startsWithTheDefaultsAndWritesNothing) {
    const auto store = makeStore();
    EXPECT_EQ(*store->snapshot(), Config());
    EXPECT_EQ(m_loads, 0);
    store->load();
    ASSERT_TRUE(test::waitUntil([this] { return m_loads == 1; }));
    EXPECT_TRUE(store->isFirstStart());
    EXPECT_TRUE(store->problems().isEmpty());
    EXPECT_EQ(*store->snapshot(), Config());
    EXPECT_TRUE(QDir(m_folder.path()).isEmpty());
}

TEST_F(ConfigStoreTest, loadsAGoodFile) {
    writeFile(m_file, test::documentedText());
    const auto store = makeStore();
    store->load();
    ASSERT_TRUE(test::waitUntil([this] { return m_loads == 1; }));
    EXPECT_FALSE(store->isFirstStart());
    EXPECT_EQ(*store->snapshot(), test::documentedConfig());
    EXPECT_EQ(m_changes, 1);
    EXPECT_EQ(readFile(m_file), test::documentedText());
    EXPECT_EQ(readFile(m_file + u".last-good"_s), test::documentedText());
}

TEST_F(ConfigStoreTest, refusesAWrongFileAndNeverWritesOverIt) {
    writeFile(m_file, wrongText);
    const auto store = makeStore();
    store->load();
    ASSERT_TRUE(test::waitUntil([this] { return m_loads == 1; }));
    EXPECT_EQ(m_refusals, 1);
    EXPECT_EQ(m_changes, 0);
    EXPECT_FALSE(store->isFirstStart());
    ASSERT_EQ(store->problems().size(), 1);
    EXPECT_EQ(store->problems()[0].line, 3);
    EXPECT_EQ(store->problems()[0].pointer, u"/routes"_s);
    EXPECT_EQ(*store->snapshot(), Config());

    const Result<void> saved = save(*store, test::documentedConfig());
    ASSERT_FALSE(saved.ok());
    EXPECT_EQ(saved.error().code, ErrorCode::ConfigInvalid);
    EXPECT_EQ(readFile(m_file), wrongText);
    EXPECT_FALSE(QFile::exists(m_file + u".last-good"_s));

    writeFile(m_file, test::documentedText());
    ASSERT_TRUE(test::waitUntil([&] { return store->problems().isEmpty(); }));
    EXPECT_EQ(*store->snapshot(), test::documentedConfig());
    EXPECT_TRUE(save(*store, withPort(1)).ok());
}

TEST_F(ConfigStoreTest, savesPrivatelyAndKeepsACopy) {
    m_file = m_folder.filePath(u"a/b/config.json"_s);
    const auto store = makeLoadedStore();
    ASSERT_TRUE(save(*store, test::fullConfig()).ok());
    EXPECT_EQ(*store->snapshot(), test::fullConfig());
    EXPECT_EQ(m_changes, 1);
    EXPECT_EQ(parseConfig(readFile(m_file)).config, test::fullConfig());
    EXPECT_EQ(readFile(m_file + u".last-good"_s), readFile(m_file));
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup |
                                      QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    for (const QString &path :
         {m_file, m_file + u".last-good"_s, m_folder.filePath(u"a"_s), m_folder.filePath(u"a/b"_s)})
        EXPECT_EQ(QFile::permissions(path) & others, QFile::Permissions()) << qPrintable(path);
    EXPECT_EQ(QFile::permissions(m_file) & QFile::ExeOwner, QFile::Permissions());
}

TEST_F(ConfigStoreTest, tightensTheModeOfAFileThatItReplaces) {
    writeFile(m_file, test::documentedText());
    ASSERT_TRUE(QFile::setPermissions(m_file, QFile::ReadOwner | QFile::WriteOwner |
                                                  QFile::ReadGroup | QFile::ReadOther));
    const auto store = makeLoadedStore();
    ASSERT_TRUE(save(*store, withPort(1)).ok());
    EXPECT_FALSE(QFile::permissions(m_file) & (QFile::ReadGroup | QFile::ReadOther));
}

TEST_F(ConfigStoreTest, savesSeveralTimesInARow) {
    const auto store = makeLoadedStore();
    QList<int> done;
    for (quint16 port = 1; port <= 20; ++port)
        store->save(withPort(port), [&done, port](const Result<void> &saved) {
            EXPECT_TRUE(saved.ok());
            done.append(port);
        });
    ASSERT_TRUE(test::waitUntil([&] { return done.size() == 20; }));
    EXPECT_TRUE(std::is_sorted(done.begin(), done.end()));
    EXPECT_EQ(*store->snapshot(), withPort(20));
    EXPECT_EQ(parseConfig(readFile(m_file)).config, withPort(20));
    EXPECT_EQ(m_refusals, 0);
}

TEST_F(ConfigStoreTest, savesOnItsOwnThreadAndAnswersOnTheCallers) {
    const auto store = makeLoadedStore();
    QThread *answeredOn = nullptr;
    store->save(withPort(1), [&](const Result<void> &) { answeredOn = QThread::currentThread(); });
    ASSERT_TRUE(test::waitUntil([&] { return answeredOn != nullptr; }));
    EXPECT_EQ(answeredOn, QThread::currentThread());
}

TEST_F(ConfigStoreTest, finishesASaveBeforeItIsGone) {
    auto store = makeLoadedStore();
    bool done = false;
    store->save(withPort(5), [&done](const Result<void> &) { done = true; });
    store.reset();
    EXPECT_EQ(parseConfig(readFile(m_file)).config, withPort(5));
    EXPECT_FALSE(done);
}

TEST_F(ConfigStoreTest, refusesToSaveWhatIsInvalid) {
    const auto store = makeLoadedStore();
    Config config = test::documentedConfig();
    config.backends[0].name.clear();
    const Result<void> saved = save(*store, config);
    ASSERT_FALSE(saved.ok());
    EXPECT_EQ(saved.error().code, ErrorCode::ConfigInvalid);
    EXPECT_TRUE(saved.error().message.contains("/backends/0/name"_L1))
        << qPrintable(saved.error().message);

    config = test::documentedConfig();
    config.unknown = {{u"x"_s, "{not json"_ba}};
    EXPECT_EQ(save(*store, config).error().code, ErrorCode::ConfigInvalid);
    EXPECT_TRUE(QDir(m_folder.path()).isEmpty());
    EXPECT_EQ(*store->snapshot(), Config());
    EXPECT_EQ(m_changes, 0);
}

TEST_F(ConfigStoreTest, picksUpAFileThatIsWrittenInPlace) {
    writeFile(m_file, test::documentedText());
    const auto store = makeLoadedStore();
    writeFile(m_file, writeConfig(withPort(1)));
    EXPECT_TRUE(waitForPort(*store, 1));
    EXPECT_EQ(readFile(m_file + u".last-good"_s), writeConfig(withPort(1)));
}

TEST_F(ConfigStoreTest, picksUpAFileThatIsReplacedAgainAndAgain) {
    writeFile(m_file, test::documentedText());
    const auto store = makeLoadedStore();
    for (quint16 port = 1; port <= 5; ++port) {
        replaceFile(writeConfig(withPort(port)));
        EXPECT_TRUE(waitForPort(*store, port)) << port;
    }
    writeFile(m_file, writeConfig(withPort(6)));
    EXPECT_TRUE(waitForPort(*store, 6));
}

TEST_F(ConfigStoreTest, picksUpAFileAndFoldersThatComeLater) {
    m_file = m_folder.filePath(u"a/b/config.json"_s);
    const auto store = makeLoadedStore();
    ASSERT_TRUE(QDir().mkpath(m_folder.filePath(u"a/b"_s)));
    writeFile(m_file, writeConfig(withPort(1)));
    EXPECT_TRUE(waitForPort(*store, 1));
}

TEST_F(ConfigStoreTest, endsWithTheLastOfManyQuickEdits) {
    writeFile(m_file, test::documentedText());
    const auto store = makeLoadedStore();
    for (quint16 port = 1; port <= 200; ++port) {
        if (port % 3 == 0)
            replaceFile(writeConfig(withPort(port)));
        else if (port % 3 == 1)
            writeFile(m_file, writeConfig(withPort(port)));
        else
            ASSERT_TRUE(QFile::remove(m_file));
    }
    writeFile(m_file, writeConfig(withPort(999)));
    EXPECT_TRUE(waitForPort(*store, 999));
    EXPECT_TRUE(store->problems().isEmpty());
}

TEST_F(ConfigStoreTest, keepsTheSnapshotWhenTheFileGoesWrong) {
    writeFile(m_file, test::documentedText());
    const auto store = makeLoadedStore();
    replaceFile(wrongText);
    ASSERT_TRUE(test::waitUntil([this] { return m_refusals == 1; }));
    EXPECT_EQ(*store->snapshot(), test::documentedConfig());
    EXPECT_EQ(store->problems().size(), 1);
    EXPECT_EQ(readFile(m_file + u".last-good"_s), test::documentedText());
    EXPECT_EQ(save(*store, withPort(1)).error().code, ErrorCode::ConfigInvalid);
    EXPECT_EQ(readFile(m_file), wrongText);

    // The same text as before it went wrong: the problems are gone all the same.
    replaceFile(test::documentedText());
    ASSERT_TRUE(test::waitUntil([this] { return m_changes == 1; }));
    EXPECT_TRUE(store->problems().isEmpty());
}

TEST_F(ConfigStoreTest, keepsTheSnapshotWhenTheFileGoesAway) {
    writeFile(m_file, test::documentedText());
    const auto store = makeLoadedStore();
    ASSERT_TRUE(QFile::remove(m_file));
    ASSERT_TRUE(test::waitUntil([this] { return m_changes == 1; }));
    EXPECT_EQ(*store->snapshot(), test::documentedConfig());
    EXPECT_TRUE(save(*store, withPort(1)).ok());
    EXPECT_EQ(parseConfig(readFile(m_file)).config, withPort(1));
}

TEST_F(ConfigStoreTest, neverWritesOverAChangeThatItsCallerDoesNotKnow) {
    writeFile(m_file, test::documentedText());
    const auto store = makeLoadedStore();
    // No event is handled between the two, whether or not the disk thread has seen the change.
    for (quint16 port = 1; port <= 20; ++port) {
        const QByteArray byHand = writeConfig(withPort(port));
        replaceFile(byHand);
        const Result<void> saved = save(*store, withPort(1000));
        ASSERT_FALSE(saved.ok());
        EXPECT_EQ(saved.error().code, ErrorCode::FileChanged);
        EXPECT_EQ(readFile(m_file), byHand);
        EXPECT_EQ(store->snapshot()->gateway.port, port) << "the change is known with the refusal";
    }
    EXPECT_TRUE(save(*store, withPort(1000)).ok());
}

TEST_F(ConfigStoreTest, neverWritesOverAFileThatItHasNotLoaded) {
    writeFile(m_file, test::documentedText());
    const auto store = makeStore();
    EXPECT_EQ(save(*store, withPort(1)).error().code, ErrorCode::FileChanged);
    EXPECT_EQ(readFile(m_file), test::documentedText());
}

TEST_F(ConfigStoreTest, keepsWhatItDoesNotKnow) {
    writeFile(m_file, R"({"version":1,"later":{"x" : [ 1.00 ]},"gateway":{"port":80}})");
    const auto store = makeLoadedStore();
    Config config = *store->snapshot();
    config.gateway.port = 81;
    ASSERT_TRUE(save(*store, config).ok());
    EXPECT_TRUE(readFile(m_file).contains("\"later\": {\"x\" : [ 1.00 ]}"));
}

TEST(ConfigStoreDefaults, areInTheUsersFolder) {
    EXPECT_TRUE(ConfigStore::defaultFile().endsWith("/quaygate/config.json"_L1));
    EXPECT_TRUE(QDir::isAbsolutePath(ConfigStore::defaultFile()));
}

} // namespace
} // namespace quaygate
