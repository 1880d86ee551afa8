#include "ui/widgets/fold.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

Fold::Fold(const QString &title, QWidget *contents, QWidget *parent)
    : QWidget(parent)
    , m_line(new QPushButton(this))
    , m_mark(new IconView({}, size::icon - 2, m_line))
    , m_summary(new ElidedLabel(Qt::ElideRight, m_line))
    , m_contents(contents) {
    m_line->setProperty("kind", u"fold"_s);
    m_line->setCheckable(true);
    m_line->setAutoDefault(false);
    m_line->setFocusPolicy(Qt::TabFocus);
    m_line->setAccessibleName(title);
    m_line->setMinimumHeight(size::control);
    m_summary->setProperty("type", u"small"_s);

    auto *line = new QHBoxLayout(m_line);
    line->setContentsMargins(0, 0, space::s, 0);
    line->setSpacing(space::xs);
    line->addWidget(m_mark);
    line->addWidget(makeLabel(title, TextType::Strong, m_line));
    line->addSpacing(space::xs);
    line->addWidget(m_summary, 1);
    // A click on a label is one on the line.
    for (QWidget *part : m_line->findChildren<QWidget *>())
        part->setAttribute(Qt::WA_TransparentForMouseEvents);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(m_line);
    column->addWidget(m_contents);
    connect(m_line, &QPushButton::toggled, this, [this](bool open) {
        showOpen(open);
        emit toggled(open);
    });
    showOpen(false);
}

void Fold::setSummary(const QString &summary) {
    m_summary->setText(summary);
    m_line->setAccessibleDescription(summary);
}

QString Fold::summary() const {
    return m_summary->fullText();
}

void Fold::nameLine(const QString &name) {
    m_line->setObjectName(name);
}

bool Fold::isOpen() const {
    return m_line->isChecked();
}

void Fold::setOpen(bool open) {
    m_line->setChecked(open);
}

/// What was put into the contents while they were hidden was not measured by the layouts around it:
/// those keep the sizes from before until each is told.
void Fold::measureAnew() {
    for (QWidget *part : m_contents->findChildren<QWidget *>()) {
        if (part->layout())
            part->layout()->invalidate();
        part->updateGeometry();
    }
    m_contents->layout()->invalidate();
    m_contents->updateGeometry();
}

void Fold::showOpen(bool open) {
    m_mark->setIcon(themedIcon(open ? u"chevron-down"_s : u"chevron-right"_s, IconTone::Muted));
    if (open)
        measureAnew();
    m_contents->setVisible(open);
    m_summary->setVisible(!open);
}

} // namespace quaygate
