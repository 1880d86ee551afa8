#pragma once

#include "gateway/config/config.h"
#include "gateway/config/config_file.h"
#include "gateway/config/file_watch.h"
#include "gateway/config/problem.h"

#include <QObject>

#include <functional>
#include <optional>

namespace quaygate {

/// What a reading of the configuration file came to.
struct DiskReading {
    /// Null if there is no file, or a wrong one.
    Snapshot config;
    Problems problems;
    bool absent = false;
    /// Counts what others made of the file. Saves do not count.
    int edition = 0;
};

/// The configuration file with what is known of it: reads it, watches it, saves to it, and writes
/// over nothing that it has not read. Inner part of the ConfigStore; lives on the store's own
/// thread.
class ConfigDisk : public QObject {
    Q_OBJECT

public:
    /// `changed` is called, on this object's thread, with each reading that differs from the last.
    ConfigDisk(QString file, std::function<void(DiskReading)> changed);

    /// Reads the file and watches it from now on. `changed` is not called for it.
    DiskReading load();

    /// Writes `text`, a valid configuration made by someone who knows the file as of `edition`.
    Result<void> save(const QByteArray &text, int edition);

private:
    void readLater();
    void readIfChanged();
    /// Looks at the file; false if it is what it was.
    bool look();
    DiskReading understand();
    Result<void> checkOverwritable(int edition) const;
    void keepLastGood(const QByteArray &text);

    QString m_file;
    std::function<void(DiskReading)> m_changed;
    FileWatch *m_watch = nullptr;
    FileContent m_known; ///< what the disk had when it was last looked at
    bool m_knownIsGood = true;
    int m_edition = 0;
    bool m_readingIsPosted = false;
};

} // namespace quaygate
