#include "gateway/secrets/indexed_secret_store.h"
#include "gateway/secrets/secret_index.h"
#include "tests/secrets/answer.h"
#include "tests/secrets/fake_entries.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::Answer;
using test::FakeEntries;
using test::messageOf;
using test::runQueued;
using test::secretOf;
using test::textOf;

namespace {

const Error locked{ErrorCode::SecretStoreLocked, u"The keychain is locked."_s, u"detail"_s};

class IndexedSecretStoreTest : public ::testing::Test {
protected:
    Result<Secret> read(const QString &name) {
        Answer<Secret> answer;
        m_store->read(name, answer.callback());
        return answer.get();
    }
    Result<void> write(const QString &name, const char *value) {
        Answer<void> answer;
        m_store->write(name, secretOf(value), answer.callback());
        return answer.get();
    }
    Result<void> remove(const QString &name) {
        Answer<void> answer;
        m_store->remove(name, answer.callback());
        return answer.get();
    }
    Result<QStringList> names() {
        Answer<QStringList> answer;
        m_store->names(answer.callback());
        return answer.get();
    }
    qsizetype reads(const QString &name) const { return m_log->calls.count(u"read "_s + name); }
    QByteArray index() const { return m_log->content[secret_index::account()]; }

    std::shared_ptr<FakeEntries::Log> m_log = std::make_shared<FakeEntries::Log>();
    std::unique_ptr<IndexedSecretStore> m_store =
        std::make_unique<IndexedSecretStore>(std::make_unique<FakeEntries>(m_log));
};

} // namespace

TEST_F(IndexedSecretStoreTest, WritesReadsListsAndRemoves) {
    EXPECT_EQ(names().value(), QStringList());
    EXPECT_TRUE(write(u"b"_s, "value b").ok());
    EXPECT_TRUE(write(u"a"_s, "value a").ok());
    EXPECT_EQ(textOf(read(u"a"_s)), "value a");
    EXPECT_EQ(textOf(read(u"b"_s)), "value b");
    EXPECT_EQ(names().value(), QStringList({u"a"_s, u"b"_s}));
    EXPECT_TRUE(remove(u"a"_s).ok());
    EXPECT_EQ(names().value(), QStringList({u"b"_s}));
    EXPECT_EQ(read(u"a"_s).error().code, ErrorCode::SecretNotFound);
}

TEST_F(IndexedSecretStoreTest, SaysWhereToEnterAMissingKey) {
    const Error error = read(u"azure-openai"_s).error();
    EXPECT_EQ(error.code, ErrorCode::SecretNotFound);
    EXPECT_EQ(error.message.toStdString(),
              "No key named \"azure-openai\" is in the keychain; add it in Backends or with: "
              "quaygate secret set \"azure-openai\"");
}

TEST_F(IndexedSecretStoreTest, ReadsASecretOnceARun) {
    m_log->content[u"a"_s] = "value";
    EXPECT_EQ(textOf(read(u"a"_s)), "value");
    EXPECT_EQ(textOf(read(u"a"_s)), "value");
    EXPECT_EQ(reads(u"a"_s), 1);
}

TEST_F(IndexedSecretStoreTest, ReadsNothingBeforeItIsAsked) {
    runQueued();
    EXPECT_EQ(m_log->calls, QStringList());
}

TEST_F(IndexedSecretStoreTest, ReadsAgainAfterForget) {
    m_log->content[u"a"_s] = "old";
    EXPECT_EQ(textOf(read(u"a"_s)), "old");
    m_log->content[u"a"_s] = "new";
    m_store->forget();
    EXPECT_EQ(textOf(read(u"a"_s)), "new");
}

TEST_F(IndexedSecretStoreTest, DoesNotRememberAReadThatForgetOvertook) {
    m_log->content[u"a"_s] = "old";
    Answer<Secret> answer;
    m_store->read(u"a"_s, answer.callback());
    m_store->forget();
    EXPECT_EQ(textOf(answer.get()), "old");
    m_log->content[u"a"_s] = "new";
    EXPECT_EQ(textOf(read(u"a"_s)), "new");
}

TEST_F(IndexedSecretStoreTest, KnowsWhatItWroteWithoutReading) {
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    EXPECT_EQ(textOf(read(u"a"_s)), "value");
    EXPECT_EQ(reads(u"a"_s), 0);
}

