#include "gateway/traffic/budget_book.h"

#include "gateway/traffic/store_database.h"

using namespace Qt::StringLiterals;

namespace quaygate::traffic {

namespace {

QString word(BudgetOwner owner) {
    switch (owner) {
    case BudgetOwner::ClientKey:
        return u"clientKey"_s;
    case BudgetOwner::Route:
        return u"route"_s;
    case BudgetOwner::All:
        break;
    }
    return u"all"_s;
}

StoreDatabase::Values keyValues(const Budgets::Key &key) {
    // An empty name is not a null one, which would stand in any number of rows.
    return {word(key.owner), key.name.isNull() ? u""_s : key.name,
            key.per == Budget::Per::Day ? u"day"_s : u"month"_s};
}

Spent difference(const Spent &of, const Spent &minus) {
    return {of.period, of.tokens - minus.tokens, of.nanodollars - minus.nanodollars,
            of.unreckoned - minus.unreckoned};
}

bool isZero(const Spent &spent) {
    return spent.tokens == 0 && spent.nanodollars == 0 && spent.unreckoned == 0;
}

/// Adds to what stands on disk of that period; gives what stands there then.
Result<Spent> addOnDisk(StoreDatabase &database, const Budgets::Key &key, const Spent &more,
                        Spending::Time now) {
    const qint64 milliseconds =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
    StoreDatabase::Values values = keyValues(key);
    for (const qint64 value :
         {more.period, more.tokens, more.nanodollars, more.unreckoned, milliseconds})
        values.emplace_back(value);
    const auto added = database.run(
        u"INSERT INTO budgets (owner, name, per, period, tokens, nanodollars, unreckoned, updated)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (owner, name, per) DO UPDATE SET"
        " tokens = excluded.tokens + iif(period = excluded.period, tokens, 0),"
        " nanodollars = excluded.nanodollars + iif(period = excluded.period, nanodollars, 0),"
        " unreckoned = excluded.unreckoned + iif(period = excluded.period, unreckoned, 0),"
        " updated = excluded.updated, period = excluded.period"
        " WHERE period <= excluded.period"_s,
        values);
    if (!added)
        return added.error();
    auto row = database.prepare(u"SELECT period, tokens, nanodollars, unreckoned FROM budgets"
                                " WHERE owner = ? AND name = ? AND per = ?"_s,
                                keyValues(key));
    if (!row)
        return row.error();
    if (const auto found = database.step(row.value()); !found)
        return found.error();
    return Spent{row->integer(0), row->integer(1), row->integer(2), row->integer(3)};
}

struct Change {
    Budgets::Key key;
    std::shared_ptr<Spending> spending;
    Spent spent;
    Spent more;   ///< of it, what is not on disk
    Spent onDisk; ///< afterwards
};

} // namespace

Result<void> BudgetBook::sync(StoreDatabase &database, const Budgets &budgets, Spending::Time now) {
    std::vector<Change> changes;
    for (const auto &[key, spending] : budgets.spendings()) {
        const Spent spent = spending->spent(now);
        const auto known = m_known.find(key);
        const bool same = known != m_known.end() && known->second.period == spent.period;
        const Spent more = same ? difference(spent, known->second) : spent;
        if (!same || !isZero(more))
            changes.push_back({key, spending, spent, more, {}});
    }
    if (changes.empty())
        return {};
    const auto written = database.transaction([&]() -> Result<void> {
        for (Change &change : changes) {
            const auto onDisk = addOnDisk(database, change.key, change.more, now);
            if (!onDisk)
                return onDisk.error();
            change.onDisk = *onDisk;
        }
        return {};
    });
    if (!written)
        return written;
    for (const Change &change : changes) {
        const bool same = change.onDisk.period == change.spent.period;
        const Spent others = same ? difference(change.onDisk, change.spent) : Spent();
        if (!isZero(others))
            change.spending->add(others, now);
        m_known[change.key] = same ? change.onDisk : change.spent;
    }
    return {};
}

} // namespace quaygate::traffic
