#include "gateway/traffic/store_database.h"

#include "gateway/traffic/store_layout.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate::traffic {

namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QString shown(const QString &path) {
    return QDir::toNativeSeparators(path);
}

/// SQLite's files of its own beside the given one.
const QStringList companions{u""_s, u"-wal"_s, u"-shm"_s};

/// Moves the damaged file out of the way. Its new name.
Result<QString> setAside(const QString &path) {
    const QString stamp = QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-HHmmsszzz"_s);
    const QString aside = path + u".damaged-"_s + stamp;
    for (const QString &companion : companions) {
        if (QFile file(path + companion); file.exists() && !file.rename(aside + companion))
            return Error{
                ErrorCode::FileUnwritable,
                u"The traffic file %1 is damaged and cannot be renamed; move it away."_s.arg(
                    shown(path)),
                file.errorString()};
    }
    return aside;
}

/// Makes an empty file before SQLite does, which would let others read it.
Result<void> makeFile(const QString &path) {
    const QFileInfo info(path);
    QFile file(path);
    const bool made = QDir().mkpath(info.absolutePath()) &&
                      (info.exists() || file.open(QIODevice::WriteOnly | QIODevice::NewOnly) ||
                       QFileInfo::exists(path));
    if (!made)
        return Error{ErrorCode::FileUnwritable,
                     u"The traffic file %1 cannot be made; check the folder's permissions."_s.arg(
                         shown(path)),
                     file.errorString()};
    if (file.isOpen() && !file.setPermissions(ownerOnly))
        return Error{ErrorCode::FileUnwritable,
                     u"The traffic file %1 cannot be kept from others' eyes."_s.arg(shown(path)),
                     file.errorString()};
    return {};
}

} // namespace

StoreDatabase::StoreDatabase(QString path, Mode mode) : m_path(std::move(path)), m_mode(mode) {
}

StoreDatabase::~StoreDatabase() = default;

Result<std::unique_ptr<StoreDatabase>> StoreDatabase::open(const QString &path, Mode mode) {
    std::unique_ptr<StoreDatabase> database(new StoreDatabase(path, mode));
    Result<void> opened = database->connect();
    if (!opened && database->m_damaged && mode == Mode::Write) {
        database->m_sqlite.reset();
        opened = database->startAnew();
    }
    if (!opened)
        return opened.error();
    return database;
}

Result<std::unique_ptr<StoreDatabase>> StoreDatabase::openAnew(const QString &path) {
    std::unique_ptr<StoreDatabase> database(new StoreDatabase(path, Mode::Write));
    if (const auto opened = database->startAnew(); !opened)
        return opened.error();
    return database;
}

Result<void> StoreDatabase::startAnew() {
    const Result<QString> aside = setAside(m_path);
    if (!aside)
        return aside.error();
    m_damaged = false;
    m_notice = u"The traffic file was damaged; it is kept as %1, and a new one was begun."_s.arg(
        shown(*aside));
    return connect();
}

Result<void> StoreDatabase::connect() {
    const bool writes = m_mode == Mode::Write;
    if (writes) {
        if (const auto made = makeFile(m_path); !made)
            return made.error();
    } else if (!QFileInfo::exists(m_path)) {
        return Error{ErrorCode::FileUnreadable,
                     u"There is no traffic file %1 yet; it is made when the gateway starts."_s.arg(
                         shown(m_path)),
                     {}};
    }
    using Access = SqliteConnection::Access;
    m_sqlite.emplace(m_path, writes ? Access::ReadWrite : Access::ReadOnly);
    if (m_sqlite->code() != 0)
        return explain();
    if (const auto checked = check(); !checked)
        return checked.error();
    return writes ? prepareForWriting() : Result<void>();
}

/// Whether it is ours, and of a layout that is known.
Result<void> StoreDatabase::check() {
    const auto id = number(u"PRAGMA application_id"_s);
    const auto version = number(u"PRAGMA user_version"_s);
    const auto tables = number(u"SELECT count(*) FROM sqlite_master"_s);
    for (const auto *read : {&id, &version, &tables}) {
        if (!*read)
            return read->error();
    }
    const bool fresh = *id == 0 && *tables == 0;
    if (!fresh && *id != applicationId)
        return Error{
            ErrorCode::FileUnreadable,
            u"%1 is the database of another program; name another file for the traffic."_s.arg(
                shown(m_path)),
            {}};
    if (*version > layoutVersion)
        return Error{
            ErrorCode::FileUnreadable,
            u"The traffic file %1 was written by a newer Quaygate; use that one, or move the file "
            "away."_s.arg(shown(m_path)),
            {}};
    if (m_mode == Mode::Read && *version < oldestReadable)
        return Error{ErrorCode::FileUnreadable,
                     u"The traffic file %1 is empty or from an older Quaygate; it is brought up to "
                     "date when the gateway starts."_s.arg(shown(m_path)),
                     {}};
    return {};
}

