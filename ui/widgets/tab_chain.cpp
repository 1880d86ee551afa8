#include "ui/widgets/tab_chain.h"

#include <QWidget>

namespace quaygate {

QList<QWidget *> tabStops(QWidget *widget) {
    if (widget->focusPolicy() & Qt::TabFocus)
        return {widget};
    QList<QWidget *> stops;
    for (QObject *child : widget->children())
        if (child->isWidgetType())
            stops.append(tabStops(static_cast<QWidget *>(child)));
    return stops;
}

void chainTabs(const QList<QWidget *> &widgets) {
    QList<QWidget *> stops;
    for (QWidget *widget : widgets)
        stops.append(tabStops(widget));
    for (qsizetype i = 1; i < stops.size(); ++i)
        QWidget::setTabOrder(stops.at(i - 1), stops.at(i));
}

} // namespace quaygate
