#include "ui/rules/guard_rules_field.h"

#include "ui/rules/guard_rule_line.h"

namespace quaygate {

GuardRulesField::GuardRulesField(const Words &words, QWidget *parent)
    : LinesField(
          words, [](QWidget *table) -> FormLine * { return new GuardRuleLine(table); }, parent) {
}

void GuardRulesField::setRules(const QList<GuardRule> &rules) {
    clear();
    for (const GuardRule &rule : rules)
        static_cast<GuardRuleLine *>(addLine())->setRule(rule);
}

QList<GuardRule> GuardRulesField::rules() const {
    QList<GuardRule> rules;
    for (const FormLine *line : lines())
        rules.append(static_cast<const GuardRuleLine *>(line)->rule());
    return rules;
}

} // namespace quaygate
