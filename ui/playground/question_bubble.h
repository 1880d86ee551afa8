#pragma once

#include <QWidget>

class QFrame;
class QPushButton;

namespace quaygate {

class ProseView;

/// What the person asked: at the right, on a ground of its own, as wide as its text up to a limit.
class QuestionBubble : public QWidget {
    Q_OBJECT

public:
    QuestionBubble(const QString &question, int expectedWidth, QWidget *parent = nullptr);

    void setEditable(bool editable);

signals:
    void edit();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitWidth(int available);

    QFrame *m_bubble;
    ProseView *m_text;
    QPushButton *m_edit;
    int m_idealWidth = 0;
};

} // namespace quaygate
