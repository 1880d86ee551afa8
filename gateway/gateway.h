#pragma once

#include "gateway/azure/spoken_apis.h"
#include "gateway/config/config.h"
#include "gateway/result.h"
#include "gateway/signin/secret_source.h"
#include "gateway/traffic/budgets.h"
#include "gateway/traffic/traffic_record.h"

#include <QObject>

#include <functional>
#include <memory>

namespace quaygate {

/// The gateway's front: start, stop, apply, observe. Lives on the GUI (or main) thread and never
/// waits: listening and serving happen on worker threads, and what became of a call is told by
/// `stateChanged`.
class Gateway : public QObject {
    Q_OBJECT

public:
    enum class State {
        Stopped,
        Starting,
        Running,
        Stopping, ///< no new connection; exchanges in flight are finished or, after 5 s, cut
        Failed,   ///< could not listen; see `error`
    };
    Q_ENUM(State)

    /// Where a gateway keeps what happens. Its functions are called on worker threads and must not
    /// block.
    struct Memory {
        std::function<void(std::unique_ptr<TrafficRecord>)> remember = [](const auto &) {};
        std::function<QByteArray()> metrics = [] { return QByteArray(); };
        std::shared_ptr<Budgets> budgets; ///< null: of its own, which end with it
    };

    explicit Gateway(SecretSource secrets, QObject *parent = nullptr);
    Gateway(SecretSource secrets, Memory memory, QObject *parent = nullptr);
    /// Cuts what is in flight and joins the workers.
    ~Gateway() override;

    /// The snapshot to serve from now on. Exchanges in flight keep theirs; only a changed address
    /// or port makes a running gateway listen anew. A secret that is missing concerns the requests
    /// that need it.
    void apply(Snapshot snapshot);

    /// Forgets the secrets read so far, so that the next request reads them again: after a key was
    /// saved.
    void forgetSecrets();

    void start();
    void stop();

    State state() const;
    /// The port in use while Running, else the configured one.
    quint16 port() const;
    /// "http://127.0.0.1:8080": where clients reach the gateway.
    QString url() const;
    /// How many requests are being answered just now.
    int requestsInFlight() const;
    /// Why the state is Failed.
    Error error() const;
    /// After a failure with AddressInUse: a port that was free a moment ago, else 0.
    quint16 nextFreePort() const;

    /// A client key for the program itself, made anew each time: the playground's requests pass
    /// whatever keys are asked for.
    Secret ownKey() const;

    /// What the backend of that name was found to answer, of chat completions and responses; what
    /// it lacks is translated.
    SpokenApis apisOf(const QString &backend) const;

signals:
    void stateChanged(quaygate::Gateway::State state);
    void apisLearned(const QString &backend, quaygate::SpokenApis spoken);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
