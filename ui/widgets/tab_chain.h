#pragma once

#include <QList>

class QWidget;

namespace quaygate {

/// Tab goes through the widgets in this order; through the parts of one that takes no focus itself
/// in the order in which they were made.
void chainTabs(const QList<QWidget *> &widgets);

/// Where Tab stops within the widget: itself, or its parts in the order in which they were made.
QList<QWidget *> tabStops(QWidget *widget);

} // namespace quaygate
