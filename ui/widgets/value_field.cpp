#include "ui/widgets/value_field.h"

#include "ui/theme/theme.h"

using namespace Qt::StringLiterals;

namespace quaygate {

ValueField::ValueField(const QString &name, QWidget *parent) : QLineEdit(parent) {
    setReadOnly(true);
    setProperty("look", u"value"_s);
    setAccessibleName(name);
    setFont(Theme::codeFont());
}

void ValueField::setValue(const QString &value) {
    if (m_value == value)
        return;
    m_value = value;
    setAccessibleDescription(value);
    showValue();
}

void ValueField::focusInEvent(QFocusEvent *event) {
    QLineEdit::focusInEvent(event);
    setText(m_value);
    selectAll();
}

void ValueField::focusOutEvent(QFocusEvent *event) {
    QLineEdit::focusOutEvent(event);
    showValue();
}

void ValueField::resizeEvent(QResizeEvent *event) {
    QLineEdit::resizeEvent(event);
    showValue();
}

void ValueField::showValue() {
    // The frame, the padding of the style sheet and QLineEdit's own margin.
    const int room = width() - 2 * 12 - 4;
    setText(hasFocus() ? m_value : fontMetrics().elidedText(m_value, Qt::ElideMiddle, room));
    setToolTip(m_value);
    setCursorPosition(0);
}

} // namespace quaygate
