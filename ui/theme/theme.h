#pragma once

#include "ui/theme/tokens.h"

#include <QFont>

class QApplication;

namespace quaygate {

/// Puts the tokens on the screen: Fusion, a palette and one style sheet, so that the window looks
/// the same on every system.
class Theme {
public:
    enum class Mode { System, Light, Dark };

    /// Dresses the application; may be called again to change the theme of a running one. With
    /// `System` it goes on following the system where Qt tells of changes (6.5 and newer).
    static void apply(QApplication &application, Mode mode = Mode::System);

    static QPalette palette(const Colors &colors);

    /// For code, URLs and keys.
    static QFont codeFont();

private:
    static void dress(QApplication &application, const Colors &colors);
};

} // namespace quaygate
