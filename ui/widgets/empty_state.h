#pragma once

#include <QWidget>

class QHBoxLayout;
class QPushButton;

namespace quaygate {

/// What a page shows while there is nothing to show: an icon, what would be here, and what to do.
class EmptyState : public QWidget {
    Q_OBJECT

public:
    EmptyState(const QString &icon, const QString &title, const QString &text,
               QWidget *parent = nullptr);

    /// Adds a button beneath the text; the first is the primary one.
    QPushButton *addAction(const QString &text);

private:
    QHBoxLayout *m_actions;
};

} // namespace quaygate
