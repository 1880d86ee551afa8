#include "ui/widgets/message_bar.h"

#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Look {
    QString surface;
    QString icon;
    IconTone tone;
};

Look lookOf(MessageKind kind) {
    switch (kind) {
    case MessageKind::Info:
        return {u"bar-info"_s, u"info"_s, IconTone::Accent};
    case MessageKind::Success:
        return {u"bar-success"_s, u"success"_s, IconTone::Success};
    case MessageKind::Warning:
        return {u"bar-warning"_s, u"warning"_s, IconTone::Warning};
    case MessageKind::Error:
        return {u"bar-error"_s, u"error"_s, IconTone::Danger};
    }
    Q_UNREACHABLE();
}

} // namespace

MessageBar::MessageBar(QWidget *parent, Actions actions)
    : QFrame(parent)
    , m_icon(new IconView({}, size::icon + 2, this))
    , m_text(makeText({}, TextType::Body, this))
    , m_detail(makeText({}, TextType::Small, this))
    , m_actionRow(new QWidget(this))
    , m_actions(new QHBoxLayout(m_actionRow))
    , m_place(actions) {
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detail->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_actions->setSpacing(space::s);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_text);
    texts->addWidget(m_detail);
    if (actions == Actions::Beneath)
        texts->addWidget(m_actionRow);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::m, 10, space::m, 10);
    row->setSpacing(10);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    if (actions == Actions::Beside)
        row->addWidget(m_actionRow);
    hide();
}

void MessageBar::setMessage(MessageKind kind, const QString &text, const QString &detail,
                            const QList<MessageAction> &actions) {
    const Look look = lookOf(kind);
    m_kind = kind;
    m_set = true;
    restyle(this, "surface", look.surface);
    m_icon->setIcon(themedIcon(look.icon, look.tone));
    m_text->setText(text);
    m_detail->setText(detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(text);

    while (QLayoutItem *item = m_actions->takeAt(0))
        delete item;
    for (QPushButton *button : std::exchange(m_buttons, {}))
        button->deleteLater();
    for (const MessageAction &action : actions) {
        auto *button = makeButton(action.text, ButtonKind::Secondary, this);
        connect(button, &QPushButton::clicked, this, action.run);
        m_actions->addWidget(button);
        m_buttons.append(button);
    }
    const bool beneath = m_place == Actions::Beneath && !actions.isEmpty();
    if (beneath)
        m_actions->addStretch();
    m_actions->setContentsMargins(0, beneath ? space::s : 0, 0, 0);
    m_actionRow->setVisible(!actions.isEmpty());
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::clear() {
    m_set = false;
    hide();
}

QString MessageBar::text() const {
    return m_set ? m_text->text() : QString();
}

QString MessageBar::detail() const {
    return m_set ? m_detail->text() : QString();
}

} // namespace quaygate