Result<void> StoreDatabase::prepareForWriting() {
    // What was taken out leaves the disk too; this can be chosen only while the file is empty.
    // The log is written ahead, so that others may read; a crash of the system may lose what was
    // written last, one of the program does not.
    for (const QString &statement :
         {u"PRAGMA auto_vacuum = INCREMENTAL"_s, u"PRAGMA journal_mode = WAL"_s,
          u"PRAGMA synchronous = NORMAL"_s, u"PRAGMA journal_size_limit = 4194304"_s}) {
        if (const auto done = run(statement); !done)
            return done;
    }
    return upgrade();
}

Result<void> StoreDatabase::upgrade() {
    return transaction([this]() -> Result<void> {
        // Read in here: another process may be about to do the same.
        const auto version = number(u"PRAGMA user_version"_s);
        if (!version)
            return version.error();
        for (qint64 from = *version; from < layoutVersion; ++from) {
            for (const QString &statement : layoutStep(int(from))) {
                if (const auto done = run(statement); !done)
                    return done.error();
            }
        }
        for (const QString &statement : {u"PRAGMA application_id = %1"_s.arg(applicationId),
                                         u"PRAGMA user_version = %1"_s.arg(layoutVersion)}) {
            if (const auto done = run(statement); !done)
                return done.error();
        }
        return {};
    });
}

Result<SqliteStatement> StoreDatabase::prepare(const QString &statement, const Values &values) {
    SqliteStatement prepared = m_sqlite->prepare(statement.toUtf8().constData());
    if (!prepared.isPrepared())
        return explain();
    int place = 0;
    for (const auto &value : values) {
        if (const QString *text = std::get_if<QString>(&value))
            prepared.bindCopy(place++, *text);
        else
            prepared.bind(place++, std::get<qint64>(value));
    }
    return prepared;
}

Result<bool> StoreDatabase::step(SqliteStatement &statement) {
    switch (statement.step()) {
    case SqliteStatement::Step::Row:
        return true;
    case SqliteStatement::Step::Done:
        return false;
    case SqliteStatement::Step::Failed:
        break;
    }
    return explain();
}

Result<void> StoreDatabase::run(const QString &statement, const Values &values) {
    Result<SqliteStatement> prepared = prepare(statement, values);
    if (!prepared)
        return prepared.error();
    for (;;) {
        const Result<bool> row = step(prepared.value());
        if (!row)
            return row.error();
        if (!*row)
            return {};
    }
}

Result<qint64> StoreDatabase::number(const QString &statement, const Values &values) {
    Result<SqliteStatement> prepared = prepare(statement, values);
    if (!prepared)
        return prepared.error();
    const Result<bool> row = step(prepared.value());
    if (!row)
        return row.error();
    return *row ? prepared->integer(0) : qint64(0);
}

Error StoreDatabase::explain() {
    // Result codes of SQLite; the higher bits only say more of the same.
    constexpr int full = 13;
    constexpr int corrupt = 11;
    constexpr int notADatabase = 26;
    const int code = m_sqlite->code() & 0xFF;
    m_damaged = m_damaged || code == corrupt || code == notADatabase;
    const auto why = [&]() -> QString {
        if (code == full)
            return u"The disk with the traffic file %1 is full; make room, or keep less traffic."_s;
        if (code == corrupt || code == notADatabase)
            return u"The traffic file %1 is damaged."_s;
        return m_mode == Mode::Write
                   ? u"The traffic file %1 cannot be written; check its permissions."_s
                   : u"The traffic file %1 cannot be read; check its permissions."_s;
    };
    return {m_mode == Mode::Write ? ErrorCode::FileUnwritable : ErrorCode::FileUnreadable,
            why().arg(shown(m_path)), m_sqlite->message()};
}

} // namespace quaygate::traffic
