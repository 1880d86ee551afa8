#include "ui/widgets/card.h"

#include "ui/theme/tokens.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

Card::Card(QWidget *parent) : QFrame(parent), m_contents(new QVBoxLayout(this)) {
    setProperty("surface", u"card"_s);
    m_contents->setContentsMargins(space::l, space::l, space::l, space::l);
    m_contents->setSpacing(space::m);
}

} // namespace quaygate
