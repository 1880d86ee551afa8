#include "ui/theme/tokens.h"

#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace quaygate {

namespace {

constexpr QRgb rgb(unsigned value) {
    return 0xff000000u | value;
}

Colors makeLight() {
    Colors c;
    c.window = rgb(0xf6f7f9);
    c.sidebar = rgb(0xedeff3);
    c.surface = rgb(0xffffff);
    c.surfaceSunken = rgb(0xf3f5f8);
    c.hover = rgb(0xe4e8ee);
    c.border = rgb(0xdde2e9);
    c.borderControl = rgb(0x858e9c);
    c.text = rgb(0x182030);
    c.textMuted = rgb(0x566070);
    c.textDisabled = rgb(0x8a93a1);
    c.accent = rgb(0x0b6b82);
    c.accentHover = rgb(0x095c70);
    c.accentPressed = rgb(0x074b5c);
    c.onAccent = rgb(0xffffff);
    c.accentText = rgb(0x0a6075);
    c.accentSoft = rgb(0xd8ebf0);
    c.success = rgb(0x17703d);
    c.successSoft = rgb(0xe2f4e9);
    c.warning = rgb(0x7d5200);
    c.warningSoft = rgb(0xfcf1d6);
    c.danger = rgb(0xb42a23);
    c.dangerSoft = rgb(0xfce8e6);
    c.onDanger = rgb(0xffffff);
    c.dark = false;
    return c;
}

Colors makeDark() {
    Colors c;
    c.window = rgb(0x15181d);
    c.sidebar = rgb(0x101317);
    c.surface = rgb(0x1c2027);
    c.surfaceSunken = rgb(0x15181d);
    c.hover = rgb(0x262b34);
    c.border = rgb(0x2d333d);
    c.borderControl = rgb(0x6d7786);
    c.text = rgb(0xe6e9ee);
    c.textMuted = rgb(0xa3acba);
    c.textDisabled = rgb(0x6d7684);
    c.accent = rgb(0x4db6d0);
    c.accentHover = rgb(0x6ac5dc);
    c.accentPressed = rgb(0x3aa0ba);
    c.onAccent = rgb(0x05222b);
    c.accentText = rgb(0x6ac5dc);
    c.accentSoft = rgb(0x17343e);
    c.success = rgb(0x62cf90);
    c.successSoft = rgb(0x16301f);
    c.warning = rgb(0xe9ba5a);
    c.warningSoft = rgb(0x35290f);
    c.danger = rgb(0xff8f86);
    c.dangerSoft = rgb(0x3a1c1a);
    c.onDanger = rgb(0x2b0705);
    c.dark = true;
    return c;
}

} // namespace

const Colors &lightColors() {
    static const Colors colors = makeLight();
    return colors;
}

const Colors &darkColors() {
    static const Colors colors = makeDark();
    return colors;
}

const Colors &colorsFor(const QPalette &palette) {
    QColor window = palette.color(QPalette::Active, QPalette::Window);
    // A style sheet's `background: transparent` ends up here as a black that nobody sees.
    if (window.alpha() < 255)
        window = QGuiApplication::palette().color(QPalette::Active, QPalette::Window);
    return window.lightness() < 128 ? darkColors() : lightColors();
}

TypeScale TypeScale::from(int systemPixelSize) {
    TypeScale scale;
    const int body = std::clamp(systemPixelSize, scale.body, 24);
    const auto scaled = [&](int size) { return (size * body + scale.body / 2) / scale.body; };
    return {scaled(scale.small), body, scaled(scale.heading), scaled(scale.title),
            scaled(scale.display)};
}

} // namespace quaygate
