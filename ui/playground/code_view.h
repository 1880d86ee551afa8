#pragma once

#include <QFrame>

class QLabel;
class QPlainTextEdit;

namespace quaygate {

/// A piece of code of an answer: its language, a Copy button, the code itself, not wrapped.
class CodeView : public QFrame {
    Q_OBJECT

public:
    explicit CodeView(QWidget *parent = nullptr);

    /// Cheap when `code` only goes on where it ended before.
    void setCode(const QString &language, const QString &code);
    QString code() const { return m_code; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void fitHeight();

    QLabel *m_language;
    QPlainTextEdit *m_text;
    QString m_code;
};

} // namespace quaygate
