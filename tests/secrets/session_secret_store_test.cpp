#include "gateway/secrets/session_secret_store.h"
#include "tests/secrets/answer.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::Answer;
using test::runQueued;
using test::secretOf;
using test::textOf;

TEST(SessionSecretStore, KeepsReplacesListsAndRemoves) {
    SessionSecretStore store;
    Answer<void> written, replaced, other, removed;
    Answer<Secret> read, readLater;
    Answer<QStringList> names;
    store.write(u"b"_s, secretOf("first"), written.callback());
    store.write(u"b"_s, secretOf("second"), replaced.callback());
    store.write(u"a"_s, secretOf("third"), other.callback());
    store.read(u"b"_s, read.callback());
    store.names(names.callback());
    store.remove(u"b"_s, removed.callback());
    store.read(u"b"_s, readLater.callback());

    EXPECT_TRUE(written.get().ok() && replaced.get().ok() && other.get().ok());
    EXPECT_EQ(textOf(read.get()), "second");
    EXPECT_EQ(names.get().value(), QStringList({u"a"_s, u"b"_s}));
    EXPECT_TRUE(removed.get().ok());
    ASSERT_FALSE(readLater.get().ok());
    EXPECT_EQ(readLater.get().error().code, ErrorCode::SecretNotFound);
    EXPECT_TRUE(readLater.get().error().message.contains(u"\"b\""_s));
}

TEST(SessionSecretStore, RefusesWhatItCannotKeep) {
    SessionSecretStore store;
    Answer<void> badName, empty, absent;
    store.write(u"two\nlines"_s, secretOf("value"), badName.callback());
    store.write(u"empty"_s, Secret(), empty.callback());
    store.remove(u"absent"_s, absent.callback());
    EXPECT_EQ(badName.get().error().code, ErrorCode::ConfigInvalid);
    EXPECT_EQ(empty.get().error().code, ErrorCode::ConfigInvalid);
    EXPECT_EQ(absent.get().error().code, ErrorCode::SecretNotFound);
    Answer<QStringList> names;
    store.names(names.callback());
    EXPECT_EQ(names.get().value(), QStringList());
}

TEST(SessionSecretStore, AnswersLaterAndOnce) {
    SessionSecretStore store;
    Answer<Secret> read;
    Answer<void> written, removed;
    Answer<QStringList> names;
    store.write(u"a"_s, secretOf("value"), written.callback());
    store.read(u"a"_s, read.callback());
    store.names(names.callback());
    store.remove(u"a"_s, removed.callback());
    EXPECT_EQ(written.count() + read.count() + names.count() + removed.count(), 0);
    runQueued();
    runQueued();
    EXPECT_EQ(written.count(), 1);
    EXPECT_EQ(read.count(), 1);
    EXPECT_EQ(names.count(), 1);
    EXPECT_EQ(removed.count(), 1);
}

TEST(SessionSecretStore, DoesNotAnswerOnceItIsGone) {
    auto store = std::make_unique<SessionSecretStore>();
    Answer<Secret> read;
    Answer<void> written;
    store->write(u"a"_s, secretOf("value"), written.callback());
    store->read(u"a"_s, read.callback());
    store.reset();
    runQueued();
    EXPECT_FALSE(written.came() || read.came());
}

} // namespace quaygate
