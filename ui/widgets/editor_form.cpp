#include "ui/widgets/editor_form.h"

#include <QKeyEvent>

namespace quaygate {

void EditorForm::keyPressEvent(QKeyEvent *event) {
    if (event->key() == Qt::Key_Escape)
        emit discardPressed();
    else
        QWidget::keyPressEvent(event);
}

} // namespace quaygate
