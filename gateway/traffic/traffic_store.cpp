#include "gateway/traffic/traffic_store.h"

#include "gateway/traffic/budget_book.h"
#include "gateway/traffic/record_insertion.h"
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

/// Records that are deleted in one go: some milliseconds, for which new ones wait.
constexpr qint64 prunedAtOnce = 4000;

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
    : m_database(std::move(database))
    , m_insertion(std::make_unique<traffic::RecordInsertion>(*m_database)) {
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
    return m_insertion->insert(records);
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

Result<bool> TrafficStore::prune(const TrafficSettings &settings,
                                 TrafficRecord::Clock::time_point now) {
    const auto oldest = now - std::chrono::hours(24) * settings.days;
    const auto byAge = pruneByAge(sinceEpoch(oldest));
    if (!byAge || *byAge)
        return byAge;
    const auto bySize = pruneBySize(qint64(settings.megabytes) * 1024 * 1024);
    if (!bySize)
        return bySize;
    const auto given = giveSpaceBack();
    return given ? bySize : Result<bool>(given.error());
}

Result<bool> TrafficStore::pruneByAge(qint64 oldest) {
    const auto deleted = m_database->run(
        u"DELETE FROM records WHERE number IN (SELECT number FROM records WHERE time < ? LIMIT ?)"_s,
        {oldest, prunedAtOnce});
    if (!deleted)
        return deleted.error();
    const auto left =
        m_database->number(u"SELECT EXISTS (SELECT 1 FROM records WHERE time < ?)"_s, {oldest});
    return left ? Result<bool>(*left != 0) : left.error();
}

/// A bit more than needed, so that it is not needed again at once.
Result<bool> TrafficStore::pruneBySize(qint64 bytes) {
    const auto used = m_database->number(
        u"SELECT (page_count - freelist_count) * page_size FROM pragma_page_count(),"
        " pragma_freelist_count(), pragma_page_size()"_s);
    if (!used)
        return used.error();
    if (*used <= bytes)
        return false;
    // As many as there are, or more: they are numbered, and taken from one end.
    const auto first = m_database->number(u"SELECT min(number) FROM records"_s);
    const auto last = m_database->number(u"SELECT max(number) FROM records"_s);
    if (!first || !last)
        return first ? last.error() : first.error();
    if (*last == 0)
        return false;
    const double share = 1 - 0.98 * double(bytes) / double(*used);
    const auto tooMany = qint64(std::ceil(double(*last - *first + 1) * share));
    const auto deleted = m_database->run(u"DELETE FROM records WHERE number < ?"_s,
                                         {*first + std::min(tooMany, prunedAtOnce)});
    return deleted ? Result<bool>(true) : deleted.error();
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
