#include "ui/widgets/empty_state.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace quaygate {

EmptyState::EmptyState(const QString &icon, const QString &title, const QString &text,
                       QWidget *parent)
    : QWidget(parent), m_actions(new QHBoxLayout) {
    auto *titleLabel = makeText(title, TextType::Heading, this);
    titleLabel->setAlignment(Qt::AlignHCenter);
    auto *textLabel = makeText(text, TextType::Muted, this);
    textLabel->setAlignment(Qt::AlignHCenter);
    textLabel->setMaximumWidth(420);
    textLabel->setMinimumWidth(220);
    m_actions->setSpacing(space::s);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::l, space::l, space::l, space::l);
    column->setSpacing(space::s);
    column->addStretch(2);
    column->addWidget(new IconView(themedIcon(icon, IconTone::Muted), 40, this), 0,
                      Qt::AlignHCenter);
    column->addSpacing(space::xs);
    column->addWidget(titleLabel);
    auto *textRow = new QHBoxLayout;
    textRow->addStretch(1);
    textRow->addWidget(textLabel, 100);
    textRow->addStretch(1);
    column->addLayout(textRow);
    column->addSpacing(space::s);
    column->addLayout(m_actions);
    column->addStretch(3);
    m_actions->addStretch();
    m_actions->addStretch();
}

QPushButton *EmptyState::addAction(const QString &text) {
    const bool first = m_actions->count() == 2;
    auto *button = makeButton(text, first ? ButtonKind::Primary : ButtonKind::Secondary, this);
    m_actions->insertWidget(m_actions->count() - 1, button);
    return button;
}

} // namespace quaygate
