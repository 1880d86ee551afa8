#pragma once

#include "gateway/config/rules.h"

#include <QObject>

namespace quaygate {

class FormField;
class MeasureField;
class NumberField;
class Segmented;

/// The fields of a budget, for the fold that shows them. Without tokens and money there is none.
class BudgetRows : public QObject {
    Q_OBJECT

public:
    explicit BudgetRows(QWidget *parent);

    void setBudget(const std::optional<Budget> &budget);
    std::optional<Budget> budget() const;

    FormField *tokens() const { return m_tokensRow; }
    FormField *money() const { return m_moneyRow; }
    FormField *per() const { return m_perRow; }
    FormField *warnAt() const { return m_warnAtRow; }

private:
    Budget m_original;
    MeasureField *m_tokens;
    NumberField *m_money;
    Segmented *m_per;
    NumberField *m_warnAt;
    FormField *m_tokensRow;
    FormField *m_moneyRow;
    FormField *m_perRow;
    FormField *m_warnAtRow;
};

/// "5000000 tokens and $20 a month"; empty if there is none.
QString summaryOf(const std::optional<Budget> &budget);

} // namespace quaygate
