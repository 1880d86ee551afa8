#include "ui/widgets/measure_field.h"

using namespace Qt::StringLiterals;

namespace quaygate {

MeasureField::MeasureField(Measure measure, qint64 usual, const QString &usualText, QWidget *parent)
    : QLineEdit(parent), m_measure(std::move(measure)), m_usual(usual), m_set(usual) {
    setPlaceholderText(usualText.isEmpty() ? m_measure.write(usual) : usualText);
}

void MeasureField::setValue(qint64 value) {
    m_set = value;
    setText(value == m_usual ? QString() : m_measure.write(value));
    setCursorPosition(0);
}

qint64 MeasureField::value() const {
    return read().value_or(m_set);
}

QString MeasureField::problem() const {
    if (read())
        return {};
    return tr("This must be %1. Leave it empty for the usual value.").arg(m_measure.rule);
}

std::optional<qint64> MeasureField::read() const {
    const QString written = text().trimmed();
    return written.isEmpty() ? std::optional(m_usual) : m_measure.read(written);
}

} // namespace quaygate
