#include "gateway/simulator/simulator_service.h"

#include "gateway/simulator/answer.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/key_check.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// A test bench, not a service: what it takes is what the machine gives.
ServerLimits generousLimits() {
    ServerLimits limits;
    limits.connections = 16'384;
    limits.inFlight = 16'384;
    return limits;
}

} // namespace

SimulatorService::SimulatorService(SimulatedResource resource,
                                   std::shared_ptr<RequestLedger> ledger)
    : m_resource(std::move(resource)), m_ledger(std::move(ledger)) {
}

SimulatorService::~SimulatorService() = default;

Result<quint16> SimulatorService::listen(quint16 port) {
    m_server = std::make_unique<HttpServer>([this](const ExchangePtr &exchange) { take(exchange); },
                                            generousLimits());
    m_server->setRefusalWriter([](const Error &error) {
        return Refusal{"application/json"_ba,
                       gatewayError(400, u"BadRequest"_s, error.message).body()};
    });
    return m_server->listen({QHostAddress(QHostAddress::LocalHost)}, port);
}

void SimulatorService::stop() {
    // The players let go of their exchanges, which cuts these; then the server may go.
    qDeleteAll(findChildren<AnswerPlayer *>(Qt::FindDirectChildrenOnly));
    m_server.reset();
}

void SimulatorService::take(const ExchangePtr &exchange) {
    const HttpRequest &request = exchange->request();
    m_ledger->requestCame(request, m_resource.accepts(presentedKey(request)));
    SimulatedAnswer said = answer(request, m_resource, std::chrono::system_clock::now());
    auto *const player = new AnswerPlayer(exchange, std::move(said), this);
    connect(player, &AnswerPlayer::ended, this, [this, player](AnswerPlayer::Outcome outcome) {
        m_ledger->requestEnded(outcome);
        player->deleteLater();
    });
    player->start();
}

} // namespace quaygate::simulator
