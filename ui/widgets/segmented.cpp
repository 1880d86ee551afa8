#include "ui/widgets/segmented.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

Segmented::Segmented(const QString &name, const QStringList &texts, QWidget *parent)
    : QFrame(parent), m_group(new QButtonGroup(this)) {
    setProperty("surface", u"segments"_s);
    setAccessibleName(name);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(2, 2, 2, 2);
    row->setSpacing(2);
    for (int i = 0; i < texts.size(); ++i) {
        auto *button = new QPushButton(texts.at(i), this);
        button->setProperty("kind", u"segment"_s);
        button->setCheckable(true);
        button->setAutoDefault(false);
        button->setAccessibleName(name + u": "_s + texts.at(i));
        m_group->addButton(button, i);
        row->addWidget(button, 1);
    }
    m_group->button(0)->setChecked(true);
    setFocusProxy(m_group->button(0));
    connect(m_group, &QButtonGroup::idToggled, this, [this](int index, bool on) {
        if (on)
            setFocusProxy(m_group->button(index));
    });
    connect(m_group, &QButtonGroup::idClicked, this, &Segmented::chosen);
}

int Segmented::current() const {
    return m_group->checkedId();
}

void Segmented::setCurrent(int index) {
    m_group->button(index)->setChecked(true);
}

} // namespace quaygate
