#include "ui/theme/style_sheet.h"

#include <QList>

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

// A focus ring is 2 px where the border at rest is 1 px; the padding gives way, so that nothing
// moves.

constexpr auto general = R"(
* { outline: none; }
QWidget { selection-background-color: @accent; selection-color: @onAccent; }
QMainWindow, QDialog, QWidget[surface="window"] { background: @window; }
QToolTip { background: @surface; color: @text; border: 1px solid @borderControl; padding: 4px 6px; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[surface="scrolled"] { background: transparent; }

QLabel[type="display"] { font-size: @displaySize; font-weight: 600; }
QLabel[type="title"] { font-size: @titleSize; font-weight: 600; }
QLabel[type="heading"] { font-size: @headingSize; font-weight: 600; }
QLabel[type="strong"] { font-weight: 600; }
QLabel[type="muted"] { color: @textMuted; }
QLabel[type="small"] { font-size: @smallSize; color: @textMuted; }
QLabel[type="caption"] { font-size: @smallSize; font-weight: 600; color: @textMuted; }
QLabel[type="label"] { font-weight: 500; }
QLabel[type="label"]:disabled { color: @textDisabled; }
QLabel[type="error"] { font-size: @smallSize; color: @danger; }
QLabel[type="warning"] { font-size: @smallSize; color: @warning; }

QFrame[surface="card"], QFrame[surface="list"] {
    background: @surface; border: 1px solid @border; border-radius: @cardRadius; }
QFrame[surface="sidebar"] { background: @sidebar; border: none; border-right: 1px solid @border; }
QFrame[surface="panel"] { background: @surface; border: 1px solid @border; border-radius: @cardRadius; }
QFrame[surface="sunken"] {
    background: @surfaceSunken; border: 1px solid @border; border-radius: @controlRadius; }
QFrame[surface="footer"] { background: transparent; border: none; border-top: 1px solid @border; }
QFrame[surface="separator"] { background: @border; border: none; min-height: 1px; max-height: 1px; }
QFrame[surface="bar-info"] { background: @accentSoft; border: 1px solid @accentSoft; border-radius: @controlRadius; }
QFrame[surface="bar-success"] { background: @successSoft; border: 1px solid @successSoft; border-radius: @controlRadius; }
QFrame[surface="bar-warning"] { background: @warningSoft; border: 1px solid @warningSoft; border-radius: @controlRadius; }
QFrame[surface="bar-error"] { background: @dangerSoft; border: 1px solid @dangerSoft; border-radius: @controlRadius; }
QFrame[surface="toast"] { background: @text; border: none; border-radius: @controlRadius; }
QFrame[surface="toast"] QLabel { color: @window; }
)";

constexpr auto buttons = R"(
QPushButton {
    background: @surface; border: 1px solid @borderControl; border-radius: @controlRadius;
    padding: 7px 13px; font-weight: 500; }
QPushButton:hover { background: @hover; }
QPushButton:pressed { background: @border; }
QPushButton:focus { border: 2px solid @accent; padding: 6px 12px; }
QPushButton:disabled { color: @textDisabled; border-color: @border; background: transparent; }

QPushButton[kind="primary"] { background: @accent; color: @onAccent; border-color: @accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: @accentHover; border-color: @accentHover; }
QPushButton[kind="primary"]:pressed { background: @accentPressed; border-color: @accentPressed; }
QPushButton[kind="primary"]:focus { border: 2px solid @text; }
QPushButton[kind="primary"]:disabled { background: @hover; color: @textDisabled; border-color: @hover; }

QPushButton[kind="danger"] { background: @danger; color: @onDanger; border-color: @danger; font-weight: 600; }
QPushButton[kind="danger"]:focus { border: 2px solid @text; }

QPushButton[kind="ghost"] { background: transparent; border-color: transparent; color: @text; }
QPushButton[kind="ghost"]:hover { background: @hover; }
QPushButton[kind="ghost"]:focus { border-color: @accent; }
QPushButton[kind="ghost"]:disabled { color: @textDisabled; }

QPushButton[kind="link"] {
    background: transparent; border: none; padding: 2px; color: @accentText; text-align: left; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 2px solid @accent; padding: 0px; border-radius: @smallRadius; }

QPushButton[kind="icon"] { background: transparent; border-color: transparent; padding: 5px; }
QPushButton[kind="icon"]:hover { background: @hover; }
QPushButton[kind="icon"]:focus { border: 2px solid @accent; padding: 4px; }

QPushButton[kind="nav"] {
    background: transparent; border: 2px solid transparent; padding: 7px 10px; text-align: left;
    color: @textMuted; border-radius: @controlRadius; }
QPushButton[kind="nav"]:hover { background: @hover; color: @text; }
QPushButton[kind="nav"]:checked { background: @accentSoft; color: @accentText; font-weight: 600; }
QPushButton[kind="nav"]:focus { border-color: @accent; }

QFrame[surface="segments"] { background: @surfaceSunken; border: 1px solid @borderControl; border-radius: @controlRadius; }
QPushButton[kind="segment"] {
    background: transparent; border: 2px solid transparent; border-radius: @smallRadius;
    padding: 4px 10px; color: @textMuted; }
QPushButton[kind="segment"]:hover { color: @text; }
QPushButton[kind="segment"]:checked { background: @accentSoft; color: @accentText; font-weight: 600; }
QPushButton[kind="segment"]:focus { border-color: @accent; }

QPushButton[kind="fold"] { background: transparent; border: 2px solid transparent; border-radius: @controlRadius; padding: 0; }
QPushButton[kind="fold"]:hover { background: @hover; }
QPushButton[kind="fold"]:focus { border-color: @accent; }

QPushButton[kind="choice"] {
    background: @surface; border: 1px solid @border; border-radius: @cardRadius; text-align: left; padding: 0; }
