#include "tests/support/event_loop.h"
#include "tests/ui/playground/scripted_server.h"
#include "ui/playground/chat_panel.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QBoxLayout>
#include <QDir>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTest>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using namespace test;

const QByteArray richAnswer =
    "Quaygate listens on **127.0.0.1** and forwards to your deployment. Three steps:\n\n"
    "1. Add a *backend* with its endpoint and deployment name.\n"
    "2. Add a route, for example `/azure-openai`.\n\n"
    "```bash\ncurl http://127.0.0.1:8080/azure-openai/chat/completions \\\n"
    "  -H 'Content-Type: application/json' \\\n"
    "  -d '{\"messages\":[{\"role\":\"user\",\"content\":\"Say hello in exactly five words, "
    "please.\"}]}'\n"
    "```\n\n"
    "3. Use it from any tool, see [the documentation](https://example.com/docs).\n\n"
    "## What to expect\n\n"
    "| Status | Meaning | What to do |\n|---|---|---|\n"
    "| 200 | works | nothing |\n| 401 | wrong key | paste the key again |\n"
    "| 429 | rate limit | wait, or ask for more quota |\n\n"
    "> Keys never leave the keychain.\n\n"
    "- one\n- two with `inline code`\n  - nested\n"_ba;

/// Writes what the page looks like, in both themes, for people to look at.
class Screenshots : public ::testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        Theme::apply(*qApp, GetParam() ? Theme::Mode::Dark : Theme::Mode::Light);
        m_panel = new ChatPanel;
        auto *column = new QVBoxLayout(&m_window);
        column->setContentsMargins(space::xl, space::xl, space::xl, space::xl);
        auto *head = new QHBoxLayout;
        head->addStretch();
        for (QPushButton *tool : m_panel->tools())
            head->addWidget(tool);
        column->addLayout(head);
        column->addWidget(m_panel);
        m_window.resize(960, 760);
        m_panel->setTarget({chatUrl(m_server.url(), u"/azure-openai"_s), u"azure-openai"_s,
                            u"gpt-4.1-mini"_s, u"2025-01-01-preview"_s, false});
        m_window.show();
        m_window.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&m_window));
        message()->setFocus();
    }

    void TearDown() override { Theme::apply(*qApp, Theme::Mode::Light); }

    QPlainTextEdit *message() { return m_panel->findChild<QPlainTextEdit *>(u"message"_s); }

    void ask(const QString &question, const QList<QByteArray> &pieces, bool close = true) {
        m_server.onRequest = [pieces, close](const ScriptedServer::Request &request) {
            ScriptedServer::writePieces(request.socket, pieces, close);
        };
        message()->setPlainText(question);
        QTest::keyClick(message(), Qt::Key_Return);
    }

    bool waitForEnd(qsizetype turns) {
        return waitUntil([&] {
            const auto &list = m_panel->conversation().turns;
            return list.size() == turns && list.last().answer.end != Answer::End::Pending;
        });
    }

    void shoot(const QString &name) {
        QCoreApplication::sendPostedEvents();
        for (int i = 0; i < 20; ++i)
            QCoreApplication::processEvents();
        const QDir folder(QStringLiteral(QUAYGATE_SCREENSHOTS));
        ASSERT_TRUE(folder.mkpath(u"."_s));
        const QString theme = GetParam() ? u"dark"_s : u"light"_s;
        const QImage image = m_window.grab().toImage();
        EXPECT_TRUE(image.save(folder.filePath(u"playground-%1-%2.png"_s.arg(name, theme))));
    }

    ScriptedServer m_server;
    QWidget m_window;
    ChatPanel *m_panel = nullptr;
};

TEST_P(Screenshots, Conversation) {
    m_window.setProperty("surface", u"window"_s);
    shoot(u"empty"_s);

    ask(u"How do I call my deployment through Quaygate?"_s,
        {streamHead() + textEvent("Quaygate listens on **127.0.0.1** and forwards"_ba)}, false);
    ASSERT_TRUE(waitUntil([this] {
        for (auto *text : m_panel->findChildren<QTextEdit *>()) {
            if (text->toPlainText().contains(u"listens on"_s))
                return true;
        }
        return false;
    }));
    shoot(u"streaming"_s);
    QTest::keyClick(message(), Qt::Key_Escape);
    ASSERT_TRUE(waitForEnd(1));

    ask(u"Go on"_s, {wholeStream({richAnswer})});
    ASSERT_TRUE(waitForEnd(2));
    shoot(u"markdown-end"_s);
    m_window.resize(960, 1500);
    shoot(u"markdown"_s);
    m_window.resize(560, 760);
    shoot(u"narrow"_s);
    m_window.resize(960, 760);

    m_panel->newChat();
    ask(u"hello"_s,
        {answer(
            "401 Unauthorized"_ba, "application/json"_ba,
            R"({"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}})"_ba)});
    ASSERT_TRUE(waitForEnd(1));
    shoot(u"failed"_s);
    ask(u"And now?"_s, {streamHead() + textEvent("Half of an answer, then the"_ba)});
    ASSERT_TRUE(waitForEnd(2));
    m_panel->tools().at(1)->click();
    m_panel->tools().at(0)->click();
    shoot(u"error"_s);
    m_panel->tools().at(1)->click();
    m_panel->tools().at(0)->click();

    m_panel->newChat();
    ask(u"A long question. "_s.repeated(300),
        {wholeStream({QByteArray("Long text. ").repeated(200)})});
    ASSERT_TRUE(waitForEnd(1));
    message()->setPlainText(u"line\n"_s.repeated(14));
    shoot(u"long"_s);
}

INSTANTIATE_TEST_SUITE_P(Themes, Screenshots, ::testing::Values(false, true),
                         [](const auto &info) { return info.param ? "Dark" : "Light"; });

} // namespace
} // namespace quaygate
