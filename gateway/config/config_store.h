#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "gateway/result.h"

#include <QObject>
#include <functional>
#include <memory>

namespace quaygate {

/// The configuration file and the snapshot read from it. Lives on the GUI (or main) thread; the disk is
/// touched on a thread of its own, so no call here waits. A file changed by hand is read again; a wrong
/// one is refused and the snapshot stays.
class ConfigStore : public QObject {
    Q_OBJECT

public:
    /// `file`: absolute path; need not exist. Nothing is read before `load`.
    explicit ConfigStore(QString file, QObject *parent = nullptr);
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

    /// Reads the file, then watches it. Ends in `loaded`.
    void load();

    /// Validates, writes atomically (mode 0600; the last good file is kept beside it as
    /// config.json.last-good) and makes `config` the snapshot. `done` is called on this thread.
    /// Refused, with nothing written: an invalid config; a file on disk that cannot be read or holds
    /// errors; a file that someone changed since it was last read (ErrorCode::FileChanged).
    void save(const Config &config, std::function<void(Result<void>)> done);

signals:
    /// The first load has ended; see `problems` and `isFirstStart`.
    void loaded();
    /// A new snapshot, from a save or from a change of the file.
    void changed(const quaygate::Snapshot &snapshot);
    /// The file on disk was refused; the snapshot stays.
    void refused(const quaygate::Problems &problems);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
