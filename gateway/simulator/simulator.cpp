#include "gateway/simulator/simulator.h"

#include "gateway/simulator/simulator_service.h"

#include <QRandomGenerator>
#include <QThread>

using namespace Qt::StringLiterals;

namespace quaygate {

using simulator::RequestLedger;
using simulator::SimulatedResource;
using simulator::SimulatorService;

QList<SimulatedDeployment> SimulatorSettings::demoDeployments() {
    QList<SimulatedDeployment> deployments;
    for (const QString &model : {u"gpt-4.1-mini"_s, u"o4-mini"_s, u"text-embedding-3-small"_s,
                                 u"gpt-5-codex"_s, u"gpt-35-turbo"_s, u"gpt-image-1"_s,
                                 u"whisper"_s, u"gpt-4o-mini-tts"_s, u"claude-sonnet-4-5"_s})
        deployments.append({model, model, {}});
    return deployments;
}

std::optional<Error> checkSimulatorFault(const QString &fault) {
    const Result<simulator::Fault> parsed = simulator::parseFault(fault.toUtf8());
    return parsed ? std::nullopt : std::optional(parsed.error());
}

class Simulator::Private {
public:
    explicit Private(SimulatorSettings given) : settings(std::move(given)) {}

    SimulatorSettings settings;
    std::shared_ptr<RequestLedger> ledger = std::make_shared<RequestLedger>();
    QThread thread;
    std::unique_ptr<SimulatorService> service;
    quint16 port = 0;
};

Simulator::Simulator(SimulatorSettings settings, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(std::move(settings))) {
    d->thread.setObjectName(u"simulator"_s);
}

Simulator::~Simulator() {
    if (!d->service)
        return;
    SimulatorService *const service = d->service.get();
    QMetaObject::invokeMethod(
        service, [service] { service->stop(); }, Qt::QueuedConnection);
    QMetaObject::invokeMethod(
        service, [this] { d->thread.quit(); }, Qt::QueuedConnection);
    d->thread.wait();
}

void Simulator::start(std::function<void(Result<quint16>)> done) {
    const auto tell = [this, done = std::move(done)](const Result<quint16> &result) {
        QMetaObject::invokeMethod(
            this,
            [this, done, result] {
                d->port = result ? *result : 0;
                done(result);
            },
            Qt::QueuedConnection);
    };
    Result<SimulatedResource> resource =
        SimulatedResource::make(d->settings, QRandomGenerator::global()->generate());
    if (!resource)
        return tell(resource.error());

    d->service = std::make_unique<SimulatorService>(std::move(resource).value(), d->ledger);
    d->service->moveToThread(&d->thread);
    d->thread.start();
    SimulatorService *const service = d->service.get();
    const quint16 port = d->settings.port;
    QMetaObject::invokeMethod(
        service, [service, port, tell] { tell(service->listen(port)); }, Qt::QueuedConnection);
}

quint16 Simulator::port() const {
    return d->port;
}

SimulatorStatistics Simulator::statistics() const {
    return d->ledger->statistics();
}

} // namespace quaygate
