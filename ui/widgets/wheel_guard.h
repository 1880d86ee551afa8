#pragma once

class QWidget;

namespace quaygate {

/// Leaves the mouse wheel to the form that scrolls: a choice under the pointer does not change
/// unnoticed. Once the choice has the focus, the wheel is its own again.
void leaveWheelToForm(QWidget *choice);

} // namespace quaygate
