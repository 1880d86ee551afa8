#pragma once

#include "app/launch_wish.h"
#include "gateway/result.h"

#include <QLocalServer>
#include <QLockFile>

#include <chrono>
#include <memory>

class QLocalSocket;

namespace quaygate {

/// One program with a window for each user and configuration file. The lock says who is the first;
/// it is the system's, so a program that was killed leaves nothing behind that stops the next. The
/// socket carries the wishes of later starts, and only this user can reach it. Lives on the main
/// thread.
class SingleInstance : public QObject {
    Q_OBJECT

public:
    enum class Role {
        First, ///< go on; later starts are told of by `wished`
        Later, ///< the first one took the wish; there is nothing left to do
    };

    /// How long the first one may take to answer.
    static constexpr std::chrono::milliseconds defaultPatience = std::chrono::seconds(10);

    explicit SingleInstance(const QString &configFile, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Waits, at most `patience`, for the first one to take `wish`; meant for a program that shows
    /// nothing yet. An error if it runs and does not answer.
    Result<Role> claim(const LaunchWish &wish,
                       std::chrono::milliseconds patience = defaultPatience);

    /// From now on later starts find nobody here, and wait until this program has ended.
    void close();

signals:
    void wished(const quaygate::LaunchWish &wish);

private:
    Result<void> listen();
    void greet(QLocalSocket *client);

    QString m_server; ///< the socket's name
    std::unique_ptr<QLockFile> m_lock;
    QLocalServer m_listener;
};

} // namespace quaygate
