#pragma once

#include <QFrame>

#include <functional>

class QLabel;
class QPushButton;
class QTimer;

namespace quaygate {

/// A short message at the bottom of its parent which goes by itself; with an action, as in "Undo",
/// it stays longer, and as long as the mouse or the keyboard is on it.
class Toast : public QFrame {
    Q_OBJECT

public:
    explicit Toast(QWidget *parent);

    void showMessage(const QString &text);
    void showMessage(const QString &text, const QString &actionText, std::function<void()> action);

    QString text() const;
    QPushButton *actionButton() const { return m_action; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void present();
    void place();
    void hideUnlessInUse();

    QLabel *m_text;
    QPushButton *m_action;
    QTimer *m_timer;
    std::function<void()> m_run;
};

} // namespace quaygate
