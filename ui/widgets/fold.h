#pragma once

#include <QWidget>

class QPushButton;

namespace quaygate {

class ElidedLabel;
class IconView;

/// A part of a form that is folded away until someone wants it: a line with its name and with what
/// is set inside, which opens and closes the part.
class Fold : public QWidget {
    Q_OBJECT

public:
    /// Takes the contents over.
    Fold(const QString &title, QWidget *contents, QWidget *parent = nullptr);

    /// What is set inside, in a few words; told while it is closed.
    void setSummary(const QString &summary);
    QString summary() const;

    bool isOpen() const;
    void setOpen(bool open);

protected:
    /// The object name of the line.
    void nameLine(const QString &name);

signals:
    /// By a person or by setOpen.
    void toggled(bool open);

private:
    void showOpen(bool open);
    void measureAnew();

    QPushButton *m_line;
    IconView *m_mark;
    ElidedLabel *m_summary;
    QWidget *m_contents;
};

} // namespace quaygate
