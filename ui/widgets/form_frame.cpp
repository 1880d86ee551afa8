#include "ui/widgets/form_frame.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"

#include <QBoxLayout>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace quaygate {

FormFrame::FormFrame(QWidget *parent)
    : QFrame(parent)
    , m_heading(new ElidedLabel(Qt::ElideRight, this))
    , m_scroll(new QScrollArea(this))
    , m_fields(new QVBoxLayout)
    , m_notices(new QVBoxLayout)
    , m_foot(new QHBoxLayout)
    , m_duplicate(makeIconButton(u"duplicate"_s, tr("Duplicate"), this))
    , m_remove(makeIconButton(u"trash"_s, tr("Remove"), this))
    , m_discard(makeButton(tr("Discard"), ButtonKind::Ghost, this))
    , m_save(makeButton(tr("Save"), ButtonKind::Primary, this)) {
    setProperty("surface", u"card"_s);
    m_heading->setProperty("type", u"heading"_s);
    m_discard->setObjectName(u"discard"_s);
    m_save->setObjectName(u"save"_s);
    m_remove->setObjectName(u"remove"_s);
    m_duplicate->setObjectName(u"duplicate"_s);

    auto *head = new QHBoxLayout;
    head->setContentsMargins(20, space::m, space::m, space::xs);
    head->setSpacing(space::xs);
    // As high without the buttons as with them.
    head->addStrut(size::control);
    head->addWidget(m_heading, 1);
    head->addWidget(m_duplicate);
    head->addWidget(m_remove);

    auto *scrolled = new QWidget(m_scroll);
    scrolled->setProperty("surface", u"scrolled"_s);
    auto *center = new QVBoxLayout(scrolled);
    center->setContentsMargins(20, space::s, 20, space::l);
    m_fields->setSpacing(space::l);
    center->addLayout(m_fields);
    center->addStretch();
    m_scroll->setWidget(scrolled);
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);

    m_notices->setContentsMargins(20, space::s, 20, 0);
    m_notices->setSpacing(space::s);
    auto *line = new QFrame(this);
    line->setProperty("surface", u"separator"_s);
    m_foot->setContentsMargins(20, space::m, 20, space::m);
    m_foot->setSpacing(space::s);
    m_foot->addStretch();
    m_foot->addWidget(m_discard);
    m_foot->addWidget(m_save);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_scroll, 1);
    column->addLayout(m_notices);
    column->addSpacing(space::m);
    column->addWidget(line);
    column->addLayout(m_foot);
}

void FormFrame::setHeading(const QString &heading) {
    m_heading->setText(heading);
}

void FormFrame::scrollTo(QWidget *field) {
    QTimer::singleShot(0, field,
                       [this, field] { m_scroll->ensureWidgetVisible(field, 0, space::xl); });
}

void FormFrame::bringUp(QWidget *part) {
    QTimer::singleShot(0, part, [this, part] {
        const int top = part->mapTo(m_scroll->widget(), QPoint()).y();
        m_scroll->verticalScrollBar()->setValue(top - space::s);
    });
}

void FormFrame::scrollToTop() {
    m_scroll->verticalScrollBar()->setValue(0);
}

} // namespace quaygate
