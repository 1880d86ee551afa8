#pragma once

#include "ui/playground/conversation.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace quaygate {

/// "200 · first token 0.42 s · total 3.10 s · tokens 12 in, 345 out · gpt-4.1-mini"; pure.
QString describeAnswer(const Answer &answer);

/// Stands under an answer: what it took, and what can be done with it.
class AnswerFooter : public QWidget {
    Q_OBJECT

public:
    explicit AnswerFooter(QWidget *parent = nullptr);

    void setAnswer(const Answer &answer);
    /// Only the last question can be asked again.
    void setCanAskAgain(bool can);

signals:
    void askAgain();

private:
    QLabel *m_facts;
    QPushButton *m_again;
    QPushButton *m_copy;
    QString m_text;
};

} // namespace quaygate
