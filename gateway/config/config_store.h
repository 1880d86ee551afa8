#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "gateway/result.h"

#include <QObject>

#include <functional>
#include <memory>

namespace quaygate {

/// The configuration file and the snapshot read from it. Lives on the GUI (or main) thread; the
/// disk is touched on a thread of its own, so no call here waits. A file changed by hand is read
/// again; a wrong one is refused and the snapshot stays.
class ConfigStore : public QObject {
    Q_OBJECT

public:
    /// `file` need not exist. Nothing is read before `load`.
    explicit ConfigStore(const QString &file, QObject *parent = nullptr);
    /// Waits until the saves that were asked for are on the disk; their `done` is not called any
    /// more.
    ~ConfigStore() override;

    /// quaygate/config.json in the user's configuration folder.
    static QString defaultFile();

    QString file() const;

    /// The last good configuration; never null, the defaults before the first load.
    Snapshot snapshot() const;

    /// What is wrong with the file as it is on disk now; empty if it is good or absent.
    Problems problems() const;

    /// True if the last load found no file: the first start.
    bool isFirstStart() const;

    /// Reads the file, then watches it. Ends in `changed` or `refused`, followed by `loaded`.
    void load();

    /// Validates, writes atomically (mode 0600; the last good file is kept beside it as
    /// config.json.last-good) and makes `config` the snapshot. `done` is called on this thread.
    /// Refused, with nothing written: an invalid config; a file on disk that cannot be read or
    /// holds errors; a file that someone changed since it was last read (ErrorCode::FileChanged).
    void save(const Config &config, std::function<void(Result<void>)> done);

signals:
    /// The load has ended; see `problems` and `isFirstStart`.
    void loaded();
    /// The file is good (or there is none) and `snapshot` is what it is now: after a load, a save
    /// or a change by someone else. A file that went away leaves the snapshot as it was.
    void changed(const quaygate::Snapshot &snapshot);
    /// The file on disk was refused; the snapshot stays.
    void refused(const quaygate::Problems &problems);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
