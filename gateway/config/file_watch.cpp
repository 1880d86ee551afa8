#include "gateway/config/file_watch.h"

#include "gateway/config/config_file.h"

#include <QFileInfo>

namespace quaygate {

namespace {

QString nearestFolder(const QString &path) {
    QFileInfo folder(QFileInfo(path).absolutePath());
    while (!folder.isDir() && !folder.isRoot())
        folder = QFileInfo(folder.absolutePath());
    return folder.absoluteFilePath();
}

} // namespace

FileWatch::FileWatch(QString file, QObject *parent)
    : QObject(parent), m_file(std::move(file)), m_watcher(this) {
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &FileWatch::notified);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &FileWatch::notified);
}

void FileWatch::renew() {
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
    // What came into being while the watches were set is watched in the next round.
    QStringList paths;
    do {
        paths = pathsToWatch();
        watch(paths);
    } while (paths != pathsToWatch());
}

QStringList FileWatch::pathsToWatch() const {
    QStringList paths{nearestFolder(m_file)};
    const QString target = linkTarget(m_file);
    if (target != m_file)
        paths.append(nearestFolder(target));
    if (QFileInfo::exists(target))
        paths.append(target);
    paths.removeDuplicates();
    return paths;
}

void FileWatch::watch(const QStringList &paths) {
    const QStringList watched = m_watcher.directories() + m_watcher.files();
    for (const QString &path : watched) {
        if (!paths.contains(path))
            m_watcher.removePath(path);
    }
    for (const QString &path : paths) {
        if (!watched.contains(path))
            m_watcher.addPath(path);
    }
}

} // namespace quaygate
