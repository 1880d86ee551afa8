#pragma once

#include "gateway/config/problem.h"
#include "ui/widgets/fold.h"

#include <functional>

class QVBoxLayout;

namespace quaygate {

class FormField;
class LinesField;
class MeasureField;
class NumberField;
class PairsField;

/// A folded part of a form whose fields are found by where they are in the configuration.
class FormFold : public Fold {
    Q_OBJECT

public:
    QList<FormField *> fields() const;
    /// The field that this pointer is about; null if another part of the form has it.
    FormField *fieldOf(const QString &pointer) const;
    /// What is written and cannot be read.
    virtual Problems unreadable() const;

signals:
    void edited(quaygate::FormField *field);

protected:
    /// `name` is the object name; the line has it with "Line".
    FormFold(const QString &title, const QString &name, QWidget *parent);

    QVBoxLayout *column() const { return m_column; }
    QWidget *contents() const { return m_contents; }

    /// Makes the field known, once its control is in place. An edit of the control or of what
    /// `also` names is one of the field.
    void watch(FormField *field, const QString &pointer, const QList<QWidget *> &also = {});
    /// A field with its label and hint, known.
    FormField *addRow(const QString &label, QWidget *control, const QString &pointer,
                      const QString &name, const QString &hint = {});
    /// Two fields beside each other.
    void addPair(FormField *left, FormField *right);
    void addCaption(const QString &text);

private:
    struct Known {
        FormField *field;
        QString pointer;
    };

    FormFold(const QString &title, const QString &name, QWidget *contents, QWidget *parent);

    QWidget *m_contents;
    QVBoxLayout *m_column;
    QList<Known> m_known;
};

} // namespace quaygate
