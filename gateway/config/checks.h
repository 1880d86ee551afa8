#pragma once

#include "gateway/config/findings.h"
#include "gateway/config/ranges.h"

#include <QHash>

/// Checks that several parts of the validation need. Inner part of the validation.
namespace quaygate {

inline QString rangeRule(Range range) {
    return wholeNumberRule(range);
}
inline QString rangeRule(LargeRange range) {
    return wholeNumberRule(range);
}
inline QString rangeRule(NumberRange range) {
    return numberRule(range);
}

/// The number is named by the last step of the pointer.
template<typename Number, typename AnyRange>
void checkNumber(const QString &pointer, Number number, AnyRange range, Findings &findings) {
    if (!range.holds(number))
        findings.add(
            pointer,
            QStringLiteral("\"%1\" must be %2.").arg(pointer.section(u'/', -1), rangeRule(range)));
}

/// Finds what stands twice in a list. `keyOf` may give an empty key for what is wrong for another
/// reason; `placeOf` says where the second one is, by its index.
template<typename T, typename KeyOf, typename PlaceOf, typename MessageOf>
void checkUnique(const QList<T> &list, KeyOf keyOf, PlaceOf placeOf, MessageOf messageOf,
                 Findings &findings) {
    QHash<QString, qsizetype> first;
    for (qsizetype i = 0; i < list.size(); ++i) {
        const QString key = keyOf(list[i]);
        if (key.isEmpty())
            continue;
        const auto found = first.constFind(key);
        if (found == first.constEnd())
            first.insert(key, i);
        else
            findings.add(placeOf(i), messageOf(list[*found]));
    }
}

/// The same for names: “There is another backend named …”; `kind` is "backend", `place` the list's
/// pointer.
template<typename T>
void checkNamesAreUnique(const QList<T> &list, const QString &place, const QString &kind,
                         Findings &findings) {
    checkUnique(
        list, [](const T &one) { return one.name; },
        [&](qsizetype i) { return place + u'/' + QString::number(i) + QStringLiteral("/name"); },
        [&](const T &other) {
            return QStringLiteral(
                       "There is another %1 named “%2”; give this one a name of its own.")
                .arg(kind, other.name);
        },
        findings);
}

} // namespace quaygate
