#pragma once

#include "gateway/config/config.h"
#include "ui/widgets/form_fold.h"

class QCheckBox;
class QLineEdit;

namespace quaygate {

/// What becomes of a request when a backend fails: other tries, when a backend is set aside, how
/// long all of it may take.
class FailureFold : public FormFold {
    Q_OBJECT

public:
    explicit FailureFold(QWidget *parent = nullptr);

    void fill(const Route &route);
    void apply(Route &route) const;
    void summarise(const Route &route);
    Problems unreadable() const override;

private:
    void buildRetry();
    void buildCooldown();
    void buildTimeouts();
    MeasureField *makeTime(std::chrono::milliseconds usual, const QString &usualText = {});
    void showRetry();

    QCheckBox *m_retry;
    MeasureField *m_attempts;
    QLineEdit *m_statuses;
    MeasureField *m_backoff;
    MeasureField *m_maxWait;
    MeasureField *m_failures;
    MeasureField *m_duration;
    MeasureField *m_firstByte;
    MeasureField *m_total;
    QList<FormField *> m_retryRows;
    Retry m_original; ///< keeps what this version does not know, and what was set while it is off
};

} // namespace quaygate
