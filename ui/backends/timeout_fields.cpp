#include "ui/backends/timeout_fields.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/measure_field.h"

#include <QGridLayout>
#include <QLabel>

using namespace Qt::StringLiterals;

namespace quaygate {

TimeoutFields::TimeoutFields(QWidget *parent) : QWidget(parent) {
    m_phases = {
        makePhase(&BackendTimeouts::connect, u"connect"_s, tr("To connect"),
                  tr("Finding the host, connecting, TLS.")),
        makePhase(&BackendTimeouts::firstByte, u"firstByte"_s, tr("To the first byte"),
                  tr("From the request sent to the answer's start.")),
        makePhase(&BackendTimeouts::idle, u"idle"_s, tr("Between two bytes"),
                  tr("The longest pause within an answer.")),
        makePhase(&BackendTimeouts::total, u"total"_s, tr("For the whole call"),
                  tr("From the beginning to the last byte."), tr("no limit")),
    };
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(space::m);
    grid->setVerticalSpacing(space::m);
    grid->addWidget(makeLabel(tr("Time limits, as in 500ms, 30s or 10m"), TextType::Caption, this),
                    0, 0, 1, 2);
    for (int i = 0; i < m_phases.size(); ++i)
        grid->addWidget(m_phases.at(i).row, 1 + i / 2, i % 2);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
}

TimeoutFields::Phase TimeoutFields::makePhase(std::chrono::milliseconds BackendTimeouts::*member,
                                              const QString &key, const QString &label,
                                              const QString &hint, const QString &usual) {
    auto *edit = new MeasureField(durations(), (BackendTimeouts().*member).count(), usual, this);
    edit->setObjectName(u"timeout-"_s + key);
    auto *row = new FormField(label, edit, this);
    row->setHint(hint);
    connect(edit, &QLineEdit::textChanged, this, [this, row] { emit edited(row); });
    return {member, u"/timeouts/"_s + key, edit, row};
}

void TimeoutFields::fill(const BackendTimeouts &timeouts) {
    for (const Phase &phase : m_phases)
        phase.edit->setValue((timeouts.*phase.member).count());
}

void TimeoutFields::apply(BackendTimeouts &timeouts) const {
    for (const Phase &phase : m_phases)
        timeouts.*phase.member = std::chrono::milliseconds(phase.edit->value());
}

Problems TimeoutFields::unreadable() const {
    Problems problems;
    for (const Phase &phase : m_phases)
        if (const QString problem = phase.edit->problem(); !problem.isEmpty())
            problems.append({0, phase.pointer, problem});
    return problems;
}

QList<FormField *> TimeoutFields::fields() const {
    QList<FormField *> fields;
    for (const Phase &phase : m_phases)
        fields.append(phase.row);
    return fields;
}

FormField *TimeoutFields::fieldOf(const QString &pointer) const {
    for (const Phase &phase : m_phases)
        if (pointer == phase.pointer)
            return phase.row;
    return nullptr;
}

} // namespace quaygate
