#pragma once

#include "gateway/config/problem.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace quaygate {

/// One field of a form: its label above it, a hint, and what is wrong with it in words beneath.
class FormField : public QWidget {
    Q_OBJECT

public:
    /// Takes the editor over; the label becomes its buddy and its accessible name. `label` may hold
    /// an "&".
    FormField(const QString &label, QWidget *editor, QWidget *parent = nullptr);

    QWidget *editor() const { return m_editor; }

    /// Puts `widget` beside the editor.
    void addBeside(QWidget *widget);

    void setHint(const QString &hint);
    /// Empty: nothing is wrong.
    void setError(const QString &error);
    /// What a validation found wrong with this field; one is told at a time.
    virtual void setProblems(const Problems &problems);
    /// Puts the focus where a person can mend what is wrong.
    virtual void focusEditor();
    /// What to mind though it can be saved; several lines.
    void setWarning(const QString &warning);

    QString hint() const;
    QString error() const;
    QString warning() const;

private:
    void describeEditor();

    QWidget *m_editor;
    QHBoxLayout *m_row;
    QLabel *m_hint;
    QLabel *m_error;
    QLabel *m_warning;
};

} // namespace quaygate
