#pragma once

#include "gateway/rules/text_matcher.h"
#include "gateway/traffic/traffic_record.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace quaygate {

/// What becomes of a request or an answer that a guard refuses.
struct GuardRejection {
    int status = 403;
    QString message; ///< for the client; never what was found

    bool operator==(const GuardRejection &) const = default;
};

/// One pattern or built-in of a guard's rule, ready for use. Immutable; any thread.
struct GuardStep {
    std::shared_ptr<const TextMatcher> matcher;
    QString name;                            ///< "creditCard", "pattern 2"; for the record
    QByteArray placeholder;                  ///< what a match is replaced with
    std::optional<GuardRejection> rejection; ///< nothing: matches are replaced
};

/// In the order in which they are applied: each sees what the one before has left.
using GuardSteps = std::vector<GuardStep>;

/// What the steps found in one request or answer. Belongs to one exchange.
class GuardTally {
public:
    explicit GuardTally(const GuardSteps &steps) : m_steps(steps), m_found(steps.size(), 0) {}

    void count(size_t step);

    /// The step that refused, once one has.
    std::optional<GuardRejection> rejection() const;
    bool rejected() const { return m_rejectedBy.has_value(); }
    bool foundNothing() const;

    /// One for each step that found something; `where` is "request" or "answer".
    QList<RuleVerdict> verdicts(const QString &where) const;

private:
    const GuardSteps &m_steps;
    std::vector<qint64> m_found;
    std::optional<size_t> m_rejectedBy;
};

} // namespace quaygate
