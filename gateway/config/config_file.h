#pragma once

#include "gateway/result.h"

#include <QByteArray>
#include <QString>

/// The configuration file on the disk, as bytes. These functions wait for the disk: they are called
/// on the thread of the ConfigStore or by a command that does nothing else.
namespace quaygate {

/// What the disk has where the configuration file should be.
struct FileContent {
    enum class Kind { Absent, Present, Unreadable };

    Kind kind = Kind::Absent;
    QByteArray bytes; ///< if Present
    Error error;      ///< if Unreadable: FileUnreadable

    bool operator==(const FileContent &) const = default;
};

/// Reads the whole file; one that is larger than 1 MiB, or no regular file, counts as unreadable.
FileContent readConfigFile(const QString &path);

/// Replaces the file in one step, mode 0600; a missing folder is made with mode 0700. At any
/// moment, also after a crash, the file is the old or the new one. A symbolic link stays one and
/// its target is replaced.
Result<void> writeConfigFile(const QString &path, const QByteArray &bytes);

/// What symbolic links at `path` lead to in the end, which need not exist; `path` itself if it is
/// none.
QString linkTarget(const QString &path);

/// Where the last good content of a configuration file is kept.
QString lastGoodFile(const QString &path);

} // namespace quaygate
