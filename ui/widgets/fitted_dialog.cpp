#include "ui/widgets/fitted_dialog.h"

#include <QEvent>
#include <QLayout>

namespace quaygate {

FittedDialog::FittedDialog(int width, QWidget *parent) : QDialog(parent) {
    setFixedWidth(width);
}

bool FittedDialog::event(QEvent *event) {
    const bool handled = QDialog::event(event);
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::Show)
        fit();
    return handled;
}

void FittedDialog::fit() {
    if (!layout())
        return;
    layout()->activate();
    setFixedHeight(layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(width())
                                                 : layout()->totalSizeHint().height());
}

} // namespace quaygate
