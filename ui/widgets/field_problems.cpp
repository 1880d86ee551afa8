#include "ui/widgets/field_problems.h"

#include "ui/widgets/form_field.h"

#include <QHash>

namespace quaygate {

void FieldProblems::reset() {
    m_touched.clear();
    m_all = false;
}

void FieldProblems::show(const Problems &problems, const QList<FormField *> &fields) const {
    QHash<FormField *, Problems> shown;
    for (const Problem &problem : problems) {
        FormField *field = fieldOf(problem);
        if (m_all || m_touched.contains(field))
            shown[field].append(problem);
    }
    for (FormField *field : fields)
        field->setProblems(shown.value(field));
}

} // namespace quaygate
