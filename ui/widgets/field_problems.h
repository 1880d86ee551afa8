#pragma once

#include "gateway/config/problem.h"

#include <QList>
#include <QSet>

#include <functional>

namespace quaygate {

class FormField;

/// Puts what is wrong beside the fields that it is about: of the fields that were edited, and of
/// all once someone tried to save. A part of a form, on its thread.
class FieldProblems {
public:
    /// The field that a JSON pointer is about; never null.
    using FieldOf = std::function<FormField *(const QString &pointer)>;

    explicit FieldProblems(FieldOf fieldOf) : m_fieldOf(std::move(fieldOf)) {}

    /// No field was edited.
    void reset();
    void touch(FormField *field) { m_touched.insert(field); }
    bool isTouched() const { return !m_touched.isEmpty(); }
    /// Shows all from now on.
    void complete() { m_all = true; }

    /// `fields`: all that may have a problem; those without one are cleared.
    void show(const Problems &problems, const QList<FormField *> &fields) const;
    FormField *fieldOf(const Problem &problem) const { return m_fieldOf(problem.pointer); }

private:
    FieldOf m_fieldOf;
    QSet<FormField *> m_touched;
    bool m_all = false;
};

} // namespace quaygate
