#include "ui/widgets/number_field.h"

#include <QLocale>

namespace quaygate {

NumberField::NumberField(NumberRange range, const QString &nothing, QWidget *parent)
    : QLineEdit(parent), m_range(range) {
    setPlaceholderText(nothing);
}

void NumberField::setValue(std::optional<double> value) {
    m_set = value;
    m_setText = value ? QString::number(*value, 'f', QLocale::FloatingPointShortest) : QString();
    setText(m_setText);
    setCursorPosition(0);
}

std::optional<double> NumberField::value() const {
    const QString written = text().trimmed();
    if (written.isEmpty())
        return std::nullopt;
    return written == m_setText || !isReadable() ? m_set : written.toDouble();
}

bool NumberField::isReadable() const {
    bool isNumber = false;
    const double number = text().trimmed().toDouble(&isNumber);
    return isNumber && m_range.holds(number);
}

QString NumberField::problem() const {
    if (text().trimmed().isEmpty() || isReadable())
        return {};
    return tr("This must be %1, with a point before its fraction.").arg(numberRule(m_range));
}

} // namespace quaygate
