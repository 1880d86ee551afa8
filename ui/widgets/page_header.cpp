#include "ui/widgets/page_header.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace quaygate {

PageHeader::PageHeader(const QString &title, const QString &text, QWidget *parent)
    : QWidget(parent), m_text(makeText(text, TextType::Muted, this)), m_row(new QHBoxLayout(this)) {
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(makeLabel(title, TextType::Title, this));
    texts->addWidget(m_text);
    m_row->setContentsMargins(0, 0, 0, 0);
    m_row->setSpacing(space::s);
    m_row->addLayout(texts, 1);
}

void PageHeader::setText(const QString &text) {
    m_text->setText(text);
}

void PageHeader::addAction(QPushButton *button) {
    m_row->addWidget(button, 0, Qt::AlignVCenter);
}

} // namespace quaygate
