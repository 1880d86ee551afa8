#include "ui/widgets/icon_view.h"

#include <QPainter>

namespace quaygate {

IconView::IconView(const QIcon &icon, int size, QWidget *parent) : QWidget(parent), m_icon(icon) {
    setFixedSize(size, size);
    setAttribute(Qt::WA_TransparentForMouseEvents);
}

void IconView::setIcon(const QIcon &icon) {
    m_icon = icon;
    update();
}

void IconView::paintEvent(QPaintEvent *) {
    QPainter painter(this);
    m_icon.paint(&painter, rect());
}

} // namespace quaygate
