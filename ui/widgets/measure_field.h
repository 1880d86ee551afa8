#pragma once

#include "ui/widgets/measure.h"

#include <QLineEdit>

namespace quaygate {

/// A field for a number that has a usual value: empty means the usual one, which its placeholder
/// shows.
class MeasureField : public QLineEdit {
    Q_OBJECT

public:
    /// `usualText` stands for the usual value where its number says little: "no limit".
    MeasureField(Measure measure, qint64 usual, const QString &usualText = {},
                 QWidget *parent = nullptr);

    /// Shows it; the usual one as an empty field.
    void setValue(qint64 value);
    /// What is written; what was set last while that cannot be read.
    qint64 value() const;
    /// What is wrong with the text, as a sentence; empty if nothing is.
    QString problem() const;

private:
    std::optional<qint64> read() const;

    Measure m_measure;
    qint64 m_usual;
    qint64 m_set;
};

} // namespace quaygate
