#include "gateway/config/names.h"

namespace quaygate {

QString uniqueName(const QString &base, const QStringList &taken) {
    QString name = base.left(maxNameLength);
    for (int number = 2; taken.contains(name); ++number) {
        const QString suffix = u'-' + QString::number(number);
        name = base.left(maxNameLength - suffix.size()) + suffix;
    }
    return name;
}

} // namespace quaygate
