#pragma once

#include "gateway/http/header_list.h"
#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QList>
#include <QObject>
#include <QString>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

/// One deployment of the simulated resource.
struct SimulatedDeployment {
    QString name;
    QString model; ///< decides what it can do: "gpt-4.1-mini", "o4-mini", "text-embedding-3-small"
    QString
        fault; ///< what it does on every request, in the words of docs/simulator.md; empty: nothing
};

struct SimulatorSettings {
    quint16 port = 0; ///< 0: any free one
    Secret key;       ///< empty: any key, or none, is accepted
    QList<SimulatedDeployment> deployments;
    /// As behind API Management: only what lies below it exists. "/corp/ai", or empty.
    QString pathPrefix;
    /// Between two tokens of a stream, unless a request says otherwise (`x-simulator-pace`).
    std::chrono::milliseconds tokenInterval{15};
    /// Of access tokens that the simulated Entra ID grants; nothing: as usual.
    std::optional<std::chrono::seconds> tokenLifetime;

    /// The deployments of the demo, each named like its model: one of every kind.
    static QList<SimulatedDeployment> demoDeployments();
};

/// What the simulator has seen so far, for tests and for the window.
struct SimulatorStatistics {
    int requests = 0;  ///< received whole
    int inFlight = 0;  ///< of these, not ended yet
    int completed = 0; ///< answered to the end
    int cancelled = 0; ///< the client left before the end
    int cut = 0;       ///< the simulator cut the connection, because a fault said so

    /// The last request. Keys are redacted in headers and target; the body is cut at 64 KiB.
    QByteArray lastMethod;
    QByteArray lastTarget;
    HeaderList lastHeaders;
    QByteArray lastBody;
    /// SHA-256 in hex of the key that came (`api-key`, or else the Bearer value); empty without
    /// one.
    QByteArray lastKeyHash;
    bool lastKeyMatched = false;
};

/// Says why a text is no fault, or nothing if it is one. For the command line and for forms.
std::optional<Error> checkSimulatorFault(const QString &fault);

/// The Azure look-alike on 127.0.0.1: a real HTTP server on a thread of its own, which follows the
/// Azure reference and, when asked, does what Azure does on bad days. Lives on the GUI (or main)
/// thread.
class Simulator : public QObject {
    Q_OBJECT

public:
    explicit Simulator(SimulatorSettings settings, QObject *parent = nullptr);
    /// Cuts what is in flight and joins the thread.
    ~Simulator() override;

    /// Call once. `done` is called on this object's thread, with the port, and not after this
    /// object is gone. BadRequest for a fault that does not exist, AddressInUse,
    /// AddressNotAvailable.
    void start(std::function<void(Result<quint16>)> done);

    /// 0 until started.
    quint16 port() const;

    /// From any thread.
    SimulatorStatistics statistics() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
