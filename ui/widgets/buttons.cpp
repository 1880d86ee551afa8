#include "ui/widgets/buttons.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"

#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString nameOf(ButtonKind kind) {
    switch (kind) {
    case ButtonKind::Primary:
        return u"primary"_s;
    case ButtonKind::Secondary:
        return u"secondary"_s;
    case ButtonKind::Ghost:
        return u"ghost"_s;
    case ButtonKind::Danger:
        return u"danger"_s;
    case ButtonKind::Link:
        return u"link"_s;
    }
    Q_UNREACHABLE();
}

IconTone toneOf(ButtonKind kind) {
    switch (kind) {
    case ButtonKind::Primary:
        return IconTone::OnAccent;
    case ButtonKind::Danger:
        return IconTone::OnDanger;
    case ButtonKind::Link:
        return IconTone::Accent;
    case ButtonKind::Secondary:
    case ButtonKind::Ghost:
        return IconTone::Text;
    }
    Q_UNREACHABLE();
}

} // namespace

QPushButton *makeButton(const QString &text, ButtonKind kind, QWidget *parent,
                        const QString &icon) {
    auto *button = new QPushButton(text, parent);
    button->setProperty("kind", nameOf(kind));
    button->setAutoDefault(false);
    button->setCursor(kind == ButtonKind::Link ? Qt::PointingHandCursor : Qt::ArrowCursor);
    // Tab reaches it, a click does not leave a ring behind.
    button->setFocusPolicy(Qt::TabFocus);
    if (!icon.isEmpty()) {
        button->setIcon(themedIcon(icon, toneOf(kind)));
        // Wider than the drawing, which is centred: the style leaves too little room before the
        // words.
        button->setIconSize({size::icon + 4, size::icon - 2});
    }
    return button;
}

QPushButton *makeIconButton(const QString &icon, const QString &name, QWidget *parent) {
    auto *button = new QPushButton(parent);
    button->setProperty("kind", u"icon"_s);
    button->setAutoDefault(false);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIcon(themedIcon(icon, IconTone::Muted));
    button->setIconSize({size::icon, size::icon});
    button->setToolTip(name);
    button->setAccessibleName(name);
    return button;
}

} // namespace quaygate
