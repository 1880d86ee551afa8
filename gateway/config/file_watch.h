#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>

namespace quaygate {

/// Tells when a file may have changed: written in place, replaced by renaming, made or removed, its
/// folder too, and the same for the target of a symbolic link. Lives on the thread that made it.
class FileWatch : public QObject {
    Q_OBJECT

public:
    explicit FileWatch(QString file, QObject *parent = nullptr);

    /// Watches what is there now. To be called before each reading of the file: a file put in the
    /// place of another is not the one that was watched.
    void renew();

signals:
    void notified();

private:
    QStringList pathsToWatch() const;
    void watch(const QStringList &paths);

    QString m_file;
    QFileSystemWatcher m_watcher;
};

} // namespace quaygate
