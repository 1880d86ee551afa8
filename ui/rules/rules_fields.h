#pragma once

#include "gateway/config/rules.h"

#include <QWidget>

namespace quaygate {

class FormFold;
class RulesFold;

/// The rules of a route or a client key: a heading, and a folded part for each kind.
class RulesFields : public QWidget {
    Q_OBJECT

public:
    explicit RulesFields(QWidget *parent = nullptr);

    void fill(const Rules &rules);
    void apply(Rules &rules) const;
    void summarise(const Rules &rules);
    QList<FormFold *> folds() const;

private:
    QList<RulesFold *> m_folds;
};

} // namespace quaygate