TEST_F(IndexedSecretStoreTest, ForgetsWhatItCouldNotOverwrite) {
    EXPECT_TRUE(write(u"a"_s, "old").ok());
    m_log->failures[u"write a"_s] = locked;
    EXPECT_FALSE(write(u"a"_s, "new").ok());
    m_log->content[u"a"_s] = "what the keychain has";
    EXPECT_EQ(textOf(read(u"a"_s)), "what the keychain has");
}

TEST_F(IndexedSecretStoreTest, DoesNotRememberAFailure) {
    m_log->failures[u"read a"_s] = locked;
    EXPECT_EQ(read(u"a"_s).error(), locked);
    m_log->failures.clear();
    m_log->content[u"a"_s] = "value";
    EXPECT_EQ(textOf(read(u"a"_s)), "value");
}

TEST_F(IndexedSecretStoreTest, AsksOnceForReadsThatWaitTogether) {
    m_log->failures[u"read a"_s] = locked;
    Answer<Secret> first, second, third;
    m_store->read(u"a"_s, first.callback());
    m_store->read(u"a"_s, second.callback());
    m_store->read(u"a"_s, third.callback());
    EXPECT_EQ(first.get().error(), locked);
    EXPECT_EQ(second.get().error(), locked);
    EXPECT_EQ(third.get().error(), locked);
    EXPECT_EQ(reads(u"a"_s), 1);
}

TEST_F(IndexedSecretStoreTest, DoesThingsInTheOrderAsked) {
    m_log->content[u"a"_s] = "one";
    Answer<Secret> one, two, none;
    Answer<void> written, removed;
    m_store->read(u"a"_s, one.callback());
    m_store->write(u"a"_s, secretOf("two"), written.callback());
    m_store->read(u"a"_s, two.callback());
    m_store->remove(u"a"_s, removed.callback());
    m_store->read(u"a"_s, none.callback());
    EXPECT_EQ(textOf(one.get()), "one");
    EXPECT_TRUE(written.get().ok());
    EXPECT_EQ(textOf(two.get()), "two");
    EXPECT_TRUE(removed.get().ok());
    EXPECT_EQ(none.get().error().code, ErrorCode::SecretNotFound);
}

TEST_F(IndexedSecretStoreTest, ListsEveryNameWrittenAtOnce) {
    std::vector<Answer<void>> answers(20);
    QStringList expected;
    for (int i = 0; i < 20; ++i) {
        expected.append(u"name %1"_s.arg(i, 2, 10, QChar(u'0')));
        m_store->write(expected.last(), secretOf("value"), answers[size_t(i)].callback());
    }
    EXPECT_EQ(names().value(), expected);
    for (const Answer<void> &answer : answers)
        EXPECT_TRUE(answer.get().ok());
}

TEST_F(IndexedSecretStoreTest, LosesNoSecretWithTheList) {
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    m_log->content.erase(secret_index::account());
    m_store->forget();
    EXPECT_EQ(textOf(read(u"a"_s)), "value");
    EXPECT_EQ(names().value(), QStringList());
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    EXPECT_EQ(names().value(), QStringList({u"a"_s}));
}

TEST_F(IndexedSecretStoreTest, SaysThatTheListIsDamagedAndStartsANewOne) {
    m_log->content[secret_index::account()] = "not a list";
    ASSERT_FALSE(names().ok());
    EXPECT_EQ(names().error().code, ErrorCode::Internal);
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    EXPECT_EQ(names().value(), QStringList({u"a"_s}));
}

TEST_F(IndexedSecretStoreTest, DoesNotOverwriteAListThatItCouldNotRead) {
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    const QByteArray before = index();
    m_log->failures[u"read "_s + secret_index::account()] = locked;
    const Result<void> written = write(u"b"_s, "value");
    ASSERT_FALSE(written.ok());
    EXPECT_EQ(written.error().code, ErrorCode::SecretStoreLocked);
    EXPECT_EQ(messageOf(written),
              "The key \"b\" is saved, but not listed: The keychain is locked.");
    EXPECT_EQ(textOf(read(u"b"_s)), "value");
    EXPECT_EQ(messageOf(remove(u"b"_s)),
              "The key \"b\" is removed, but still listed: The keychain is locked.");
    EXPECT_EQ(index(), before);
    EXPECT_EQ(names().error(), locked);
}

