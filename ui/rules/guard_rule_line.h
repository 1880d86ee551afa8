#pragma once

#include "gateway/config/rules.h"
#include "ui/widgets/form_line.h"

class QCheckBox;
class QLineEdit;

namespace quaygate {

class MeasureField;
class Segmented;
class TextsField;

/// One rule of a guard: what it looks for, and what becomes of it.
class GuardRuleLine : public FormLine {
    Q_OBJECT

public:
    explicit GuardRuleLine(QWidget *parent);

    void setRule(const GuardRule &rule);
    GuardRule rule() const;

    /// Never: an empty rule is told to be one.
    bool isEmpty() const override { return false; }
    Problems unreadable() const override;
    void setProblems(const Problems &problems) override;
    void setNumber(const QString &control, const QString &spoken, qsizetype number) override;
    void focusEditor() override;
    bool isWrong() const override;

private:
    struct Box {
        GuardBuiltin builtin;
        QCheckBox *control;
    };

    void buildBuiltins();
    void buildRefusal();
    void showAction();

    GuardRule m_original;
    Segmented *m_action;
    QList<Box> m_builtins;
    TextsField *m_patterns;
    QWidget *m_refusal;
    MeasureField *m_status;
    QLineEdit *m_message;
    bool m_wrongPatterns = false;
};

} // namespace quaygate
