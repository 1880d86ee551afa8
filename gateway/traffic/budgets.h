#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"
#include "gateway/traffic/spending.h"
#include "gateway/traffic/traffic_record.h"

#include <QHash>
#include <QString>

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <tuple>
#include <vector>

namespace quaygate {

/// Whom a budget is set for.
enum class BudgetOwner { ClientKey, Route, All };

/// One budget of somebody, and what is spent of it. Immutable but for the spending, which outlives
/// a change of the limit. Any thread; no lock.
class MeteredBudget {
public:
    using Time = Spending::Time;

    enum class Verdict {
        Ok,
        Warn,    ///< from the share `warnAt` on
        Refused, ///< all is spent
    };

    /// What became of the cost of one answer.
    enum class Counted {
        Whole,
        Unpriced, ///< the budget is one of money, and the cost is not known
        Unknown,  ///< the budget is one of tokens, and the usage is not known, or only in part
    };

    MeteredBudget(BudgetOwner owner, QString name, const Budget &budget,
                  std::shared_ptr<Spending> spending);

    /// Requests under way are finished even if they pass the limit: what an answer costs is known
    /// when it ends.
    Verdict mayGo(Time now) const;

    /// To be called once for each answer of an upstream that may have cost something: with a status
    /// below 400, or cut on its way. What cannot be reckoned is not counted as 0 behind anybody's
    /// back: it is counted as `Spent::unreckoned`, and the record gets the verdict of `verdictOf`.
    Counted spend(const TokenUsage &usage, std::optional<double> cost, Time now);

    /// Of a refusal: who spent what, and when it begins anew. `wait`: for Retry-After.
    Error refusal(Time now) const;
    std::chrono::seconds wait(Time now) const;

    /// "the client key \"laptop\" may spend 20.00 US dollars and 5000000 tokens a month"
    QString inWords() const;
    /// "client key laptop", "route azure", "all": the `detail` of a record's verdict.
    QString ownerInWords() const;

    BudgetOwner owner() const { return m_owner; }
    const QString &name() const { return m_name; }
    const Budget &budget() const { return m_budget; }
    Spent spent(Time now) const { return m_spending->spent(now); }

private:
    const BudgetOwner m_owner;
    const QString m_name;
    const Budget m_budget;
    const std::shared_ptr<Spending> m_spending;
};

using MeteredBudgetPtr = std::shared_ptr<MeteredBudget>;

/// What a record remembers of it: "budget" with "refused", "warned", "unpriced" or "uncounted";
/// nothing where there is nothing to say.
std::optional<RuleVerdict> verdictOf(const MeteredBudget &budget, MeteredBudget::Verdict verdict);
std::optional<RuleVerdict> verdictOf(const MeteredBudget &budget, MeteredBudget::Counted counted);

/// The budgets of a snapshot. Made by Budgets, then only read, by any thread.
class BudgetedConfig {
public:
    /// Null for an owner that has none. BudgetOwner::All has no name.
    MeteredBudgetPtr of(BudgetOwner owner, const QString &name = {}) const;
    std::vector<MeteredBudgetPtr> all() const;

private:
    friend class Budgets;
    QHash<std::pair<int, QString>, MeteredBudgetPtr> m_budgets;
};

/// Where all budgets stand: one for the whole gateway, since its workers share them. What was spent
/// goes on when a limit changes, as long as the owner and the kind of period stay. Any thread;
/// locks, so it is asked when a snapshot is made ready, not for a request. TrafficLog keeps it on
/// disk.
class Budgets {
public:
    /// Names one spending on disk.
    struct Key {
        BudgetOwner owner;
        QString name;
        Budget::Per per;

        bool operator<(const Key &other) const {
            return std::tie(owner, name, per) < std::tie(other.owner, other.name, other.per);
        }
    };

    explicit Budgets(Spending::Zone zone = [] { return QTimeZone::systemTimeZone(); });

    std::shared_ptr<const BudgetedConfig> of(const Snapshot &snapshot);

    /// What is spent by whom, of the snapshots that are in use.
    std::vector<std::pair<Key, std::shared_ptr<Spending>>> spendings() const;

    /// Called, on the thread that asks `of`, when there is a spending more.
    void onAdded(std::function<void()> call);

private:
    std::shared_ptr<Spending> spendingOf(const Key &key);
    void add(BudgetedConfig &config, BudgetOwner owner, const QString &name,
             const std::optional<Budget> &budget);

    const Spending::Zone m_zone;
    mutable std::mutex m_mutex;
    std::map<Key, std::weak_ptr<Spending>> m_known;
    Snapshot m_snapshot; ///< the last one asked for
    std::shared_ptr<const BudgetedConfig> m_config;
    std::function<void()> m_onAdded;
    bool m_added = false;
};

} // namespace quaygate
