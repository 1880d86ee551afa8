#include "ui/widgets/form_field.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace quaygate {

FormField::FormField(const QString &label, QWidget *editor, QWidget *parent)
    : QWidget(parent)
    , m_editor(editor)
    , m_row(new QHBoxLayout)
    , m_hint(makeText({}, TextType::Small, this))
    , m_error(makeText({}, TextType::Error, this))
    , m_warning(makeText({}, TextType::Warning, this)) {
    auto *caption = makeLabel(label, TextType::Label, this);
    caption->setBuddy(editor);
    caption->setVisible(!label.isEmpty()); // a check box says itself what it is
    editor->setAccessibleName(QString(label).remove(u'&'));

    m_row->setSpacing(space::xs);
    m_row->addWidget(editor, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(caption);
    column->addLayout(m_row);
    for (QLabel *text : {m_error, m_warning, m_hint}) {
        text->hide();
        column->addWidget(text);
    }
    column->addStretch();
}

void FormField::addBeside(QWidget *widget) {
    m_row->addWidget(widget);
}

void FormField::setHint(const QString &hint) {
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
    describeEditor();
}

void FormField::setError(const QString &error) {
    m_error->setText(error);
    m_error->setVisible(!error.isEmpty());
    // What is wrong comes before what to mind.
    m_warning->setVisible(error.isEmpty() && !m_warning->text().isEmpty());
    restyle(m_editor, "invalid", !error.isEmpty());
    describeEditor();
}

void FormField::setProblems(const Problems &problems) {
    setError(problems.isEmpty() ? QString() : problems.first().message);
}

void FormField::focusEditor() {
    m_editor->setFocus();
}

void FormField::setWarning(const QString &warning) {
    m_warning->setText(warning);
    m_warning->setVisible(!warning.isEmpty() && m_error->text().isEmpty());
    describeEditor();
}

QString FormField::hint() const {
    return m_hint->text();
}

QString FormField::error() const {
    return m_error->text();
}

QString FormField::warning() const {
    return m_warning->text();
}

void FormField::describeEditor() {
    QStringList parts{m_error->text(), m_warning->text(), m_hint->text()};
    parts.removeAll(QString());
    m_editor->setAccessibleDescription(parts.join(u' '));
}

} // namespace quaygate
