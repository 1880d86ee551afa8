#include "gateway/rules/guard_step.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

void GuardTally::count(size_t step) {
    ++m_found[step];
    if (m_steps[step].rejection && !m_rejectedBy)
        m_rejectedBy = step;
}

std::optional<GuardRejection> GuardTally::rejection() const {
    return m_rejectedBy ? m_steps[*m_rejectedBy].rejection : std::nullopt;
}

bool GuardTally::foundNothing() const {
    return std::all_of(m_found.begin(), m_found.end(), [](qint64 found) { return found == 0; });
}

QList<RuleVerdict> GuardTally::verdicts(const QString &where) const {
    QList<RuleVerdict> verdicts;
    for (size_t i = 0; i < m_steps.size(); ++i) {
        if (m_found[i] == 0)
            continue;
        const bool rejected = m_steps[i].rejection.has_value();
        const QString times = m_found[i] > 1 ? u" × %1"_s.arg(m_found[i]) : QString();
        verdicts.append({u"guard"_s, rejected ? u"rejected"_s : u"masked"_s,
                         where + u": "_s + m_steps[i].name + times});
    }
    return verdicts;
}

} // namespace quaygate
