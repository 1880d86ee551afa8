#include "tests/support/event_loop.h"
#include "tests/ui/playground/scripted_server.h"
#include "ui/playground/chat_panel.h"
#include "ui/playground/code_view.h"
#include "ui/playground/prose_view.h"
#include "ui/widgets/message_bar.h"

#include <QApplication>
#include <QBoxLayout>
#include <QCheckBox>
#include <QClipboard>
#include <QDesktopServices>
#include <QDialog>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

using namespace test;

/// The panel in a window, driven by keys and clicks, against a scripted server.
class ChatPanelTest : public ::testing::Test {
protected:
    void SetUp() override {
        auto *tools = new QHBoxLayout;
        for (QPushButton *tool : m_panel.tools())
            tools->addWidget(tool);
        auto *column = new QVBoxLayout(&m_window);
        column->addLayout(tools);
        column->addWidget(&m_panel);
        m_window.resize(800, 640);
        m_panel.setTarget(
            {chatUrl(m_server.url(), u"/r"_s), u"my-route"_s, u"my-deployment"_s, u"v1"_s, false});
        m_window.show();
        m_window.activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(&m_window));
        message()->setFocus();
    }

    template<typename T>
    T *find(const QString &name) {
        // What was removed from the transcript waits for its deletion, hidden.
        for (T *widget : m_window.findChildren<T *>(name)) {
            if (widget->isVisible())
                return widget;
        }
        return nullptr;
    }

    QPlainTextEdit *message() { return m_panel.findChild<QPlainTextEdit *>(u"message"_s); }

    void type(const QString &text) { QTest::keyClicks(message(), text); }
    void enter() { QTest::keyClick(message(), Qt::Key_Return); }

    void click(const QString &button) {
        auto *widget = find<QPushButton>(button);
        ASSERT_NE(widget, nullptr) << button.toStdString();
        QTest::mouseClick(widget, Qt::LeftButton);
    }

    void answerWith(const QList<QByteArray> &pieces, bool close = true) {
        m_server.onRequest = [pieces, close](const ScriptedServer::Request &request) {
            ScriptedServer::writePieces(request.socket, pieces, close);
        };
    }

    bool waitForEnd(int turns = 1) {
        return waitUntil([&] {
            const auto &list = m_panel.conversation().turns;
            return list.size() == turns && list.last().answer.end != Answer::End::Pending;
        });
    }

    const Answer &lastAnswer() { return m_panel.conversation().turns.last().answer; }

    /// Everything that can be read in the transcript's answers and questions.
    QString shown() {
        QStringList texts;
        for (auto *prose : m_panel.findChildren<ProseView *>()) {
            if (prose->isVisible())
                texts.append(prose->toPlainText());
        }
        return texts.join(u'\n');
    }

    QJsonArray sentMessages(qsizetype request) {
        return QJsonDocument::fromJson(m_server.requests().at(request).body)
            .object()
            .value("messages"_L1)
            .toArray();
    }

    ScriptedServer m_server;
    QWidget m_window;
    ChatPanel &m_panel = *new ChatPanel(&m_window);
};

TEST_F(ChatPanelTest, AMessageIsSentWithEnterAndItsAnswerAppears) {
    answerWith({wholeStream({"Hello ", "**you**"})});
    type(u"hi there"_s);
    enter();
    EXPECT_TRUE(message()->toPlainText().isEmpty());
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(shown().contains(u"hi there"_s));
    EXPECT_TRUE(waitUntil([this] { return shown().contains(u"Hello you"_s); }))
        << shown().toStdString();
    const auto *facts = find<QLabel>(u"answerFacts"_s);
    ASSERT_NE(facts, nullptr);
    for (const QString &fact : {u"status 200"_s, u"first token"_s, u"total"_s, u"12 in, 34 out"_s,
                                u"gpt-4.1-mini-2025-04-14"_s})
        EXPECT_TRUE(facts->text().contains(fact)) << facts->text().toStdString();
}

