#include "gateway/config/problem.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace quaygate {

QString describe(const Problem &problem) {
    QStringList place;
    if (problem.line > 0)
        place.append(u"line %1"_s.arg(problem.line));
    if (!problem.pointer.isEmpty())
        place.append(problem.pointer);
    return place.isEmpty() ? problem.message : place.join(u", "_s) + u": "_s + problem.message;
}

QString describe(const Problems &problems) {
    QStringList lines;
    for (const Problem &problem : problems)
        lines.append(describe(problem));
    return lines.join(u'\n');
}

} // namespace quaygate
