#include "ui/theme/theme.h"

#include "ui/theme/style_sheet.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QPalette>
#include <QProxyStyle>
#include <QStyleFactory>
#include <QStyleHints>
#include <QVariant>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Fusion, without the lines under the letters of shortcuts; Alt and the letter work all the same.
class CalmStyle : public QProxyStyle {
public:
    CalmStyle() : QProxyStyle(QStyleFactory::create(u"Fusion"_s)) {}

    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override {
        return hint == SH_UnderlineShortcut
                   ? 0
                   : QProxyStyle::styleHint(hint, option, widget, returned);
    }
};

constexpr auto systemPaletteProperty = "quaygateSystemPalette";
constexpr auto systemFontProperty = "quaygateSystemFont";

bool isDark(const QPalette &palette) {
    return palette.color(QPalette::Window).lightness() <
           palette.color(QPalette::WindowText).lightness();
}

/// What the system looks like; remembered by the application object, since dressing it hides the
/// original.
bool systemIsDark(QApplication &application) {
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    if (application.styleHints()->colorScheme() != Qt::ColorScheme::Unknown)
        return application.styleHints()->colorScheme() == Qt::ColorScheme::Dark;
#endif
    return isDark(application.property(systemPaletteProperty).value<QPalette>());
}

void rememberSystem(QApplication &application) {
    if (application.property(systemPaletteProperty).isValid())
        return;
    application.setProperty(systemPaletteProperty, application.palette());
    application.setProperty(systemFontProperty, application.font());
}

QFont bodyFont(const QFont &system) {
    QFont font = system;
    if (QFontDatabase::hasFamily(u"Inter"_s))
        font.setFamilies({u"Inter"_s, system.family()});
    font.setPixelSize(TypeScale::from(QFontInfo(system).pixelSize()).body);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

void setText(QPalette &palette, QPalette::ColorGroup group, const QColor &color) {
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(group, role, color);
}

} // namespace

QPalette Theme::palette(const Colors &colors) {
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.surfaceSunken);
    palette.setColor(QPalette::Button, colors.surface);
    palette.setColor(QPalette::ToolTipBase, colors.surface);
    palette.setColor(QPalette::ToolTipText, colors.text);
    palette.setColor(QPalette::BrightText, colors.danger);
    palette.setColor(QPalette::Light, colors.surface);
    palette.setColor(QPalette::Midlight, colors.hover);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::Dark, colors.borderControl);
    palette.setColor(QPalette::Shadow, colors.borderControl);
    palette.setColor(QPalette::Link, colors.accentText);
    palette.setColor(QPalette::LinkVisited, colors.accentText);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.onAccent);
    setText(palette, QPalette::All, colors.text);
    setText(palette, QPalette::Disabled, colors.textDisabled);
    palette.setColor(QPalette::PlaceholderText, colors.textMuted);
    return palette;
}

QFont Theme::codeFont() {
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setStyleHint(QFont::Monospace);
    font.setPixelSize(TypeScale::from(QFontInfo(QApplication::font()).pixelSize()).body - 1);
    return font;
}

void Theme::dress(QApplication &application, const Colors &colors) {
    const QFont system = application.property(systemFontProperty).value<QFont>();
    const QFont body = bodyFont(system);
    application.setPalette(palette(colors));
    application.setFont(body);
    application.setStyleSheet(styleSheet(colors, TypeScale::from(body.pixelSize())));
}

void Theme::apply(QApplication &application, Mode mode) {
    rememberSystem(application);
    application.setStyle(new CalmStyle);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::disconnect(application.styleHints(), nullptr, &application, nullptr);
    if (mode == Mode::System)
        QObject::connect(application.styleHints(), &QStyleHints::colorSchemeChanged, &application,
                         [&application] { apply(application, Mode::System); });
#endif
    const bool dark = mode == Mode::Dark || (mode == Mode::System && systemIsDark(application));
    dress(application, dark ? darkColors() : lightColors());
}

} // namespace quaygate
