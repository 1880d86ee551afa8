#pragma once

#include <QFrame>

class QPlainTextEdit;
class QPushButton;

namespace quaygate {

class ElidedLabel;

/// Where a message is written. Enter and Ctrl+Enter send, Shift+Enter starts a new line; grows with
/// its text up to a limit. While an answer comes in, its button stops it.
class Composer : public QFrame {
    Q_OBJECT

public:
    explicit Composer(QWidget *parent = nullptr);

    QString text() const;
    void setText(const QString &text);

    /// An answer is coming in: nothing is sent, Stop is offered.
    void setBusy(bool busy);
    /// False: there is nowhere to send to.
    void setReady(bool ready);
    /// The message replaces the last one instead of following it.
    void setEditing(bool editing);

    QWidget *editor() const;

signals:
    /// Not blank. The text stays in the box until whoever takes it clears it.
    void submitted(const QString &text);
    /// Enter was pressed though there is nowhere to send to.
    void notReady();
    void stopRequested();
    void cancelEdit();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void submit();
    void refresh();
    void fitHeight();

    QPlainTextEdit *m_text;
    ElidedLabel *m_hint;
    QPushButton *m_cancel;
    QPushButton *m_send;
    QPushButton *m_stop;
    bool m_busy = false;
    bool m_ready = false;
    bool m_editing = false;
};

} // namespace quaygate
