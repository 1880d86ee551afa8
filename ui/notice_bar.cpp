#include "ui/notice_bar.h"

#include "ui/theme/tokens.h"

#include <QBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

NoticeBar::NoticeBar(QWidget *parent)
    : QWidget(parent), m_bar(new MessageBar(this, MessageBar::Actions::Beside)) {
    setObjectName(u"noticeBar"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(space::xl, space::l, space::xl, 0);
    column->addWidget(m_bar);
    hide();
}

void NoticeBar::tell(MessageKind kind, const QString &text, QList<MessageAction> actions) {
    actions.append({tr("Dismiss"), [this] { dismiss(); }});
    m_bar->setMessage(kind, text, {}, actions);
    show();
}

void NoticeBar::dismiss() {
    hide();
    m_bar->clear();
}

} // namespace quaygate
