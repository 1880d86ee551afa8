#pragma once

#include "ui/playground/conversation.h"

#include <QUrl>
#include <QWidget>

class QLabel;
class QPushButton;

namespace quaygate {

class AnswerFooter;
class AnswerView;
class MessageBar;
class QuestionBubble;

/// One question and its answer in the transcript.
class TurnView : public QWidget {
    Q_OBJECT

public:
    /// `expectedWidth`: the width that it is going to have.
    TurnView(const QString &question, const QString &routeName, int expectedWidth,
             QWidget *parent = nullptr);

    void append(const QString &text);
    /// The answer has ended, one way or another.
    void finish(const Answer &answer);
    /// Only the last turn can be asked again or changed.
    void setLast(bool isLast);

signals:
    void drawn();
    void askAgain();
    void edit();
    void linkChosen(const QUrl &url);

private:
    void showProblem(const Answer &answer);
    void updateActions();

    QuestionBubble *m_question;
    QLabel *m_who;
    QLabel *m_waiting;
    AnswerView *m_answer;
    MessageBar *m_problem;
    AnswerFooter *m_footer;
    Answer m_ended;
    bool m_isLast = true;
};

} // namespace quaygate
