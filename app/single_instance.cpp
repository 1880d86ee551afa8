#include "app/single_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

const QByteArray taken = "taken\n";
constexpr qsizetype longestWish = 4096;

/// The same for every spelling of the path, whether the file is there or not.
QString placeOf(const QString &configFile) {
    const QFileInfo file(configFile);
    const QString folder = QFileInfo(file.absolutePath()).canonicalFilePath();
    return folder.isEmpty() ? QDir::cleanPath(file.absoluteFilePath())
                            : folder + u'/' + file.fileName();
}

QString nameFor(const QString &configFile) {
    const QString owned = QDir::homePath() + u'\n' + placeOf(configFile);
    return u"quaygate-"_s +
           QString::fromLatin1(QCryptographicHash::hash(owned.toUtf8(), QCryptographicHash::Sha256)
                                   .toHex()
                                   .left(16));
}

/// A folder that belongs to this user alone.
QString privateFolder() {
    const QString runtime = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return runtime.isEmpty() ? QDir::tempPath() : runtime;
}

bool handOver(const QString &server, const LaunchWish &wish, const QDeadlineTimer &deadline) {
    const auto left = [&deadline] { return int(std::max<qint64>(1, deadline.remainingTime())); };
    QLocalSocket socket;
    socket.connectToServer(server);
    if (!socket.waitForConnected(left()))
        return false;
    socket.write(wishToLine(wish) + '\n');
    QByteArray answer;
    while (answer.size() < taken.size() && socket.waitForReadyRead(left()))
        answer += socket.readAll();
    return answer == taken;
}

} // namespace

SingleInstance::SingleInstance(const QString &configFile, QObject *parent) : QObject(parent) {
    const QString name = nameFor(configFile);
    const QDir folder(privateFolder());
#ifdef Q_OS_WIN
    m_server = name; // of a pipe, which is no file
#else
    m_server = folder.filePath(name + ".socket"_L1);
#endif
    m_lock = std::make_unique<QLockFile>(folder.filePath(name + ".lock"_L1));
    m_lock->setStaleLockTime(0); // a lock is as old as its program; one of a dead program is none
    m_listener.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_listener, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *client = m_listener.nextPendingConnection())
            greet(client);
    });
}

SingleInstance::~SingleInstance() {
    close();
}

Result<SingleInstance::Role> SingleInstance::claim(const LaunchWish &wish,
                                                   std::chrono::milliseconds patience) {
    const QDeadlineTimer deadline(patience);
    // The first one may not listen yet, or may be about to end: both are over in a moment.
    do {
        if (m_lock->tryLock(0)) {
            if (const auto listening = listen(); !listening)
                return listening.error();
            return Role::First;
        }
        if (m_lock->error() != QLockFile::LockFailedError)
            return Error{ErrorCode::Internal,
                         u"Quaygate cannot write to %1, where it notes that it runs."_s.arg(
                             QDir::toNativeSeparators(privateFolder())),
                         {}};
        if (handOver(m_server, wish, deadline))
            return Role::Later;
        QThread::msleep(20);
    } while (!deadline.hasExpired());
    return Error{ErrorCode::Internal,
                 u"Quaygate already runs and does not answer. End it, then start it again."_s,
                 {}};
}

Result<void> SingleInstance::listen() {
    // Left by a program that was killed; whoever holds the lock may clear it away.
    QLocalServer::removeServer(m_server);
    if (m_listener.listen(m_server))
        return {};
    m_lock->unlock();
    return Error{ErrorCode::Internal,
                 u"Quaygate cannot be reached by a second start, so it does not start."_s,
                 m_listener.errorString()};
}

void SingleInstance::greet(QLocalSocket *client) {
    connect(client, &QLocalSocket::disconnected, client, &QObject::deleteLater);
    const auto read = [this, client] {
        if (!client->canReadLine()) {
            if (client->bytesAvailable() > longestWish)
                client->abort();
            return;
        }
        const auto wish = wishFromLine(client->readLine());
        if (!wish)
            return client->abort();
        client->write(taken);
        client->disconnectFromServer();
        emit wished(*wish);
    };
    connect(client, &QLocalSocket::readyRead, this, read);
    read();
}

void SingleInstance::close() {
    m_listener.close();
}

} // namespace quaygate
