#include "ui/theme/style_sheet.h"
#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QApplication>
#include <QPalette>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// WCAG 2.2, "relative luminance".
double luminance(const QColor &color) {
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) +
           0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other) {
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

struct Pair {
    const char *name;
    QColor Colors::*front;
    QColor Colors::*back;
};

constexpr double forText = 4.5;
constexpr double forControls = 3.0;

const Pair textPairs[] = {
    {"text on window", &Colors::text, &Colors::window},
    {"text on sidebar", &Colors::text, &Colors::sidebar},
    {"text on surface", &Colors::text, &Colors::surface},
    {"text on code", &Colors::text, &Colors::surfaceSunken},
    {"text on hover", &Colors::text, &Colors::hover},
    {"text on selection", &Colors::text, &Colors::accentSoft},
    {"muted on window", &Colors::textMuted, &Colors::window},
    {"muted on sidebar", &Colors::textMuted, &Colors::sidebar},
    {"muted on surface", &Colors::textMuted, &Colors::surface},
    {"muted on code", &Colors::textMuted, &Colors::surfaceSunken},
    {"muted on hover", &Colors::textMuted, &Colors::hover},
    {"muted on information", &Colors::textMuted, &Colors::accentSoft},
    {"muted on success", &Colors::textMuted, &Colors::successSoft},
    {"muted on warning", &Colors::textMuted, &Colors::warningSoft},
    {"muted on danger", &Colors::textMuted, &Colors::dangerSoft},
    {"text on success", &Colors::text, &Colors::successSoft},
    {"text on warning", &Colors::text, &Colors::warningSoft},
    {"text on danger", &Colors::text, &Colors::dangerSoft},
    {"primary button", &Colors::onAccent, &Colors::accent},
    {"primary button, hovered", &Colors::onAccent, &Colors::accentHover},
    {"primary button, pressed", &Colors::onAccent, &Colors::accentPressed},
    {"danger button", &Colors::onDanger, &Colors::danger},
    {"accent text on window", &Colors::accentText, &Colors::window},
    {"accent text on surface", &Colors::accentText, &Colors::surface},
    {"accent text on selection", &Colors::accentText, &Colors::accentSoft},
    {"error text on surface", &Colors::danger, &Colors::surface},
    {"error text on window", &Colors::danger, &Colors::window},
    {"warning text on surface", &Colors::warning, &Colors::surface},
    {"warning text on window", &Colors::warning, &Colors::window},
    {"toast", &Colors::window, &Colors::text},
};

const Pair controlPairs[] = {
    {"field on surface", &Colors::borderControl, &Colors::surface},
    {"field on window", &Colors::borderControl, &Colors::window},
    {"focus on surface", &Colors::accent, &Colors::surface},
    {"focus on window", &Colors::accent, &Colors::window},
    {"focus on sidebar", &Colors::accent, &Colors::sidebar},
    {"focus on selection", &Colors::accent, &Colors::accentSoft},
    {"invalid field", &Colors::danger, &Colors::surface},
    {"mark of success", &Colors::success, &Colors::surface},
    {"mark of success on selection", &Colors::success, &Colors::accentSoft},
    {"mark of warning", &Colors::warning, &Colors::surface},
    {"mark of danger on selection", &Colors::danger, &Colors::accentSoft},
};

void expectContrast(const Colors &colors, std::span<const Pair> pairs, double least) {
    for (const Pair &pair : pairs)
        EXPECT_GE(contrast(colors.*pair.front, colors.*pair.back), least)
            << pair.name << (colors.dark ? ", dark" : ", light");
}

} // namespace

TEST(Theme, TextIsReadable) {
    expectContrast(lightColors(), textPairs, forText);
    expectContrast(darkColors(), textPairs, forText);
}

TEST(Theme, ControlsStandOut) {
    expectContrast(lightColors(), controlPairs, forControls);
    expectContrast(darkColors(), controlPairs, forControls);
}

TEST(Theme, AWidgetFindsItsColorsInItsPalette) {
    EXPECT_FALSE(colorsFor(Theme::palette(lightColors())).dark);
    EXPECT_TRUE(colorsFor(Theme::palette(darkColors())).dark);
}

TEST(Theme, EveryPlaceholderOfTheStyleSheetIsFilled) {
    EXPECT_FALSE(styleSheet(lightColors(), {}).contains(u'@'));
    EXPECT_FALSE(styleSheet(darkColors(), {}).contains(u'@'));
}

TEST(Theme, CanBeForcedAndChangedWhileRunning) {
    Theme::apply(*qApp, Theme::Mode::Dark);
    EXPECT_TRUE(colorsFor(QApplication::palette()).dark);
    Theme::apply(*qApp, Theme::Mode::Light);
    EXPECT_FALSE(colorsFor(QApplication::palette()).dark);
}

TEST(Theme, TypeFollowsALargerSystemFontInProportion) {
    EXPECT_EQ(TypeScale::from(12).body, 14);
    const TypeScale large = TypeScale::from(21);
    EXPECT_EQ(large.body, 21);
    EXPECT_EQ(large.title, 36);
    EXPECT_EQ(large.small, 18);
}

} // namespace quaygate
