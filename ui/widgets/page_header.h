#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace quaygate {

/// The top of a page: its name, a sentence about it, and the page's own actions at the right.
class PageHeader : public QWidget {
    Q_OBJECT

public:
    PageHeader(const QString &title, const QString &text, QWidget *parent = nullptr);

    void setText(const QString &text);
    void addAction(QPushButton *button);

private:
    QLabel *m_text;
    QHBoxLayout *m_row;
};

} // namespace quaygate
