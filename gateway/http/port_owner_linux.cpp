#include "gateway/http/port_owner.h"

#include <QDir>
#include <QFile>
#include <QHash>

#include <system_error>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <pwd.h>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// Sockets, as they are called among a process's files, and their users.
using Sockets = QHash<QByteArray, uid_t>;

/// Those that listen on the port, of a table such as /proc/net/tcp: columns are sl, local_address
/// (HEX:HEXPORT), rem_address, st (0A: listening), …, uid as the eighth, inode as the tenth.
void addListening(const QString &table, quint16 port, Sockets &sockets) {
    QFile file(table);
    if (!file.open(QIODevice::ReadOnly))
        return;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QList<QByteArray> columns = line.simplified().split(' ');
        if (columns.size() < 10 || columns[3] != "0A")
            continue;
        const qsizetype colon = columns[1].lastIndexOf(':');
        if (columns[1].sliced(colon + 1).toUShort(nullptr, 16) == port)
            sockets.insert("socket:[" + columns[9] + ']', columns[7].toUInt());
    }
}

/// Processes of others, and such as end meanwhile, hold nothing that we may know of.
bool holdsOneOf(const QString &process, const Sockets &sockets) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::directory_iterator descriptors(process.toStdString() + "/fd", error);
    return !error && std::any_of(begin(descriptors), end(descriptors), [&](const auto &entry) {
        std::error_code gone;
        return sockets.contains(
            QByteArray::fromStdString(fs::read_symlink(entry.path(), gone).string()));
    });
}

QString nameOf(const QString &process) {
    QFile file(process + "/comm"_L1);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll().trimmed()) : QString();
}

/// Processes of others do not show what they hold, but the socket says whose it is.
QString userOf(const Sockets &sockets) {
    const uid_t user = sockets.begin().value();
    if (user == ::geteuid())
        return {};
    std::array<char, 4096> room{};
    passwd entry{};
    passwd *found = nullptr;
    ::getpwuid_r(user, &entry, room.data(), room.size(), &found);
    return u"of the user %1"_s.arg(found ? QString::fromLocal8Bit(found->pw_name)
                                         : QString::number(user));
}

} // namespace

QString portOwner(quint16 port) {
    Sockets sockets;
    addListening(u"/proc/net/tcp"_s, port, sockets);
    addListening(u"/proc/net/tcp6"_s, port, sockets);
    if (sockets.isEmpty())
        return {};
    const QDir processes(u"/proc"_s);
    const QStringList names = processes.entryList({u"[0-9]*"_s}, QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &number : names) {
        const QString process = processes.filePath(number);
        if (holdsOneOf(process, sockets))
            return u"%1, process %2"_s.arg(nameOf(process), number);
    }
    return userOf(sockets);
}

} // namespace quaygate
