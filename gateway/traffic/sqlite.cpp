#include "gateway/traffic/sqlite.h"

#include <sqlite3.h>

namespace quaygate::traffic {

namespace {

constexpr int busyMs = 5000;

/// SQLite takes a null pointer for NULL, and an empty text must stay one.
const void *notNull(const void *data) {
    return data ? data : "\0";
}

} // namespace

void SqliteStatement::Finalize::operator()(sqlite3_stmt *statement) const {
    sqlite3_finalize(statement);
}

void SqliteStatement::bindNull(int place) {
    sqlite3_bind_null(m_statement.get(), place + 1);
}

void SqliteStatement::bind(int place, qint64 value) {
    sqlite3_bind_int64(m_statement.get(), place + 1, value);
}

void SqliteStatement::bind(int place, double value) {
    sqlite3_bind_double(m_statement.get(), place + 1, value);
}

void SqliteStatement::bind(int place, const QString &value) {
    sqlite3_bind_text64(m_statement.get(), place + 1,
                        static_cast<const char *>(notNull(value.constData())),
                        sqlite3_uint64(value.size()) * sizeof(QChar), SQLITE_STATIC, SQLITE_UTF16);
}

void SqliteStatement::bindCopy(int place, const QString &value) {
    sqlite3_bind_text64(
        m_statement.get(), place + 1, static_cast<const char *>(notNull(value.constData())),
        sqlite3_uint64(value.size()) * sizeof(QChar), SQLITE_TRANSIENT, SQLITE_UTF16);
}

void SqliteStatement::bindCopy(int place, const QByteArray &value) {
    sqlite3_bind_text64(m_statement.get(), place + 1,
                        static_cast<const char *>(notNull(value.constData())),
                        sqlite3_uint64(value.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
}

void SqliteStatement::bindAscii(int place, const QByteArray &value) {
    for (const char c : value) {
        if (static_cast<unsigned char>(c) >= 0x80)
            return bindCopy(place, QString::fromLatin1(value));
    }
    sqlite3_bind_text64(m_statement.get(), place + 1,
                        static_cast<const char *>(notNull(value.constData())),
                        sqlite3_uint64(value.size()), SQLITE_STATIC, SQLITE_UTF8);
}

void SqliteStatement::bindBlob(int place, const QByteArray &value) {
    sqlite3_bind_blob64(m_statement.get(), place + 1, notNull(value.constData()),
                        sqlite3_uint64(value.size()), SQLITE_STATIC);
}

SqliteStatement::Step SqliteStatement::step() {
    switch (sqlite3_step(m_statement.get())) {
    case SQLITE_ROW:
        return Step::Row;
    case SQLITE_DONE:
        return Step::Done;
    default:
        return Step::Failed;
    }
}

void SqliteStatement::reset() {
    sqlite3_reset(m_statement.get());
}

bool SqliteStatement::isNull(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_NULL;
}

qint64 SqliteStatement::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}

double SqliteStatement::real(int column) const {
    return sqlite3_column_double(m_statement.get(), column);
}

QString SqliteStatement::text(int column) const {
    const unsigned char *text = sqlite3_column_text(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return QString::fromUtf8(reinterpret_cast<const char *>(text), size);
}

QByteArray SqliteStatement::blob(int column) const {
    const void *blob = sqlite3_column_blob(m_statement.get(), column);
    return {static_cast<const char *>(blob), sqlite3_column_bytes(m_statement.get(), column)};
}

void SqliteConnection::Close::operator()(sqlite3 *connection) const {
    sqlite3_close_v2(connection);
}

SqliteConnection::SqliteConnection(const QString &path, Access access) {
    // Nobody asks how much memory it uses; counting that takes a lock at each of its allocations.
    static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    Q_UNUSED(uncounted); // refused where something else has used SQLite before, which does no harm
    sqlite3 *connection = nullptr;
    const int flags = access == Access::ReadOnly ? SQLITE_OPEN_READONLY
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    // It gives a connection, which knows the error, even where it fails, unless memory is short.
    (void)sqlite3_open_v2(path.toUtf8().constData(), &connection, flags | SQLITE_OPEN_NOMUTEX,
                          nullptr);
    Q_CHECK_PTR(connection);
    m_connection.reset(connection);
    sqlite3_extended_result_codes(connection, 1);
    if (code() == SQLITE_OK)
        sqlite3_busy_timeout(connection, busyMs);
}

SqliteStatement SqliteConnection::prepare(const char *statement) {
    sqlite3_stmt *prepared = nullptr;
    (void)sqlite3_prepare_v2(m_connection.get(), statement, -1, &prepared, nullptr);
    return SqliteStatement(prepared);
}

qint64 SqliteConnection::lastRow() const {
    return sqlite3_last_insert_rowid(m_connection.get());
}

int SqliteConnection::code() const {
    return sqlite3_errcode(m_connection.get());
}

QString SqliteConnection::message() const {
    return QString::fromUtf8(sqlite3_errmsg(m_connection.get()));
}

} // namespace quaygate::traffic
