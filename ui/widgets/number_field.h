#pragma once

#include "gateway/config/ranges.h"

#include <QLineEdit>

#include <optional>

namespace quaygate {

/// A field for a number that may have a fraction, with a point: "20", "0.5".
class NumberField : public QLineEdit {
    Q_OBJECT

public:
    /// `nothing` stands in the empty field: "no limit".
    NumberField(NumberRange range, const QString &nothing, QWidget *parent = nullptr);

    void setValue(std::optional<double> value);
    /// What is written; nothing if the field is empty; what was set last while it cannot be read.
    std::optional<double> value() const;
    /// What is wrong with the text, as a sentence; empty if nothing is.
    QString problem() const;

private:
    bool isReadable() const;

    NumberRange m_range;
    std::optional<double> m_set;
    QString m_setText;
};

} // namespace quaygate
