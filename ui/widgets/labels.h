#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace quaygate {

/// The steps of the type scale and the tones of text, as the style sheet knows them.
enum class TextType {
    Display,
    Title,
    Heading,
    Strong,
    Body,
    Muted,
    Small,
    Caption,
    Label,
    Error,
    Warning
};

/// A plain-text label: what a user or a server wrote is never read as markup.
QLabel *makeLabel(const QString &text, TextType type, QWidget *parent = nullptr);

/// The same, which breaks lines where its width ends.
QLabel *makeText(const QString &text, TextType type, QWidget *parent = nullptr);

/// Changes a property that the style sheet looks at.
void restyle(QWidget *widget, const char *property, const QVariant &value);

} // namespace quaygate
