#pragma once

#include <QString>

class QPushButton;
class QWidget;

namespace quaygate {

enum class ButtonKind { Primary, Secondary, Ghost, Danger, Link };

/// A button with words, and before them an icon if `icon` names one.
QPushButton *makeButton(const QString &text, ButtonKind kind, QWidget *parent = nullptr,
                        const QString &icon = {});

/// A button with an icon alone; `name` is its tooltip and what a screen reader says.
QPushButton *makeIconButton(const QString &icon, const QString &name, QWidget *parent = nullptr);

} // namespace quaygate
