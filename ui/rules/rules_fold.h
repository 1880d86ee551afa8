#pragma once

#include "gateway/config/rules.h"
#include "ui/widgets/form_fold.h"

class QCheckBox;

namespace quaygate {

class BudgetRows;
class GuardRulesField;
class MessagesField;
class RateLimitsField;

/// One of the folded parts in which a form shows the rules of a route or a client key.
class RulesFold : public FormFold {
    Q_OBJECT

public:
    virtual void fill(const Rules &rules) = 0;
    virtual void apply(Rules &rules) const = 0;
    /// Says in the line of the fold what is set.
    virtual void summarise(const Rules &rules) = 0;

protected:
    using FormFold::FormFold;
    /// "none" if there are no parts.
    void setParts(const QStringList &parts);
};

/// Fields of the body that are set.
class BodyFold : public RulesFold {
    Q_OBJECT

public:
    explicit BodyFold(QWidget *parent = nullptr);

    void fill(const Rules &rules) override;
    void apply(Rules &rules) const override;
    void summarise(const Rules &rules) override;

private:
    PairsField *m_defaults;
    PairsField *m_overrides;
};

/// Messages that are added.
class PromptFold : public RulesFold {
    Q_OBJECT

public:
    explicit PromptFold(QWidget *parent = nullptr);

    void fill(const Rules &rules) override;
    void apply(Rules &rules) const override;
    void summarise(const Rules &rules) override;

private:
    MessagesField *m_prepend;
    MessagesField *m_append;
};

/// What requests and answers must not hold.
class GuardFold : public RulesFold {
    Q_OBJECT

public:
    explicit GuardFold(QWidget *parent = nullptr);

    void fill(const Rules &rules) override;
    void apply(Rules &rules) const override;
    void summarise(const Rules &rules) override;

private:
    GuardRulesField *m_request;
    GuardRulesField *m_response;
    QCheckBox *m_streaming;
};

/// How much may be asked and spent.
class SpendingFold : public RulesFold {
    Q_OBJECT

public:
    explicit SpendingFold(QWidget *parent = nullptr);

    void fill(const Rules &rules) override;
    void apply(Rules &rules) const override;
    void summarise(const Rules &rules) override;

private:
    RateLimitsField *m_limits;
    BudgetRows *m_budget;
};

} // namespace quaygate
