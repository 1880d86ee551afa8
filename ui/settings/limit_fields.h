#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "ui/widgets/fold.h"

namespace quaygate {

class FormField;
class MeasureField;

/// What a client of the gateway may cost, folded away. An empty field means the usual value.
class LimitFields : public Fold {
    Q_OBJECT

public:
    explicit LimitFields(QWidget *parent = nullptr);

    void fill(const GatewayLimits &limits);
    void apply(GatewayLimits &limits) const;
    /// Says in the line of the fold what is not as usual.
    void summarise(const GatewayLimits &limits);
    /// What is written and cannot be read; pointers are from the root of the configuration.
    Problems unreadable() const;

    QList<FormField *> fields() const;
    /// Null if another part of the form has it.
    FormField *fieldOf(const QString &pointer) const;

signals:
    void edited(quaygate::FormField *field);

private:
    struct Field {
        QString pointer;
        QString label;
        MeasureField *edit;
        FormField *row;
    };

    LimitFields(QWidget *contents, QWidget *parent);
    Field makeField(const char16_t *key, MeasureField *edit);

    QList<Field> m_counts; ///< in the order of `countLimits`
    QList<Field> m_times;  ///< in the order of `timeLimits`
};

} // namespace quaygate
