#pragma once

#include "gateway/config/problem.h"

#include <QFrame>
#include <QList>

class QHBoxLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace quaygate {

/// One line of a table in a form (LinesField): a few controls, a button that removes it, and what
/// is wrong with it beneath.
class FormLine : public QFrame {
    Q_OBJECT

public:
    explicit FormLine(QWidget *parent);

    /// True if nothing is written in it; then it is left out.
    virtual bool isEmpty() const = 0;
    /// What is written and cannot be read; pointers, here as below, are from this line on
    /// ("/requests"), empty for the line as a whole.
    virtual Problems unreadable() const { return {}; }
    virtual void setProblems(const Problems &problems);
    /// Names the controls for tests and screen readers: "limit" and "Limit", the second.
    virtual void setNumber(const QString &control, const QString &spoken, qsizetype number);
    /// The part that is wrong, else the first one.
    virtual void focusEditor();

    /// What Tab stops at, in order.
    QList<QWidget *> stops() const;
    virtual bool isWrong() const;

signals:
    void edited();
    void removePressed();

protected:
    /// A control of the first row, which is wrong if there is a problem with `pointer` or with the
    /// line as a whole; `stretch` as in a QHBoxLayout.
    void addPart(QWidget *part, const QString &name, const QString &spoken, const QString &pointer,
                 int stretch = 0);
    /// The same beneath it.
    void addPartBeneath(QWidget *part, const QString &name, const QString &spoken,
                        const QString &pointer);
    /// A part that was put into a layout already.
    void watch(QWidget *part, const QString &name, const QString &spoken, const QString &pointer);
    QHBoxLayout *row() const { return m_row; }
    QVBoxLayout *column() const { return m_column; }

private:
    struct Part {
        QWidget *control;
        QString name;
        QString spoken;
        QString pointer;
    };

    QVBoxLayout *m_column;
    QHBoxLayout *m_row;
    QPushButton *m_remove;
    QLabel *m_error;
    QList<Part> m_parts;
};

} // namespace quaygate
