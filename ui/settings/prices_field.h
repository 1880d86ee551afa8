#pragma once

#include "gateway/config/rules.h"
#include "ui/widgets/lines_field.h"

namespace quaygate {

/// What models cost, a model a line.
class PricesField : public LinesField {
    Q_OBJECT

public:
    explicit PricesField(QWidget *parent = nullptr);

    void setPrices(const QList<ModelPrice> &prices);
    QList<ModelPrice> prices() const;

protected:
    QString stepTo(const FormLine &line, qsizetype number) const override;
};

} // namespace quaygate
