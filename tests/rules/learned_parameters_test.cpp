#include "gateway/rules/learned_parameters.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

constexpr auto chat = RuleDialect::Chat;
constexpr auto responses = RuleDialect::Responses;

Backend backendOf(const QString &deployment, const QString &apiVersion = u"v1"_s) {
    Backend backend;
    backend.name = u"any"_s;
    backend.endpoint = u"https://r.openai.azure.com"_s;
    backend.deploymentName = deployment;
    backend.apiVersion = apiVersion;
    return backend;
}

const QList<ParameterEdit> noTemperature{{"temperature"}};
const QList<ParameterEdit> newMaxTokens{{"max_tokens", "max_completion_tokens"}};

TEST(LearnedParameters, areOfADeploymentAndAnApi) {
    LearnedParameters learned;
    const Backend backend = backendOf(u"a"_s);
    EXPECT_TRUE(learned.of(backend, chat).isEmpty());
    learned.learn(backend, chat, noTemperature);
    learned.learn(backend, chat, newMaxTokens);

    EXPECT_EQ(learned.of(backend, chat), noTemperature + newMaxTokens);
    Backend renamed = backend;
    renamed.name = u"another name"_s;
    EXPECT_EQ(learned.of(renamed, chat), noTemperature + newMaxTokens);
    EXPECT_TRUE(learned.of(backend, responses).isEmpty());
    EXPECT_TRUE(learned.of(backendOf(u"b"_s), chat).isEmpty());
    EXPECT_TRUE(learned.of(backendOf(u"a"_s, u"2024-10-21"_s), chat).isEmpty());
}

TEST(LearnedParameters, areToldToOthersOnce) {
    LearnedParameters learned;
    LearnedParameters other;
    int told = 0;
    learned.onLearned = [&](const Backend &backend, RuleDialect dialect,
                            const QList<ParameterEdit> &edits) {
        ++told;
        other.note(backend, dialect, edits);
    };
    other.onLearned = [](const Backend &, RuleDialect, const QList<ParameterEdit> &) {
        FAIL() << "what was told is not told on";
    };
    const Backend backend = backendOf(u"a"_s);
    learned.learn(backend, chat, noTemperature);
    learned.learn(backend, chat, noTemperature);
    learned.learn(backend, chat, {});
    EXPECT_EQ(told, 1);
    EXPECT_EQ(other.of(backend, chat), noTemperature);
}

TEST(LearnedParameters, areForgottenWithTheModel) {
    LearnedParameters learned;
    const Backend backend = backendOf(u"a"_s);
    learned.forgetIfModelChanged(backend, chat, "gpt-4.1-2025-04-14"); // knows nothing yet
    learned.learn(backend, chat, noTemperature);
    learned.forgetIfModelChanged(backend, chat, "o3-2025-04-16");
    learned.forgetIfModelChanged(backend, chat, "");
    learned.forgetIfModelChanged(backend, chat, "o3-2025-04-16");
    learned.forgetIfModelChanged(backend, responses, "a"); // where answers name the deployment
    learned.forgetIfModelChanged(backendOf(u"b"_s), chat, "gpt-5");
    EXPECT_EQ(learned.of(backend, chat), noTemperature);

    learned.forgetIfModelChanged(backend, chat, "gpt-4.1-2025-04-14");
    EXPECT_TRUE(learned.of(backend, chat).isEmpty());
}

TEST(LearnedParameters, goBackToAnOldNameThatIsAskedFor) {
    LearnedParameters learned;
    const Backend backend = backendOf(u"a"_s);
    learned.learn(backend, chat, newMaxTokens);
    const QList<ParameterEdit> back{{"max_completion_tokens", "max_tokens"}};
    learned.learn(backend, chat, back);
    EXPECT_EQ(learned.of(backend, chat), back);
}

TEST(LearnedParameters, doNotGrowWithoutBound) {
    LearnedParameters learned;
    for (int i = 0; i < 5000; ++i)
        learned.learn(backendOf(QString::number(i)), chat, noTemperature);
    int known = 0;
    for (int i = 0; i < 5000; ++i)
        known += learned.of(backendOf(QString::number(i)), chat).isEmpty() ? 0 : 1;
    EXPECT_LE(known, 4096);
    EXPECT_FALSE(learned.of(backendOf(u"4999"_s), chat).isEmpty());

    const Backend backend = backendOf(u"a"_s);
    for (int i = 0; i < 1000; ++i)
        learned.learn(backend, chat, {{"reasoning_effort", "", QByteArray::number(i)}});
    EXPECT_LE(learned.of(backend, chat).size(), 64);
    EXPECT_EQ(learned.of(backend, chat).last().value, "999");
}

} // namespace
} // namespace quaygate