TEST_F(ChatPanelTest, ShiftEnterStartsANewLineAndCtrlEnterSends) {
    answerWith({wholeStream({"x"})});
    type(u"one"_s);
    QTest::keyClick(message(), Qt::Key_Return, Qt::ShiftModifier);
    type(u"two"_s);
    EXPECT_TRUE(m_panel.conversation().turns.isEmpty());
    QTest::keyClick(message(), Qt::Key_Return, Qt::ControlModifier);
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(m_panel.conversation().turns.first().question, u"one\ntwo"_s);
}

TEST_F(ChatPanelTest, BlankMessagesAreNotSent) {
    type(u"  "_s);
    enter();
    EXPECT_TRUE(m_panel.conversation().turns.isEmpty());
    EXPECT_FALSE(find<QPushButton>(u"send"_s)->isEnabled());
}

TEST_F(ChatPanelTest, TheTextStreamsIn) {
    answerWith({streamHead(), textEvent("early"_ba)}, false);
    type(u"q"_s);
    click(u"send"_s);
    EXPECT_NE(find<QLabel>(u"waiting"_s), nullptr);
    EXPECT_TRUE(waitUntil([this] { return shown().contains(u"early"_s); }));
    EXPECT_EQ(find<QLabel>(u"waiting"_s), nullptr);
    EXPECT_EQ(find<QLabel>(u"answerFacts"_s), nullptr);
    EXPECT_EQ(find<QPushButton>(u"send"_s), nullptr);
    EXPECT_NE(find<QPushButton>(u"stop"_s), nullptr);
}

TEST_F(ChatPanelTest, StopAndEscapeCloseTheConnectionAndKeepTheText) {
    answerWith({streamHead(), textEvent("part"_ba)}, false);
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitUntil([this] { return shown().contains(u"part"_s); }));
    click(u"stop"_s);
    EXPECT_TRUE(waitUntil([this] { return m_server.closedByClient() == 1; }));
    EXPECT_EQ(lastAnswer().end, Answer::End::Stopped);
    EXPECT_TRUE(shown().contains(u"part"_s));
    EXPECT_TRUE(find<QLabel>(u"answerFacts"_s)->text().contains(u"stopped"_s));

    type(u"again"_s);
    enter();
    ASSERT_TRUE(waitUntil([this] { return m_server.requests().size() == 2; }));
    QTest::keyClick(message(), Qt::Key_Escape);
    EXPECT_TRUE(waitUntil([this] { return m_server.closedByClient() == 2; }));
    EXPECT_EQ(lastAnswer().end, Answer::End::Stopped);
    EXPECT_TRUE(message()->hasFocus());
}

