#include "ui/widgets/labels.h"

#include "ui/widgets/text_label.h"

#include <QLabel>
#include <QStyle>
#include <QVariant>

namespace quaygate {

namespace {

const char *nameOf(TextType type) {
    switch (type) {
    case TextType::Display:
        return "display";
    case TextType::Title:
        return "title";
    case TextType::Heading:
        return "heading";
    case TextType::Strong:
        return "strong";
    case TextType::Body:
        return "body";
    case TextType::Muted:
        return "muted";
    case TextType::Small:
        return "small";
    case TextType::Caption:
        return "caption";
    case TextType::Label:
        return "label";
    case TextType::Error:
        return "error";
    case TextType::Warning:
        return "warning";
    }
    Q_UNREACHABLE();
}

} // namespace

QLabel *makeLabel(const QString &text, TextType type, QWidget *parent) {
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setProperty("type", QString::fromLatin1(nameOf(type)));
    return label;
}

QLabel *makeText(const QString &text, TextType type, QWidget *parent) {
    auto *label = new TextLabel(text, parent);
    label->setProperty("type", QString::fromLatin1(nameOf(type)));
    return label;
}

void restyle(QWidget *widget, const char *property, const QVariant &value) {
    if (widget->property(property) == value)
        return;
    widget->setProperty(property, value);
    widget->style()->unpolish(widget);
    widget->style()->polish(widget);
}

} // namespace quaygate
