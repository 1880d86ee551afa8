#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

#include <QWidget>

namespace quaygate {

class FormField;
class MeasureField;

/// How long each phase of a call to a backend may take.
class TimeoutFields : public QWidget {
    Q_OBJECT

public:
    explicit TimeoutFields(QWidget *parent = nullptr);

    void fill(const BackendTimeouts &timeouts);
    void apply(BackendTimeouts &timeouts) const;
    /// What is written and cannot be read.
    Problems unreadable() const;

    QList<FormField *> fields() const;
    /// Null if another part of the form has it.
    FormField *fieldOf(const QString &pointer) const;

signals:
    void edited(quaygate::FormField *field);

private:
    struct Phase {
        std::chrono::milliseconds BackendTimeouts::*member;
        QString pointer;
        MeasureField *edit;
        FormField *row;
    };

    Phase makePhase(std::chrono::milliseconds BackendTimeouts::*member, const QString &key,
                    const QString &label, const QString &hint, const QString &usual = {});

    QList<Phase> m_phases;
};

} // namespace quaygate
