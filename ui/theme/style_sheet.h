#pragma once

#include "ui/theme/tokens.h"

#include <QString>

namespace quaygate {

/// The one style sheet of the application. Widgets say what they are with dynamic properties:
/// `kind` of a QPushButton (primary, secondary, ghost, danger, nav, segment, link), `type` of a
/// QLabel (display, title, heading, strong, small, error, warning, caption), `surface` of a QFrame
/// (card, sidebar, sunken, bar-info, bar-success, bar-warning, bar-error, toast, list), `invalid`
/// of a field.
QString styleSheet(const Colors &colors, const TypeScale &type);

} // namespace quaygate
