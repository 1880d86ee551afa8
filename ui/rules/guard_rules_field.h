#pragma once

#include "gateway/config/rules.h"
#include "ui/widgets/lines_field.h"

namespace quaygate {

/// What a guard looks for and what becomes of it, a rule after the other.
class GuardRulesField : public LinesField {
    Q_OBJECT

public:
    explicit GuardRulesField(const Words &words, QWidget *parent = nullptr);

    void setRules(const QList<GuardRule> &rules);
    QList<GuardRule> rules() const;
};

} // namespace quaygate