TEST_F(IndexedSecretStoreTest, SaysWhenTheListCouldNotBeWritten) {
    m_log->failures[u"write "_s + secret_index::account()] = locked;
    EXPECT_EQ(messageOf(write(u"a"_s, "value")),
              "The key \"a\" is saved, but not listed: The keychain is locked.");
}

TEST_F(IndexedSecretStoreTest, WritesTheListOnlyWhenItChanges) {
    EXPECT_TRUE(write(u"a"_s, "one").ok());
    EXPECT_TRUE(write(u"a"_s, "two").ok());
    EXPECT_EQ(m_log->calls.count(u"write "_s + secret_index::account()), 1);
}

TEST_F(IndexedSecretStoreTest, TakesANameOffTheListWhoseSecretIsGone) {
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    m_log->content.erase(u"a"_s);
    EXPECT_TRUE(remove(u"a"_s).ok());
    EXPECT_EQ(names().value(), QStringList());
    EXPECT_EQ(remove(u"a"_s).error().code, ErrorCode::SecretNotFound);
}

TEST_F(IndexedSecretStoreTest, KeepsTheNameOfASecretThatCouldNotBeRemoved) {
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    m_log->failures[u"remove a"_s] = locked;
    EXPECT_EQ(remove(u"a"_s).error(), locked);
    EXPECT_EQ(names().value(), QStringList({u"a"_s}));
}

TEST_F(IndexedSecretStoreTest, RefusesNamesAndValuesThatItCannotKeep) {
    for (const QString &name :
         {u""_s, u"two\nlines"_s, QString(65, u'n'), secret_index::account()}) {
        EXPECT_EQ(read(name).error().code, ErrorCode::ConfigInvalid);
        EXPECT_EQ(write(name, "value").error().code, ErrorCode::ConfigInvalid);
        EXPECT_EQ(remove(name).error().code, ErrorCode::ConfigInvalid);
    }
    EXPECT_EQ(write(u"empty"_s, "").error().code, ErrorCode::ConfigInvalid);
    EXPECT_EQ(m_log->calls, QStringList());
}

TEST_F(IndexedSecretStoreTest, AnswersLaterAndOnce) {
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    Answer<Secret> cached, missing;
    Answer<void> written, removed;
    Answer<QStringList> listed;
    m_store->read(u"a"_s, cached.callback());
    m_store->read(u"missing"_s, missing.callback());
    m_store->write(u"b"_s, secretOf("value"), written.callback());
    m_store->remove(u"a"_s, removed.callback());
    m_store->names(listed.callback());
    EXPECT_FALSE(cached.came() || missing.came() || written.came() || removed.came() ||
                 listed.came());
    EXPECT_TRUE(listed.get().ok());
    runQueued();
    for (int count :
         {cached.count(), missing.count(), written.count(), removed.count(), listed.count()})
        EXPECT_EQ(count, 1);
}

TEST_F(IndexedSecretStoreTest, AnswersFromMemoryWhileTheKeychainIsSilent) {
    EXPECT_TRUE(write(u"a"_s, "value").ok());
    m_log->silent = true;
    Answer<Secret> waiting;
    m_store->read(u"b"_s, waiting.callback());
    EXPECT_EQ(textOf(read(u"a"_s)), "value");
    EXPECT_FALSE(waiting.came());
}

TEST_F(IndexedSecretStoreTest, DoesNotAnswerOnceItIsGone) {
    Answer<Secret> read;
    Answer<void> written;
    Answer<QStringList> listed;
    m_store->read(u"a"_s, read.callback());
    m_store->write(u"a"_s, secretOf("value"), written.callback());
    m_store->names(listed.callback());
    m_store.reset();
    runQueued();
    EXPECT_FALSE(read.came() || written.came() || listed.came());
}

TEST_F(IndexedSecretStoreTest, MayBeDestroyedByItsCallback) {
    m_log->content[u"a"_s] = "value";
    bool came = false;
    Answer<Secret> second;
    m_store->read(u"a"_s, [&](Result<Secret>) {
        came = true;
        m_store.reset();
    });
    m_store->read(u"a"_s, second.callback());
    EXPECT_TRUE(test::waitUntil([&] { return came; }));
    runQueued();
    EXPECT_FALSE(second.came());
}

} // namespace quaygate
