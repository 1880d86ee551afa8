#include "ui/widgets/form_line.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/edits.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/tab_chain.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

FormLine::FormLine(QWidget *parent)
    : QFrame(parent)
    , m_column(new QVBoxLayout(this))
    , m_row(new QHBoxLayout)
    , m_remove(makeIconButton(u"close"_s, tr("Remove"), this))
    , m_error(makeText({}, TextType::Error, this)) {
    m_error->hide();
    m_row->setSpacing(space::s);
    m_row->addWidget(m_remove);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(space::xs);
    m_column->addLayout(m_row);
    m_column->addWidget(m_error);
    connect(m_remove, &QPushButton::clicked, this, &FormLine::removePressed);
}

void FormLine::addPart(QWidget *part, const QString &name, const QString &spoken,
                       const QString &pointer, int stretch) {
    m_row->insertWidget(m_row->count() - 1, part, stretch);
    watch(part, name, spoken, pointer);
}

void FormLine::addPartBeneath(QWidget *part, const QString &name, const QString &spoken,
                              const QString &pointer) {
    m_column->insertWidget(m_column->count() - 1, part);
    watch(part, name, spoken, pointer);
}

void FormLine::watch(QWidget *part, const QString &name, const QString &spoken,
                     const QString &pointer) {
    m_parts.append({part, name, spoken, pointer});
    onEdit(part, this, [this] { emit edited(); });
}

void FormLine::setNumber(const QString &control, const QString &spoken, qsizetype number) {
    const QString which = u"%1 %2, "_s.arg(spoken).arg(number);
    const auto nameOf = [&](const QString &name) {
        return control + name + QString::number(number);
    };
    for (const Part &part : m_parts) {
        part.control->setObjectName(nameOf(part.name));
        part.control->setAccessibleName(which + part.spoken);
        if (auto *choice = qobject_cast<QComboBox *>(part.control); choice && choice->isEditable())
            choice->lineEdit()->setObjectName(nameOf(part.name) + u"Text"_s);
    }
    m_remove->setObjectName(nameOf(u"Remove"_s));
    m_remove->setAccessibleName(which + tr("Remove"));
}

void FormLine::setProblems(const Problems &problems) {
    m_error->setText(problems.isEmpty() ? QString() : problems.first().message);
    m_error->setVisible(!problems.isEmpty());
    for (const Part &part : m_parts) {
        const bool wrong =
            std::any_of(problems.begin(), problems.end(), [&](const Problem &problem) {
                return problem.pointer.isEmpty() || problem.pointer == part.pointer;
            });
        restyle(part.control, "invalid", wrong);
        part.control->setAccessibleDescription(wrong ? m_error->text() : QString());
    }
}

bool FormLine::isWrong() const {
    return !m_error->text().isEmpty();
}

void FormLine::focusEditor() {
    const auto wrong = std::find_if(m_parts.begin(), m_parts.end(), [](const Part &part) {
        return part.control->property("invalid").toBool();
    });
    const Part &part = wrong == m_parts.end() ? m_parts.first() : *wrong;
    part.control->setFocus();
}

QList<QWidget *> FormLine::stops() const {
    QList<QWidget *> stops;
    for (const Part &part : m_parts)
        stops.append(tabStops(part.control));
    stops.append(m_remove);
    return stops;
}

} // namespace quaygate
