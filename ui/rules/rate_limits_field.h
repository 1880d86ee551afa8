#pragma once

#include "gateway/config/rules.h"
#include "ui/widgets/lines_field.h"

namespace quaygate {

/// How much in how long, a limit a line.
class RateLimitsField : public LinesField {
    Q_OBJECT

public:
    explicit RateLimitsField(QWidget *parent = nullptr);

    void setLimits(const QList<RateLimit> &limits);
    QList<RateLimit> limits() const;
};

} // namespace quaygate
