#pragma once

#include "gateway/config/problem.h"

namespace quaygate {

/// Collects problems below one place of the configuration. Inner part of the validation.
class Findings {
public:
    void add(const QString &pointer, const QString &message) {
        m_problems.append({0, pointer, message});
    }
    /// For a check whose message is empty if all is well.
    void addUnlessEmpty(const QString &pointer, const QString &message) {
        if (!message.isEmpty())
            add(pointer, message);
    }
    void addBelow(const QString &place, const Problems &problems) {
        for (const Problem &problem : problems)
            add(place + problem.pointer, problem.message);
    }
    Problems problems() const { return m_problems; }

private:
    Problems m_problems;
};

} // namespace quaygate
