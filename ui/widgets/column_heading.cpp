#include "ui/widgets/column_heading.h"

#include "ui/theme/tokens.h"
#include "ui/widgets/labels.h"

#include <QBoxLayout>
#include <QLabel>

namespace quaygate {

QWidget *makeColumnHeading(const QList<ColumnName> &columns) {
    auto *heading = new QWidget;
    auto *row = new QHBoxLayout(heading);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    for (const ColumnName &column : columns) {
        auto *label = makeLabel(column.text, TextType::Small, heading);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        label->setIndent(space::m - 2); // over the text of the field
        row->addWidget(label, column.stretch);
    }
    row->addSpacing(size::icon + space::l); // the button
    return heading;
}

} // namespace quaygate
