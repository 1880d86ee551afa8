#include "gateway/signin/azure_cli.h"
#include "gateway/signin/token_fetcher.h"
#include "tests/support/event_loop.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

/// With an `az` of the test's own on the PATH.
class AzureCli : public testing::Test {
protected:
    AzureCli() {
        identity.kind = Auth::Kind::AzureCli;
        identity.scope = u"https://cognitiveservices.azure.com/.default"_s;
        environment.insert(u"PATH"_s, folder.path() + u":/usr/bin:/bin"_s);
        environment.insert(u"NOTES"_s, folder.filePath(u"notes"_s));
    }

    void install(const QByteArray &script, const QByteArray &interpreter = "/bin/sh") {
        QFile file(folder.filePath(u"az"_s));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write("#!" + interpreter + "\n" + script + "\n");
        file.close();
        ASSERT_TRUE(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    }

    Result<AccessToken> fetch(std::chrono::milliseconds patience = 20s) {
        TokenFetcher fetcher(environment, [] { return std::chrono::system_clock::now(); });
        fetcher.setAzureCliPatience(patience);
        std::optional<FetchOutcome> outcome;
        std::unique_ptr<TokenFetch> running;
        running = fetcher.fetch(identity, Secret(), [&](FetchOutcome given) {
            outcome = std::move(given);
            running.reset(); // as the one who asked does
        });
        EXPECT_TRUE(test::waitUntil([&] { return outcome.has_value(); }, 30s));
        return outcome ? outcome->token : Error{};
    }

    std::string error(std::chrono::milliseconds patience = 20s) {
        const auto token = fetch(patience);
        if (token)
            return "no error";
        EXPECT_EQ(token.error().code, ErrorCode::SignInFailed);
        EXPECT_FALSE((token.error().message + token.error().detail).contains(u"canary"_s));
        return token.error().message.toStdString();
    }

    QByteArray notes() const {
        QFile file(folder.filePath(u"notes"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
    }

    QTemporaryDir folder;
    QProcessEnvironment environment;
    TokenIdentity identity;
};

TEST_F(AzureCli, LoggedInGivesItsToken) {
    install(R"(printf '%s|' "$@" > "$NOTES"
echo 'WARNING: something else' >&2
echo '{"accessToken":"eyJ.cli","expiresOn":"2026-11-22 16:44:42.000000","expires_on":1795362282,'
echo ' "subscription":"s","tenant":"t","tokenType":"Bearer"}')");
    identity.tenant = u"contoso.com"_s;
    const auto token = fetch();
    ASSERT_TRUE(token) << token.error().message.toStdString();
    EXPECT_EQ(token->token.reveal(), "eyJ.cli");
    EXPECT_EQ(token->expires, WallTime(1795362282s));
    EXPECT_EQ(notes(), "account|get-access-token|--output|json|--resource|"
                       "https://cognitiveservices.azure.com|--tenant|contoso.com|");
}

TEST_F(AzureCli, ArgumentsAreNoShellText) {
    install(R"(printf '%s|' "$@" > "$NOTES"; exit 1)");
    identity.tenant = u"$(id); `id` \"x\" 'y'"_s;
    EXPECT_THAT(error(), testing::HasSubstr("code 1"));
    EXPECT_TRUE(notes().endsWith("--tenant|$(id); `id` \"x\" 'y'|")) << notes().toStdString();
}

TEST_F(AzureCli, LoggedOutSaysToLogIn) {
    install("echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1");
    EXPECT_THAT(error(), testing::HasSubstr("not logged in; run `az login`"));
}

TEST_F(AzureCli, MissingSaysToInstallIt) {
    environment.insert(u"PATH"_s, u"%1:relative:"_s.arg(folder.path()));
    EXPECT_THAT(error(), testing::HasSubstr("not found on the PATH"));
    environment.remove(u"PATH"_s);
    EXPECT_EQ(findAzureCli(environment), QString());
}

TEST_F(AzureCli, AFolderOfTheWorkingDirectoryIsNotLookedIn) {
    install("echo x");
    const QString before = QDir::currentPath();
    ASSERT_TRUE(QDir::setCurrent(folder.path()));
    environment.insert(u"PATH"_s, u":."_s);
    EXPECT_EQ(findAzureCli(environment), QString());
    ASSERT_TRUE(QDir::setCurrent(before));
}

/// The state of a process: a letter, or nothing if it is gone.
QByteArray stateOf(const QByteArray &pid) {
    QFile stat(u"/proc/"_s + QString::fromLatin1(pid) + u"/stat"_s);
    if (!stat.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = stat.readAll();
    return text.mid(text.lastIndexOf(')') + 2, 1);
}

TEST_F(AzureCli, HangingEndsAfterAWhileWithAllThatItStarted) {
    install("sleep 600 & echo $! > \"$NOTES\"; wait");
    EXPECT_THAT(error(300ms), testing::HasSubstr("has not answered in 1 seconds"));
    const QByteArray pid = notes();
    if (!pid.isEmpty()) { // else it was not even begun in that time
        EXPECT_TRUE(test::waitUntil([&] { return stateOf(pid).isEmpty() || stateOf(pid) == "Z"; }));
    }
}

TEST_F(AzureCli, ACancelledRunEndsWithAllThatItStarted) {
    install("sleep 600 & echo $! > \"$NOTES\"; wait");
    TokenFetcher fetcher(environment, [] { return std::chrono::system_clock::now(); });
    auto running = fetcher.fetch(identity, Secret(), [](const FetchOutcome &) { FAIL(); });
    ASSERT_TRUE(test::waitUntil([&] { return !notes().isEmpty(); }));
    const QByteArray pid = notes();
    running.reset();
    EXPECT_TRUE(test::waitUntil([&] { return stateOf(pid).isEmpty() || stateOf(pid) == "Z"; }));
}

TEST_F(AzureCli, WrongOutputIsNotRepeated) {
    install("echo 'canary, no JSON'");
    EXPECT_THAT(error(), testing::HasSubstr("holds no token"));
    install("true");
    EXPECT_THAT(error(), testing::HasSubstr("holds no token"));
    install(R"(echo '{"accessToken":"canary"}')");
    EXPECT_THAT(error(), testing::HasSubstr("holds no token"));
}

TEST_F(AzureCli, AFloodIsCut) {
    install("yes canary; true");
    EXPECT_THAT(error(), testing::HasSubstr("holds no token"));
    install("yes x | head -c 3000000 >&2; exit 3");
    EXPECT_THAT(error(), testing::HasSubstr("code 3"));
}

TEST_F(AzureCli, WhatCannotRunIsTold) {
    install("true", "/nowhere/python3");
    EXPECT_THAT(error(), testing::HasSubstr("could not be run"));
    install("kill -SEGV $$");
    EXPECT_THAT(error(), testing::HasSubstr("could not be run"));
}

} // namespace
} // namespace quaygate
