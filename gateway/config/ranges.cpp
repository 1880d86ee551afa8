#include "gateway/config/ranges.h"

using namespace Qt::StringLiterals;

namespace quaygate {

QString wholeNumberRule(Range range) {
    return u"a whole number from %1 to %2"_s.arg(range.from).arg(range.to);
}

} // namespace quaygate
