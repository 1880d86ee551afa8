#pragma once

#include <QIcon>
#include <QPixmap>
#include <QString>

namespace quaygate {

/// What colour an icon takes; looked up when it is painted, so icons follow the theme.
enum class IconTone { Text, Muted, Accent, OnAccent, OnDanger, Success, Warning, Danger };

/// One of resources/icons, by file name without ending. Disabled icons are dim, checked ones of
/// tone Muted become Accent.
QIcon themedIcon(const QString &name, IconTone tone = IconTone::Text);

} // namespace quaygate
