#include "gateway/secrets/environment_secret_store.h"
#include "tests/secrets/answer.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::Answer;
using test::runQueued;
using test::secretOf;
using test::textOf;

namespace {

constexpr auto variable = "QUAYGATE_TEST_VARIABLE";

class EnvironmentSecretStoreTest : public ::testing::Test {
protected:
    ~EnvironmentSecretStoreTest() override { qunsetenv(variable); }

    Result<Secret> read(const QString &name) {
        Answer<Secret> answer;
        m_store.read(name, answer.callback());
        EXPECT_FALSE(answer.came());
        return answer.get();
    }

    EnvironmentSecretStore m_store;
};

} // namespace

TEST_F(EnvironmentSecretStoreTest, ReadsTheVariableEachTime) {
    qputenv(variable, "first");
    EXPECT_EQ(textOf(read(QLatin1String(variable))), "first");
    qputenv(variable, "second");
    EXPECT_EQ(textOf(read(QLatin1String(variable))), "second");
}

TEST_F(EnvironmentSecretStoreTest, MissesWhatIsNotThereOrEmpty) {
    qputenv(variable, "");
    for (const QString &name : {QString(QLatin1String(variable)), u"QUAYGATE_TEST_NOT_SET"_s, u""_s,
                                u"PATH=x"_s, u"="_s, u"PATH"_s + QChar(0) + u"x"_s}) {
        const Result<Secret> result = read(name);
        ASSERT_FALSE(result.ok()) << name.toStdString();
        EXPECT_EQ(result.error().code, ErrorCode::VariableNotSet);
        EXPECT_TRUE(result.error().message.contains(name));
    }
}

TEST_F(EnvironmentSecretStoreTest, IsReadOnly) {
    qputenv(variable, "value");
    Answer<void> written, removed;
    m_store.write(QLatin1String(variable), secretOf("other"), written.callback());
    m_store.remove(QLatin1String(variable), removed.callback());
    EXPECT_FALSE(written.get().ok());
    EXPECT_FALSE(removed.get().ok());
    EXPECT_EQ(qgetenv(variable), "value");
}

TEST_F(EnvironmentSecretStoreTest, ListsNamesSorted) {
    qputenv(variable, "canary");
    Answer<QStringList> answer;
    m_store.names(answer.callback());
    const QStringList names = answer.get().value();
    QStringList sorted = names;
    sorted.sort();
    EXPECT_EQ(names, sorted);
    EXPECT_TRUE(names.contains(QLatin1String(variable)));
    EXPECT_TRUE(names.filter(u"canary"_s).isEmpty());
}

TEST_F(EnvironmentSecretStoreTest, DoesNotAnswerOnceItIsGone) {
    Answer<Secret> answer;
    std::make_unique<EnvironmentSecretStore>()->read(u"PATH"_s, answer.callback());
    runQueued();
    EXPECT_FALSE(answer.came());
}

} // namespace quaygate
