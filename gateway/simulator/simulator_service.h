#pragma once

#include "gateway/http/http_server.h"
#include "gateway/simulator/request_ledger.h"
#include "gateway/simulator/simulated_resource.h"

#include <QObject>

#include <memory>

namespace quaygate::simulator {

/// The part of the simulator that lives on its thread: the server, the resource, the answers that
/// are being played.
class SimulatorService : public QObject {
    Q_OBJECT

public:
    SimulatorService(SimulatedResource resource, std::shared_ptr<RequestLedger> ledger);
    ~SimulatorService() override;

    Result<quint16> listen(quint16 port);
    /// Cuts every connection. Before the thread ends, on it.
    void stop();

private:
    void take(const ExchangePtr &exchange);
    /// Starts a player and lets go of it when it has ended.
    template<typename Player>
    void watch(Player *player);

    SimulatedResource m_resource;
    std::shared_ptr<RequestLedger> m_ledger;
    std::unique_ptr<HttpServer> m_server;
};

} // namespace quaygate::simulator
