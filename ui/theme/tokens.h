#pragma once

#include <QColor>
#include <QString>

class QPalette;

/// The values that every widget is drawn with: colours, distances, type. Nothing else in ui/ names
/// a colour or invents a distance.
namespace quaygate {

/// The colours of one theme, named by what they are for. Text colours reach WCAG AA on every
/// surface they are used on; a test computes it.
struct Colors {
    QColor window;        ///< behind everything
    QColor sidebar;       ///< the navigation's ground
    QColor surface;       ///< cards, fields, lists
    QColor surfaceSunken; ///< code and read-only values on a surface
    QColor hover;
    QColor border;        ///< between surfaces; decoration only
    QColor borderControl; ///< around what can be operated: 3:1 on window and surface
    QColor text;
    QColor textMuted;
    QColor textDisabled;
    QColor accent;
    QColor accentHover;
    QColor accentPressed;
    QColor onAccent;   ///< text on accent
    QColor accentText; ///< accent as text and icon on a surface
    QColor accentSoft; ///< the ground of what is selected
    QColor success;
    QColor successSoft;
    QColor warning;
    QColor warningSoft;
    QColor danger;
    QColor dangerSoft;
    QColor onDanger; ///< text on danger
    bool dark = false;
};

const Colors &lightColors();
const Colors &darkColors();

/// The theme that this palette belongs to, by the lightness of its window colour. So a widget needs
/// no more than its own palette to find its colours, and follows when the theme changes.
const Colors &colorsFor(const QPalette &palette);

/// Distances in device-independent pixels.
namespace space {
inline constexpr int xs = 4;
inline constexpr int s = 8;
inline constexpr int m = 12;
inline constexpr int l = 16;
inline constexpr int xl = 24;
inline constexpr int xxl = 32;
} // namespace space

namespace radius {
inline constexpr int small = 4;
inline constexpr int control = 6;
inline constexpr int card = 10;
} // namespace radius

/// Heights and widths that several widgets share.
namespace size {
inline constexpr int control = 36;
inline constexpr int icon = 18;
inline constexpr int sidebar = 216;
inline constexpr int list = 264;
inline constexpr int readable = 720; ///< no line of a form or a text is wider
} // namespace size

/// Type sizes in pixels, in steps from the size of the body text.
struct TypeScale {
    int small = 12;
    int body = 14;
    int heading = 16;
    int title = 24;
    int display = 30;

    /// The scale whose body text has at least the size that the user has set for the system.
    static TypeScale from(int systemPixelSize);
};

} // namespace quaygate
