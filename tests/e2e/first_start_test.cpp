#include "app/parts.h"
#include "gateway/simulator/simulator.h"
#include "tests/ui/hands.h"
#include "ui/backends/add_deployment_dialog.h"
#include "ui/main_window.h"
#include "ui/playground/chat_panel.h"
#include "ui/services.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPlainTextEdit>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::test {
namespace {

const QByteArray canary = "canary-0b7d94e1c35f4a68";

/// The program as a newcomer meets it: no configuration, the real parts, and this machine's
/// keychain (a private one, made by with_keyring.sh).
class FirstStart : public ::testing::Test {
protected:
    void SetUp() override {
        window.resize(1180, 760);
        window.show();
        bool loaded = false;
        QObject::connect(&parts.config, &ConfigStore::loaded, &window, [&] { loaded = true; });
        parts.config.load();
        ASSERT_TRUE(waitUntil([&] { return loaded; }));
        ASSERT_TRUE(parts.config.isFirstStart());
    }

    /// Asks in the playground as a person does, and waits for the whole answer.
    const Answer &ask(const QString &question) {
        const auto *chat = window.findChild<ChatPanel *>();
        const qsizetype before = chat->conversation().turns.size();
        auto *message = find<QPlainTextEdit>(&window, "message");
        message->setFocus();
        QTest::keyClicks(message, question);
        QTest::keyClick(message, Qt::Key_Return);
        EXPECT_TRUE(waitUntil([&] {
            return chat->conversation().turns.size() == before + 1 &&
                   chat->conversation().turns.last().answer.end != Answer::End::Pending;
        }));
        return chat->conversation().turns.last().answer;
    }

    void screenshot(const QString &name) {
        const QDir pictures(QStringLiteral(QUAYGATE_SCREENSHOTS));
        ASSERT_TRUE(pictures.mkpath(u"."_s));
        ASSERT_TRUE(window.grab().save(pictures.filePath(name)));
    }

    QByteArray everyFile() const {
        QByteArray all;
        for (const QString &name : QDir(folder.path()).entryList(QDir::Files | QDir::Hidden)) {
            QFile file(folder.filePath(name));
            if (file.open(QIODevice::ReadOnly))
                all += file.readAll();
        }
        return all;
    }

    QTemporaryDir folder;
    Parts parts{folder.filePath(u"config.json"_s), folder.filePath(u"traffic.sqlite"_s),
                quint16(0)};
    MainWindow window{Services{parts.config, parts.gateway, parts.keychain, parts.session}};
};

TEST_F(FirstStart, FromTheSimulatorToAStreamedAnswer) {
    click(find(&window, "trySimulator"));
    ASSERT_TRUE(waitUntil([&] { return parts.gateway.state() == Gateway::State::Running; }));
    const Answer &answer = ask(u"What is a quay?"_s);
    EXPECT_EQ(answer.end, Answer::End::Complete) << answer.problem.toStdString();
    EXPECT_EQ(answer.status, 200);
    EXPECT_TRUE(answer.text.contains(u"What is a quay?"_s)) << answer.text.toStdString();
    EXPECT_TRUE(answer.firstTokenMs.has_value());
    EXPECT_TRUE(answer.usage.has_value());
    EXPECT_LT(*answer.firstTokenMs, answer.totalMs) << "it did not stream";
    screenshot(u"first-answer-light.png"_s);
}

TEST_F(FirstStart, FromAPastedUrlAndKeyToAStreamedAnswer) {
    SimulatorSettings settings;
    settings.key = Secret(QByteArray(canary));
    settings.deployments = {{u"my-chat"_s, u"gpt-4.1-mini"_s, {}}};
    Simulator azure(settings);
    azure.start([](const Result<quint16> &port) { ASSERT_TRUE(port.ok()); });
    ASSERT_TRUE(waitUntil([&] { return azure.port() != 0; }));

    click(find(&window, "addAzure"));
    auto *dialog = dialogInFront<AddDeploymentDialog>();
    ASSERT_NE(dialog, nullptr);
    paste(
        find<QLineEdit>(dialog, "url"),
        u"http://127.0.0.1:%1/openai/deployments/my-chat/chat/completions?api-version=2025-01-01-preview"_s
            .arg(azure.port()));
    paste(find<QLineEdit>(dialog, "key"), QString::fromLatin1(canary));
    click(find(dialog, "testAndAdd"));
    ASSERT_TRUE(waitUntil([&] { return parts.gateway.state() == Gateway::State::Running; }));

    const Answer &answer = ask(u"Hello"_s);
    EXPECT_EQ(answer.end, Answer::End::Complete) << answer.problem.toStdString();
    EXPECT_TRUE(azure.statistics().lastKeyMatched);
    EXPECT_FALSE(everyFile().contains(canary));
    EXPECT_TRUE(everyFile().contains("my-chat"));
}

} // namespace
} // namespace quaygate::test

int main(int argc, char *argv[]) {
    ::testing::InitGoogleTest(&argc, argv);
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    quaygate::Theme::apply(application, quaygate::Theme::Mode::Light);
    return RUN_ALL_TESTS();
}
