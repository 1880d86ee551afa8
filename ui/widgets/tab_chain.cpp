#include "ui/widgets/tab_chain.h"

#include <QWidget>

namespace quaygate {

namespace {

QList<QWidget *> stopsOf(QWidget *widget) {
    if (widget->focusPolicy() & Qt::TabFocus)
        return {widget};
    QList<QWidget *> stops;
    for (QObject *child : widget->children())
        if (child->isWidgetType())
            stops.append(stopsOf(static_cast<QWidget *>(child)));
    return stops;
}

} // namespace

void chainTabs(const QList<QWidget *> &widgets) {
    QList<QWidget *> stops;
    for (QWidget *widget : widgets)
        stops.append(stopsOf(widget));
    for (qsizetype i = 1; i < stops.size(); ++i)
        QWidget::setTabOrder(stops.at(i - 1), stops.at(i));
}

} // namespace quaygate
