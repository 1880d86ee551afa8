#include "ui/rules/rules_fields.h"

#include "ui/rules/rules_fold.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QLabel>

namespace quaygate {

RulesFields::RulesFields(QWidget *parent)
    : QWidget(parent)
    , m_folds{new BodyFold(this), new PromptFold(this), new GuardFold(this),
              new SpendingFold(this)} {
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xs);
    column->addWidget(makeLabel(tr("Rules"), TextType::Caption, this));
    for (RulesFold *fold : m_folds)
        column->addWidget(fold);
}

void RulesFields::fill(const Rules &rules) {
    for (RulesFold *fold : m_folds) {
        fold->fill(rules);
        fold->setOpen(false);
    }
}

void RulesFields::apply(Rules &rules) const {
    for (const RulesFold *fold : m_folds)
        fold->apply(rules);
}

void RulesFields::summarise(const Rules &rules) {
    for (RulesFold *fold : m_folds)
        fold->summarise(rules);
}

QList<FormFold *> RulesFields::folds() const {
    return {m_folds.begin(), m_folds.end()};
}

} // namespace quaygate
