#pragma once

#include "gateway/traffic/sqlite.h"

#include <QStringList>

namespace quaygate::test {

/// Another program at work on the same file. The statement that failed; empty: none.
inline QString runOnFile(const QString &path, const QStringList &statements) {
    using traffic::SqliteConnection;
    SqliteConnection connection(path, SqliteConnection::Access::ReadWrite);
    for (const QString &statement : statements) {
        traffic::SqliteStatement prepared = connection.prepare(statement.toUtf8().constData());
        if (!prepared.isPrepared() || prepared.step() == traffic::SqliteStatement::Step::Failed)
            return statement + QStringLiteral(": ") + connection.message();
    }
    return {};
}

} // namespace quaygate::test
