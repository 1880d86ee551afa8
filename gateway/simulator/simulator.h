#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QList>
#include <QObject>
#include <QString>
#include <functional>
#include <memory>

namespace quaygate {

/// One deployment of the simulated resource.
struct SimulatedDeployment {
    QString name;
    QString model; ///< decides what it can do: "gpt-4.1-mini", "o4-mini", "text-embedding-3-small"
    QString fault; ///< what it does on every request, in the words of docs/simulator.md; empty: nothing
};

struct SimulatorSettings {
    quint16 port = 0; ///< 0: any free one
    Secret key;       ///< empty: any key, or none, is accepted
    QList<SimulatedDeployment> deployments;

    /// The deployments of the demo: a chat model, a reasoning model, an embedding model.
    static QList<SimulatedDeployment> demoDeployments();
};

/// The Azure look-alike on 127.0.0.1: a real HTTP server on a thread of its own, which follows the Azure
/// reference and, when asked, does what Azure does on bad days. Lives on the GUI (or main) thread.
class Simulator : public QObject {
    Q_OBJECT

public:
    explicit Simulator(SimulatorSettings settings, QObject *parent = nullptr);
    /// Cuts what is in flight and joins the thread.
    ~Simulator() override;

    /// Ends in `started` or `failed`; `done` is called on this object's thread, with the port.
    void start(std::function<void(Result<quint16>)> done);

    /// 0 until started.
    quint16 port() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
