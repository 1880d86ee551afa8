#pragma once

#include <QFrame>

class QPlainTextEdit;

namespace quaygate {

/// A few lines of code, as wide as there is room, selectable, with a button that copies all of
/// them.
class CodeBlock : public QFrame {
    Q_OBJECT

public:
    /// `name`: what it shows, as in "curl command".
    explicit CodeBlock(const QString &name, QWidget *parent = nullptr);

    void setCode(const QString &code);
    QString code() const;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fitHeight();

    QPlainTextEdit *m_text;
};

} // namespace quaygate
