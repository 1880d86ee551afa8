#include "gateway/traffic/traffic_store.h"

#include "gateway/traffic/budget_book.h"
#include "gateway/traffic/record_row.h"
#include "gateway/traffic/store_database.h"

#include <QStringList>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

using traffic::StoreDatabase;

qint64 sinceEpoch(TrafficRecord::Clock::time_point time) {
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

/// The conditions of a statement, and the values for their places.
struct Conditions {
    QStringList terms;
    StoreDatabase::Values values;

    template<typename T>
    void add(const QString &term, const std::optional<T> &value) {
        if (!value)
            return;
        terms.append(term);
        values.emplace_back(*value);
    }

    QString text() const {
        return terms.isEmpty() ? QString() : u" WHERE "_s + terms.join(u" AND "_s);
    }
};

Conditions conditionsOf(const TrafficQuery &query) {
    Conditions conditions;
    conditions.add(u"number < ?"_s, query.before);
    conditions.add(u"number > ?"_s, query.after);
    const auto micros = [](const auto &time) {
        return time ? std::optional(sinceEpoch(*time)) : std::nullopt;
    };
    conditions.add(u"time >= ?"_s, micros(query.since));
    conditions.add(u"time < ?"_s, micros(query.until));
    conditions.add(u"route = ?"_s, query.route);
    conditions.add(u"client_key = ?"_s, query.clientKey);
    conditions.add(u"? IN (model_asked, model_sent, model_returned)"_s, query.model);
    if (query.failedOnly)
        conditions.terms.append(u"(status >= 400 OR status = 0 OR error IS NOT NULL)"_s);
    return conditions;
}

} // namespace

TrafficStore::TrafficStore(std::unique_ptr<StoreDatabase> database)
    : m_database(std::move(database)) {
}

TrafficStore::~TrafficStore() = default;

QString TrafficStore::notice() const {
    return m_database->notice();
}

bool TrafficStore::isDamaged() const {
    return m_database->isDamaged();
}

Result<std::unique_ptr<TrafficStore>> TrafficStore::open(const QString &path) {
    return over(StoreDatabase::open(path, StoreDatabase::Mode::Write));
}

Result<std::unique_ptr<TrafficStore>> TrafficStore::openAnew(const QString &path) {
    return over(StoreDatabase::openAnew(path));
}

Result<std::unique_ptr<TrafficStore>> TrafficStore::openToRead(const QString &path) {
    return over(StoreDatabase::open(path, StoreDatabase::Mode::Read));
}

Result<std::unique_ptr<TrafficStore>> TrafficStore::over(Opened database) {
    if (!database)
        return database.error();
    return std::unique_ptr<TrafficStore>(new TrafficStore(std::move(database).value()));
}

Result<void> TrafficStore::append(QList<TrafficRecord> &records) {
    QList<qint64> numbers;
    const auto appended = m_database->transaction([&]() -> Result<void> {
        auto insert = m_database->prepare(traffic::insertStatement());
        if (!insert)
            return insert.error();
        for (const TrafficRecord &record : std::as_const(records)) {
            traffic::bindRecord(insert.value(), record);
            if (const auto done = m_database->step(insert.value()); !done)
                return done.error();
            insert.value().reset();
            numbers.append(m_database->lastRow());
        }
        return {};
    });
    if (appended) {
        for (qsizetype i = 0; i < records.size(); ++i)
            records[i].number = numbers.at(i);
    }
    return appended;
}

Result<void> TrafficStore::syncBudgets(traffic::BudgetBook &book, const Budgets &budgets,
                                       TrafficRecord::Clock::time_point now) {
    return book.sync(*m_database, budgets, now);
}

Result<QList<TrafficRecord>> TrafficStore::records(const TrafficQuery &query) {
    Conditions conditions = conditionsOf(query);
    conditions.values.emplace_back(qint64(std::clamp(query.limit, 1, TrafficQuery::mostRecords)));
    const bool newestFirst = query.order == TrafficQuery::Order::NewestFirst;
    const QString statement = traffic::selectStatement(query.bodies) + u" records"_s +
                              conditions.text() + u" ORDER BY number "_s +
                              (newestFirst ? u"DESC"_s : u"ASC"_s) + u" LIMIT ?"_s;
    Result<traffic::SqliteStatement> rows = m_database->prepare(statement, conditions.values);
    if (!rows)
        return rows.error();
    QList<TrafficRecord> found;
    for (;;) {
        const Result<bool> row = m_database->step(rows.value());
        if (!row)
            return row.error();
        if (!*row)
            return found;
        found.append(traffic::readRecord(*rows));
    }
}

Result<void> TrafficStore::prune(const TrafficSettings &settings,
                                 TrafficRecord::Clock::time_point now) {
    const auto oldest = now - std::chrono::hours(24) * settings.days;
    if (const auto deleted =
            m_database->run(u"DELETE FROM records WHERE time < ?"_s, {sinceEpoch(oldest)});
        !deleted)
        return deleted.error();
    if (const auto pruned = pruneToSize(qint64(settings.megabytes) * 1024 * 1024); !pruned)
        return pruned.error();
    return giveSpaceBack();
}

/// A tenth more than needed, so that it is not needed again at once.
Result<void> TrafficStore::pruneToSize(qint64 bytes) {
    for (;;) {
        const auto used = m_database->number(
            u"SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(),"
            " pragma_freelist_count(), pragma_page_size()"_s);
        if (!used)
            return used.error();
        if (*used <= bytes)
            return {};
        const auto count = m_database->number(u"SELECT count(*) FROM records"_s);
        if (!count)
            return count.error();
        if (*count == 0)
            return {};
        const double share = 1 - 0.9 * double(bytes) / double(*used);
        const auto deleted = m_database->run(
            u"DELETE FROM records WHERE number IN (SELECT number FROM records ORDER BY number "
            "LIMIT ?)"_s,
            {qint64(std::ceil(double(*count) * share))});
        if (!deleted)
            return deleted.error();
    }
}

Result<void> TrafficStore::giveSpaceBack() {
    const auto pages = m_database->number(u"PRAGMA freelist_count"_s);
    if (!pages)
        return pages.error();
    if (*pages == 0)
        return {};
    return m_database->run(u"PRAGMA incremental_vacuum"_s);
}

Result<void> TrafficStore::clear() {
    if (const auto deleted = m_database->run(u"DELETE FROM records"_s); !deleted)
        return deleted.error();
    if (const auto given = giveSpaceBack(); !given)
        return given.error();
    // The log beside the file still has what was taken out.
    const auto written = m_database->run(u"PRAGMA wal_checkpoint(TRUNCATE)"_s);
    return written ? Result<void>() : Result<void>(written.error());
}

} // namespace quaygate
