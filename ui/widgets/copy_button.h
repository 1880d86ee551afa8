#pragma once

#include <QPushButton>

#include <functional>

class QTimer;

namespace quaygate {

/// Copies a text and says so with a tick for a moment.
class CopyButton : public QPushButton {
    Q_OBJECT

public:
    /// `name`: what it copies, as in "Copy the address". `text` is asked when the button is
    /// pressed.
    CopyButton(const QString &name, std::function<QString()> text, QWidget *parent = nullptr);

    void copy();

private:
    QString m_name;
    std::function<QString()> m_text;
    QTimer *m_back;
};

} // namespace quaygate
