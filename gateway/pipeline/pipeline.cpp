#include "gateway/pipeline/pipeline.h"

#include "gateway/pipeline/forwarding.h"
#include "gateway/pipeline/reception.h"
#include "gateway/pipeline/routing_table.h"
#include "gateway/pipeline/rule_table.h"

namespace quaygate {

Pipeline::Pipeline(Credentials::Source secrets, Shared shared)
    : m_shared(std::move(shared))
    , m_credentials(std::move(secrets))
    , m_random(std::random_device()()) {
}

Pipeline::~Pipeline() = default;

void Pipeline::setSnapshot(const Snapshot &snapshot) {
    m_table = std::make_shared<RoutingTable>(snapshot, *m_shared.board);
    m_rules = std::make_shared<RuleTable>(snapshot, *m_shared.meters, *m_shared.budgets);
    m_credentials.forgetTokens();
}

void Pipeline::handle(ExchangePtr exchange) {
    const bool keepsBodies = m_rules->keepsBodies(TrafficRecord::Clock::now());
    auto recorded =
        std::make_shared<RecordedExchange>(std::move(exchange), m_shared.sink, keepsBodies);
    recorded->atEnd([rules = m_rules](TrafficRecord &record) {
        record.cost = rules->prices().cost(record.modelReturned, record.usage);
    });
    auto admitted = receive(std::move(recorded), {m_access, *m_table, m_rules, m_shared.metrics});
    if (admitted)
        forward(std::move(*admitted));
}

void Pipeline::forward(Admitted admitted) {
    auto forwarding = std::make_unique<Forwarding>(
        std::move(admitted), m_table, m_rules,
        Forwarding::Means{
            {m_credentials, m_upstream, m_learned, m_parameters}, m_servedBy, m_random});
    Forwarding &entered = *forwarding;
    m_active.emplace(&entered, std::move(forwarding));
    entered.start([this, key = &entered] { m_active.erase(key); });
}

} // namespace quaygate
