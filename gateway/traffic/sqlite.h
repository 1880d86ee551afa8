#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

struct sqlite3;
struct sqlite3_stmt;

/// The one door to SQLite, as thin as can be: what its functions report is asked for where they
/// were called. Inner part of traffic/. A connection and its statements live on one thread.
namespace quaygate::traffic {

/// A statement that was prepared. Places and columns are counted from 0.
class SqliteStatement {
public:
    enum class Step { Row, Done, Failed };

    /// Null if it could not be prepared: the connection knows why.
    explicit SqliteStatement(sqlite3_stmt *statement) : m_statement(statement) {}

    bool isPrepared() const { return m_statement != nullptr; }

    void bindNull(int place);
    void bind(int place, qint64 value);
    void bind(int place, double value);
    /// The text must stay as it is until `reset`.
    void bind(int place, const QString &value);
    void bindCopy(int place, const QString &value);
    /// UTF-8.
    void bindCopy(int place, const QByteArray &value);
    /// Every byte a character of Latin-1; must stay as it is until `reset`.
    void bindAscii(int place, const QByteArray &value);
    /// Must stay as it is until `reset`.
    void bindBlob(int place, const QByteArray &value);

    Step step();
    /// Ready to be stepped anew. What was bound stays, so bind each place again before that.
    void reset();

    // Of the row.
    bool isNull(int column) const;
    qint64 integer(int column) const;
    double real(int column) const;
    QString text(int column) const;
    QByteArray blob(int column) const;

private:
    struct Finalize {
        void operator()(sqlite3_stmt *statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalize> m_statement;
};

class SqliteConnection {
public:
    enum class Access { ReadOnly, ReadWrite };

    /// Opens, and for writing makes, the file. What is locked by others is waited for, 5 s at most.
    /// Look at `code` then.
    SqliteConnection(const QString &path, Access access);

    SqliteStatement prepare(const char *statement);
    qint64 lastRow() const;

    /// What became of the last call: a result code of SQLite, 0 for none, 10 bits and more if it
    /// has more to say.
    int code() const;
    QString message() const;

private:
    struct Close {
        void operator()(sqlite3 *connection) const;
    };
    std::unique_ptr<sqlite3, Close> m_connection;
};

} // namespace quaygate::traffic
