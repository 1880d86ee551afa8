#include "gateway/config/ranges.h"

using namespace Qt::StringLiterals;

namespace quaygate {

QString wholeNumberRule(Range range) {
    return u"a whole number from %1 to %2"_s.arg(range.from).arg(range.to);
}

QString wholeNumberRule(LargeRange range) {
    return u"a whole number from %1 to %2"_s.arg(range.from).arg(range.to);
}

QString numberRule(NumberRange range) {
    return u"a number from %1 to %2"_s.arg(QString::number(range.from, 'f', 0),
                                           QString::number(range.to, 'f', 0));
}

} // namespace quaygate