TEST_F(ChatPanelTest, TheConversationGoesOn) {
    answerWith({wholeStream({"first"})});
    type(u"one"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    type(u"two"_s);
    enter();
    ASSERT_TRUE(waitForEnd(2));
    const QJsonArray sent = sentMessages(1);
    ASSERT_EQ(sent.size(), 3);
    EXPECT_EQ(sent.at(1).toObject().value("role"_L1).toString(), u"assistant"_s);
    EXPECT_EQ(sent.at(1).toObject().value("content"_L1).toString(), u"first"_s);
}

TEST_F(ChatPanelTest, ErrorsAreWordsAndTryAgainWorks) {
    answerWith({answer(
        "404 Not Found"_ba, "application/json"_ba,
        R"({"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}})"_ba)});
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    auto *bar = find<MessageBar>(u"answerProblem"_s);
    ASSERT_NE(bar, nullptr);
    EXPECT_TRUE(bar->text().contains(u"my-deployment"_s)) << bar->text().toStdString();
    ASSERT_EQ(bar->buttons().size(), 1);

    type(u"a draft"_s);
    answerWith({wholeStream({"works"})});
    QTest::mouseClick(bar->buttons().first(), Qt::LeftButton);
    ASSERT_TRUE(waitUntil([this] { return lastAnswer().end == Answer::End::Complete; }));
    EXPECT_EQ(m_panel.conversation().turns.size(), 1);
    EXPECT_EQ(m_panel.conversation().turns.first().question, u"q"_s);
    EXPECT_EQ(find<MessageBar>(u"answerProblem"_s), nullptr);
    EXPECT_EQ(message()->toPlainText(), u"a draft"_s);
    EXPECT_EQ(sentMessages(1).size(), 1);
}

TEST_F(ChatPanelTest, ACutAnswerStaysAndSaysSo) {
    answerWith({streamHead(), textEvent("half an answer"_ba)});
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(waitUntil([this] { return shown().contains(u"half an answer"_s); }));
    ASSERT_NE(find<MessageBar>(u"answerProblem"_s), nullptr);
    EXPECT_TRUE(find<QLabel>(u"answerFacts"_s)->text().contains(u"cut off"_s));
}

TEST_F(ChatPanelTest, TheLastAnswerCanBeAskedForAgain) {
    answerWith({wholeStream({"first"})});
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    answerWith({wholeStream({"second"})});
    click(u"askAgain"_s);
    ASSERT_TRUE(waitUntil([this] { return lastAnswer().text == u"second"_s; }));
    EXPECT_EQ(m_panel.conversation().turns.size(), 1);
    EXPECT_FALSE(shown().contains(u"first"_s));
}

TEST_F(ChatPanelTest, TheLastMessageCanBeChangedAndTheDraftSurvives) {
    answerWith({wholeStream({"first"})});
    type(u"wrong"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    type(u"draft"_s);
    click(u"editQuestion"_s);
    EXPECT_EQ(message()->toPlainText(), u"wrong"_s);
    QTest::keyClick(message(), Qt::Key_Escape);
    EXPECT_EQ(message()->toPlainText(), u"draft"_s);
    EXPECT_EQ(m_panel.conversation().turns.size(), 1);

    click(u"editQuestion"_s);
    message()->selectAll();
    type(u"right"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    EXPECT_EQ(m_panel.conversation().turns.first().question, u"right"_s);
    EXPECT_EQ(message()->toPlainText(), u"draft"_s);
    EXPECT_EQ(sentMessages(1).size(), 1);
}

TEST_F(ChatPanelTest, CodeHasAViewOfItsOwn) {
    answerWith({streamHead() + textEvent("Run\n```sh\nls"_ba) + textEvent(" -l\n```\nDone"_ba) +
                finishEvent() + doneEvent()});
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    const QList<CodeView *> code = m_panel.findChildren<CodeView *>();
    ASSERT_EQ(code.size(), 1);
    EXPECT_EQ(code.first()->code(), u"ls -l"_s);
    click(u"copyAnswer"_s);
    EXPECT_EQ(QApplication::clipboard()->text(), u"Run\n```sh\nls -l\n```\nDone"_s);
    QTest::mouseClick(code.first()->findChild<QPushButton *>(), Qt::LeftButton);
    EXPECT_EQ(QApplication::clipboard()->text(), u"ls -l"_s);
}

TEST_F(ChatPanelTest, SystemPromptAndParametersAreSent) {
    answerWith({wholeStream({"x"})});
    click(u"systemPromptButton"_s);
    auto *system = find<QPlainTextEdit>(u"systemPrompt"_s);
    ASSERT_NE(system, nullptr);
    QTest::keyClicks(system, u"Be brief."_s);
    click(u"parametersButton"_s);
    find<QCheckBox>(u"sendTemperature"_s)->click();
    EXPECT_EQ(find<QPushButton>(u"systemPromptButton"_s)->text(), u"System prompt (set)"_s);
    EXPECT_EQ(find<QPushButton>(u"parametersButton"_s)->text(), u"Parameters (1)"_s);
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    const QJsonObject body = QJsonDocument::fromJson(m_server.requests().first().body).object();
    EXPECT_DOUBLE_EQ(body.value("temperature"_L1).toDouble(), 0.7);
    EXPECT_FALSE(body.contains("max_completion_tokens"_L1));
    EXPECT_EQ(sentMessages(0).first().toObject().value("content"_L1).toString(), u"Be brief."_s);
}

TEST_F(ChatPanelTest, ANewChatForgetsAndStops) {
    answerWith({streamHead(), textEvent("part"_ba)}, false);
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitUntil([this] { return shown().contains(u"part"_s); }));
    click(u"newChat"_s);
    EXPECT_TRUE(waitUntil([this] { return m_server.closedByClient() == 1; }));
    EXPECT_TRUE(m_panel.conversation().turns.isEmpty());
    EXPECT_FALSE(shown().contains(u"part"_s));
    EXPECT_FALSE(find<QPushButton>(u"newChat"_s)->isEnabled());
}

TEST_F(ChatPanelTest, WithoutATargetTheMessageStaysAndSomebodyIsTold) {
    m_panel.setTarget({{}, u"r"_s, {}, {}, false});
    QSignalSpy missing(&m_panel, &ChatPanel::targetMissing);
    type(u"hello"_s);
    EXPECT_FALSE(find<QPushButton>(u"send"_s)->isEnabled());
    enter();
    EXPECT_EQ(missing.count(), 1);
    EXPECT_EQ(message()->toPlainText(), u"hello"_s);
}

class OpenedUrls : public QObject {
    Q_OBJECT

public:
    QList<QUrl> urls;
public slots:
    void open(const QUrl &url) { urls.append(url); }
};

TEST_F(ChatPanelTest, ALinkIsOpenedOnlyAfterItsHostWasShown) {
    OpenedUrls opened;
    QDesktopServices::setUrlHandler(u"https"_s, &opened, "open");
    answerWith({wholeStream({"[bank](https://evil.example/x)"})});
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    for (auto *prose : m_panel.findChildren<ProseView *>()) {
        if (prose->toPlainText() == u"bank"_s)
            emit prose->anchorClicked(QUrl(u"https://evil.example/x"_s));
        emit prose->anchorClicked(QUrl(u"file:///etc/passwd"_s));
        emit prose->anchorClicked(QUrl(u"javascript:alert(1)"_s));
    }
    const QList<QDialog *> dialogs = m_panel.findChildren<QDialog *>();
    ASSERT_EQ(dialogs.size(), 1);
    EXPECT_TRUE(dialogs.first()->windowTitle().contains(u"evil.example"_s));
    EXPECT_TRUE(opened.urls.isEmpty());
    for (auto *button : dialogs.first()->findChildren<QPushButton *>()) {
        if (button->text() == u"Open"_s)
            QTest::mouseClick(button, Qt::LeftButton);
    }
    EXPECT_EQ(opened.urls, QList<QUrl>{QUrl(u"https://evil.example/x"_s)});
    QDesktopServices::unsetUrlHandler(u"https"_s);
}

TEST_F(ChatPanelTest, ALargeAnswerIsDrawnToItsEnd) {
    QByteArray text;
    for (int i = 0; i < 60; ++i)
        text += "Paragraph\n\n```\ncode\n```\n\n";
    answerWith({wholeStream({text, "The very end"})});
    type(u"q"_s);
    enter();
    ASSERT_TRUE(waitForEnd());
    EXPECT_TRUE(waitUntil([this] { return shown().endsWith(u"The very end"_s); }));
    EXPECT_EQ(m_panel.findChildren<CodeView *>().size(), 60);
}

TEST_F(ChatPanelTest, WhoScrolledUpIsLeftInPeace) {
    QByteArray paragraphs;
    for (int i = 0; i < 80; ++i)
        paragraphs += "Paragraph\n\n";
    QTcpSocket *socket = nullptr;
    m_server.onRequest = [&](const ScriptedServer::Request &request) {
        socket = request.socket;
        ScriptedServer::writePieces(socket, {streamHead(), textEvent(paragraphs)}, false);
    };
    type(u"q"_s);
    enter();
    auto *bar = m_panel.findChild<QScrollArea *>(u"transcript"_s)->verticalScrollBar();
    ASSERT_TRUE(waitUntil([&] { return bar->maximum() > 500 && bar->value() == bar->maximum(); }));
    bar->setValue(100);
    const int before = bar->maximum();
    ScriptedServer::writePieces(socket, {textEvent(paragraphs)}, false);
    ASSERT_TRUE(waitUntil([&] { return bar->maximum() > before + 500; }));
    EXPECT_EQ(bar->value(), 100);
    bar->setValue(bar->maximum());
    const int then = bar->maximum();
    ScriptedServer::writePieces(socket, {textEvent(paragraphs)}, false);
    ASSERT_TRUE(waitUntil([&] { return bar->maximum() > then + 500; }));
    EXPECT_EQ(bar->value(), bar->maximum());
}

} // namespace
} // namespace quaygate

#include "chat_panel_test.moc"
