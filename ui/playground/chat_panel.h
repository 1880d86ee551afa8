#pragma once

#include "ui/playground/chat_client.h"
#include "ui/playground/conversation.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QShortcut;
class QStackedLayout;

namespace quaygate {

class Composer;
class ParametersPanel;
class TranscriptView;

/// One conversation with whatever stands at a URL: transcript, message box, system prompt,
/// parameters. Knows nothing of routes and gateways; who owns it sets the target.
class ChatPanel : public QWidget {
    Q_OBJECT

public:
    explicit ChatPanel(QWidget *parent = nullptr);

    /// Where the next message goes; what is running goes on.
    void setTarget(const ChatTarget &target);
    void setClientKey(const Secret &key) { m_client.setClientKey(key); }

    /// The buttons that belong into a page's header: system prompt, parameters, new chat.
    QList<QPushButton *> tools() const;

    const Conversation &conversation() const { return m_conversation; }

    void newChat();

signals:
    /// Enter was pressed, and the target has no URL.
    void targetMissing();

private:
    void makeTools();
    QWidget *makeOptions();
    QWidget *makeEmptyHint();
    void connectParts();
    void ask(const QString &question);
    void askAgain();
    void beginEdit();
    void endEdit();
    void onEscape();
    void onFinished(const Answer &answer);
    void dropLastTurn();
    void confirmLink(const QUrl &url);
    void updateHint();
    void updateTools();
    void updateState();

    ChatTarget m_target;
    Conversation m_conversation;
    ChatClient m_client;
    QPushButton *m_systemButton = nullptr;
    QPushButton *m_parametersButton = nullptr;
    QPushButton *m_newChat = nullptr;
    QWidget *m_systemBox = nullptr;
    QPlainTextEdit *m_system = nullptr;
    ParametersPanel *m_parameters = nullptr;
    TranscriptView *m_transcript = nullptr;
    QStackedLayout *m_stack = nullptr;
    QLabel *m_hintTitle = nullptr;
    QLabel *m_hintText = nullptr;
    QLabel *m_trimmed = nullptr;
    Composer *m_composer = nullptr;
    QShortcut *m_escape = nullptr;
    QString m_draft; ///< what stood in the message box before an edit began
    bool m_editing = false;
};

} // namespace quaygate
