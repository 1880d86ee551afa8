#include "ui/widgets/status_dot.h"

#include "ui/theme/tokens.h"

#include <QPainter>

namespace quaygate {

void paintHealth(QPainter *painter, const QRectF &rect, Health health, const Colors &colors) {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF inner = rect.adjusted(1, 1, -1, -1);
    switch (health) {
    case Health::Good:
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.success);
        painter->drawEllipse(inner);
        break;
    case Health::Unknown:
        painter->setPen(QPen(colors.borderControl, 1.6));
        painter->drawEllipse(inner.adjusted(0.4, 0.4, -0.4, -0.4));
        break;
    case Health::Busy:
        painter->setPen(QPen(colors.warning, 1.6));
        painter->drawEllipse(inner.adjusted(0.4, 0.4, -0.4, -0.4));
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.warning);
        painter->drawPie(inner, 90 * 16, 180 * 16);
        break;
    case Health::Bad:
        painter->setPen(Qt::NoPen);
        painter->setBrush(colors.danger);
        painter->drawRoundedRect(inner, 1.5, 1.5);
        break;
    }
    painter->restore();
}

StatusDot::StatusDot(QWidget *parent) : QWidget(parent) {
    setFixedSize(sizeHint());
}

void StatusDot::setHealth(Health health) {
    if (m_health == health)
        return;
    m_health = health;
    update();
}

void StatusDot::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    paintHealth(&painter, rect(), m_health, colorsFor(palette()));
}

} // namespace quaygate
