#include "ui/widgets/toast.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/labels.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

Toast::Toast(QWidget *parent)
    : QFrame(parent)
    , m_text(makeLabel({}, TextType::Body, this))
    , m_action(makeButton({}, ButtonKind::Secondary, this))
    , m_timer(new QTimer(this)) {
    setProperty("surface", u"toast"_s);
    setObjectName(u"toast"_s);
    m_action->setObjectName(u"toastAction"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(space::l, space::s, space::s, space::s);
    row->setSpacing(space::l);
    row->addWidget(m_text);
    row->addWidget(m_action);
    setMinimumHeight(44);
    m_timer->setSingleShot(true);
    connect(m_timer, &QTimer::timeout, this, &Toast::hideUnlessInUse);
    connect(m_action, &QPushButton::clicked, this, [this] {
        hide();
        if (const auto run = std::exchange(m_run, nullptr))
            run();
    });
    parent->installEventFilter(this);
    hide();
}

void Toast::showMessage(const QString &text) {
    m_run = nullptr;
    m_text->setText(text);
    m_action->hide();
    m_timer->setInterval(4s);
    present();
}

void Toast::showMessage(const QString &text, const QString &actionText,
                        std::function<void()> action) {
    m_run = std::move(action);
    m_text->setText(text);
    m_action->setText(actionText);
    m_action->show();
    m_timer->setInterval(10s);
    present();
}

QString Toast::text() const {
    return m_text->text();
}

void Toast::present() {
    setAccessibleName(m_text->text());
    show();
    place();
    raise();
    m_timer->start();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Toast::place() {
    const QWidget *around = parentWidget();
    const QString whole = m_text->text();
    adjustSize();
    resize(std::min(width(), around->width() - 2 * space::xl), height());
    m_text->setToolTip(whole);
    move((around->width() - width()) / 2, around->height() - height() - space::xl);
}

void Toast::hideUnlessInUse() {
    if (underMouse() || m_action->hasFocus())
        m_timer->start();
    else
        hide();
}

bool Toast::eventFilter(QObject *watched, QEvent *event) {
    if (watched == parent() && event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

void Toast::enterEvent(QEnterEvent *event) {
    QFrame::enterEvent(event);
    m_timer->stop();
}

void Toast::leaveEvent(QEvent *event) {
    QFrame::leaveEvent(event);
    m_timer->start();
}

} // namespace quaygate
