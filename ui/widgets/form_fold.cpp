#include "ui/widgets/form_fold.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/edits.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/lines_field.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/number_field.h"
#include "ui/widgets/pairs_field.h"

#include <QBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// A table tells of its own edits, every other field through its control.
QWidget *editedOf(FormField *field) {
    const bool isTable = qobject_cast<LinesField *>(field) || qobject_cast<PairsField *>(field);
    return isTable ? static_cast<QWidget *>(field) : field->editor();
}

} // namespace

FormFold::FormFold(const QString &title, const QString &name, QWidget *parent)
    : FormFold(title, name, new QWidget, parent) {
}

FormFold::FormFold(const QString &title, const QString &name, QWidget *contents, QWidget *parent)
    : Fold(title, contents, parent), m_contents(contents), m_column(new QVBoxLayout(contents)) {
    setObjectName(name);
    nameLine(name + u"Line"_s);
    m_column->setContentsMargins(0, 0, 0, space::s);
    m_column->setSpacing(space::l);
}

void FormFold::watch(FormField *field, const QString &pointer, const QList<QWidget *> &also) {
    m_known.append({field, pointer});
    for (QWidget *control : QList<QWidget *>{editedOf(field)} + also)
        onEdit(control, this, [this, field] { emit edited(field); });
}

FormField *FormFold::addRow(const QString &label, QWidget *control, const QString &pointer,
                            const QString &name, const QString &hint) {
    control->setObjectName(name);
    auto *field = new FormField(label, control, m_contents);
    field->setHint(hint);
    m_column->addWidget(field);
    watch(field, pointer);
    return field;
}

void FormFold::addPair(FormField *left, FormField *right) {
    auto *pair = new QHBoxLayout;
    pair->setSpacing(space::m);
    pair->addWidget(left, 1);
    pair->addWidget(right, 1);
    m_column->addLayout(pair);
}

void FormFold::addCaption(const QString &text) {
    m_column->addWidget(makeLabel(text, TextType::Caption, m_contents));
}

QList<FormField *> FormFold::fields() const {
    QList<FormField *> fields;
    for (const Known &known : m_known)
        fields.append(known.field);
    return fields;
}

FormField *FormFold::fieldOf(const QString &pointer) const {
    const Known *best = nullptr;
    for (const Known &known : m_known) {
        const bool isIn = pointer == known.pointer || pointer.startsWith(known.pointer + u'/');
        if (isIn && (!best || known.pointer.size() > best->pointer.size()))
            best = &known;
    }
    return best ? best->field : nullptr;
}

Problems FormFold::unreadable() const {
    Problems problems;
    const auto add = [&problems](const QString &pointer, const QString &problem) {
        if (!problem.isEmpty())
            problems.append({0, pointer, problem});
    };
    for (const Known &known : m_known) {
        if (const auto *measure = qobject_cast<MeasureField *>(known.field->editor()))
            add(known.pointer, measure->problem());
        else if (const auto *number = qobject_cast<NumberField *>(known.field->editor()))
            add(known.pointer, number->problem());
        else if (const auto *lines = qobject_cast<LinesField *>(known.field))
            problems += lines->unreadable();
    }
    return problems;
}

} // namespace quaygate