QPushButton[kind="choice"]:hover { border-color: @accent; background: @surface; }
QPushButton[kind="choice"]:focus { border: 2px solid @accent; }

QPushButton[kind="row"] { background: transparent; border: 2px solid transparent; border-radius: @controlRadius; padding: 0; }
QPushButton[kind="row"]:hover { background: @hover; }
QPushButton[kind="row"]:focus { border-color: @accent; }

QFrame[surface="toast"] QPushButton { background: transparent; border: 2px solid transparent; color: @toastAction; padding: 4px 8px; font-weight: 600; }
QFrame[surface="toast"] QPushButton:hover { text-decoration: underline; }
QFrame[surface="toast"] QPushButton:focus { border-color: @toastAction; }
)";

constexpr auto fields = R"(
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox {
    background: @surface; border: 1px solid @borderControl; border-radius: @controlRadius; padding: 7px 9px; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus {
    border: 2px solid @accent; padding: 6px 8px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled { color: @textDisabled; border-color: @border; background: @surfaceSunken; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] { border-color: @danger; }
QLineEdit[readOnly="true"][look="value"] { background: @surfaceSunken; border-color: @border; }
QLineEdit[readOnly="true"][look="plain"] { background: transparent; border-color: transparent; padding: 1px; }
QLineEdit[readOnly="true"][look="plain"]:focus { border: 2px solid @accent; padding: 0px; }
QPlainTextEdit[look="code"] { background: transparent; border: 2px solid transparent; padding: 0; }
QPlainTextEdit[look="code"]:focus { border-color: @accent; }

QComboBox { padding-right: 28px; padding-left: 7px; }
QComboBox:focus { padding-right: 27px; padding-left: 6px; }
QComboBox:!editable { padding-left: 11px; }
QComboBox:!editable:focus { padding-left: 10px; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: 26px; border: none; }
QComboBox::down-arrow { image: url(:/quaygate/icons/chevron-down-@variant.svg); width: 14px; height: 14px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; padding: 0; background: transparent; }
QComboBox QAbstractItemView {
    background: @surface; border: 1px solid @borderControl; border-radius: 0; padding: 4px;
    selection-background-color: @accentSoft; selection-color: @text; }
QComboBox QAbstractItemView::item { min-height: 28px; padding: 2px 8px; }

QCheckBox { spacing: 8px; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid @borderControl; border-radius: @smallRadius; background: @surface; }
QCheckBox::indicator:focus { border: 2px solid @accent; }
QCheckBox::indicator:checked { background: @accent; border-color: @accent; image: url(:/quaygate/icons/check-@variant.svg); }

QListView { background: transparent; border: none; }
QMenu { background: @surface; border: 1px solid @borderControl; padding: 4px; }
QMenu::item { padding: 6px 20px; border-radius: @smallRadius; }
QMenu::item:disabled { color: @textMuted; }
QMenu::separator { height: 1px; background: @border; margin: 4px 8px; }
QMenu::item:selected { background: @accentSoft; color: @text; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: @scrollbar; border-radius: 3px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 3px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 3px; }
QScrollBar::handle:hover { background: @borderControl; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
)";

QString pixels(int value) {
    return QString::number(value) + u"px"_s;
}

} // namespace

QString styleSheet(const Colors &colors, const TypeScale &type) {
    const Colors &other = colors.dark ? lightColors() : darkColors();
    // Longer names first, so that @accentText is not read as @accent followed by "Text".
    const QList<std::pair<QString, QString>> values{
        {u"@accentPressed"_s, colors.accentPressed.name()},
        {u"@accentHover"_s, colors.accentHover.name()},
        {u"@accentText"_s, colors.accentText.name()},
        {u"@accentSoft"_s, colors.accentSoft.name()},
        {u"@accent"_s, colors.accent.name()},
        {u"@borderControl"_s, colors.borderControl.name()},
        {u"@border"_s, colors.border.name()},
        {u"@surfaceSunken"_s, colors.surfaceSunken.name()},
        {u"@surface"_s, colors.surface.name()},
        {u"@textDisabled"_s, colors.textDisabled.name()},
        {u"@textMuted"_s, colors.textMuted.name()},
        {u"@text"_s, colors.text.name()},
        {u"@window"_s, colors.window.name()},
        {u"@sidebar"_s, colors.sidebar.name()},
        {u"@hover"_s, colors.hover.name()},
        {u"@onAccent"_s, colors.onAccent.name()},
        {u"@onDanger"_s, colors.onDanger.name()},
        {u"@successSoft"_s, colors.successSoft.name()},
        {u"@warningSoft"_s, colors.warningSoft.name()},
        {u"@warning"_s, colors.warning.name()},
        {u"@dangerSoft"_s, colors.dangerSoft.name()},
        {u"@danger"_s, colors.danger.name()},
        {u"@toastAction"_s, other.accentText.name()},
        {u"@scrollbar"_s, colors.dark ? u"#454d5a"_s : u"#c0c7d1"_s},
        {u"@variant"_s, colors.dark ? u"dark"_s : u"light"_s},
        {u"@smallRadius"_s, pixels(radius::small)},
        {u"@controlRadius"_s, pixels(radius::control)},
        {u"@cardRadius"_s, pixels(radius::card)},
        {u"@displaySize"_s, pixels(type.display)},
        {u"@titleSize"_s, pixels(type.title)},
        {u"@headingSize"_s, pixels(type.heading)},
        {u"@smallSize"_s, pixels(type.small)},
    };
    QString sheet =
        QString::fromLatin1(general) + QString::fromLatin1(buttons) + QString::fromLatin1(fields);
    for (const auto &[name, value] : values)
        sheet.replace(name, value);
    return sheet;
}

} // namespace quaygate
