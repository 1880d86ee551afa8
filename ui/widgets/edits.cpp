#include "ui/widgets/edits.h"

#include "ui/widgets/lines_field.h"
#include "ui/widgets/pairs_field.h"
#include "ui/widgets/segmented.h"

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace quaygate {

void onEdit(QWidget *control, QObject *context, std::function<void()> run) {
    if (auto *line = qobject_cast<QLineEdit *>(control))
        QObject::connect(line, &QLineEdit::textChanged, context, run);
    else if (auto *choice = qobject_cast<QComboBox *>(control); choice && choice->isEditable())
        QObject::connect(choice, &QComboBox::editTextChanged, context, run);
    else if (choice)
        QObject::connect(choice, &QComboBox::currentIndexChanged, context, run);
    else if (auto *box = qobject_cast<QCheckBox *>(control))
        QObject::connect(box, &QCheckBox::toggled, context, run);
    else if (auto *segments = qobject_cast<Segmented *>(control))
        QObject::connect(segments, &Segmented::chosen, context, run);
    else if (auto *text = qobject_cast<QPlainTextEdit *>(control))
        QObject::connect(text, &QPlainTextEdit::textChanged, context, run);
    else if (auto *lines = qobject_cast<LinesField *>(control))
        QObject::connect(lines, &LinesField::edited, context, run);
    else if (auto *pairs = qobject_cast<PairsField *>(control))
        QObject::connect(pairs, &PairsField::edited, context, run);
    else
        Q_UNREACHABLE();
}

} // namespace quaygate
