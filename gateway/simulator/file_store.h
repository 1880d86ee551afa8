#pragma once

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <list>

namespace quaygate::simulator {

/// One file of a resource.
struct StoredFile {
    QString id;
    QString name;
    QString purpose;
    QByteArray bytes;
    qint64 created = 0; ///< seconds since the epoch
    qint64 expires = 0; ///< the same; 0: never

    QJsonObject json() const;
};

/// The files of a resource, bounded in number and in bytes: what does not fit is refused, nothing
/// is forgotten by itself.
class FileStore {
public:
    static constexpr std::size_t mostFiles = 500;
    static constexpr qsizetype mostBytes = qsizetype(128) * 1024 * 1024;

    /// False if it does not fit.
    bool add(StoredFile file);
    /// Null if there is none. Valid until that file is removed.
    const StoredFile *find(QStringView id) const;
    bool remove(QStringView id);
    /// Oldest first; those of one purpose, unless that is empty.
    QJsonArray list(QStringView purpose) const;

private:
    std::list<StoredFile> m_files;
    qsizetype m_bytes = 0;
};

} // namespace quaygate::simulator
