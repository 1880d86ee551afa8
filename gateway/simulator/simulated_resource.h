#pragma once

#include "gateway/secrets/secret.h"
#include "gateway/simulator/batch_store.h"
#include "gateway/simulator/fault.h"
#include "gateway/simulator/quota_counter.h"
#include "gateway/simulator/response_store.h"
#include "gateway/simulator/simulated_model.h"
#include "gateway/simulator/simulator.h"
#include "gateway/simulator/token_issuer.h"

#include <QRandomGenerator>

#include <list>
#include <optional>
#include <utility>
#include <vector>

namespace quaygate::simulator {

/// A deployment and what changes about it.
struct Deployment {
    QString name;
    Model model;
    std::optional<Fault> fault;
    QuotaCounter quota;
};

/// The resource that is simulated, and all the state there is. Whoever uses it does so on one
/// thread.
class SimulatedResource {
public:
    /// BadRequest if a deployment's fault is none.
    static Result<SimulatedResource> make(const SimulatorSettings &settings, quint32 seed);

    /// Names compare without case. Null if there is none.
    Deployment *find(QStringView name);
    const std::vector<Deployment> &deployments() const { return m_deployments; }

    /// Compared in constant time. A resource without a key accepts every one, and none.
    bool accepts(QByteArrayView key) const;
    bool hasKey() const { return !m_key.isEmpty(); }

    const QList<QByteArray> &pathPrefix() const { return m_pathPrefix; }
    Milliseconds tokenInterval() const { return m_tokenInterval; }

    /// Whether a fault spoils this request, by its `every` and `first`; counts the request.
    bool strikes(const Fault &fault);

    ResponseStore &responses() { return m_responses; }
    FileStore &files() { return m_files; }
    BatchStore &batches() { return m_batches; }
    const TokenIssuer &tokens() const { return m_tokens; }
    /// Nothing: as long as the service that grants a token usually does.
    std::optional<std::chrono::seconds> tokenLifetime() const { return m_tokenLifetime; }

    QByteArray guid();
    /// `length` letters and digits.
    QString letters(int length);
    QRandomGenerator &random() { return m_random; }

private:
    SimulatedResource(const SimulatorSettings &settings, quint32 seed);

    Secret m_key;
    std::vector<Deployment> m_deployments;
    QList<QByteArray> m_pathPrefix;
    Milliseconds m_tokenInterval;
    QRandomGenerator m_random;
    ResponseStore m_responses;
    FileStore m_files;
    BatchStore m_batches;
    TokenIssuer m_tokens;
    std::optional<std::chrono::seconds> m_tokenLifetime;
    /// How often each fault was asked for; the oldest is forgotten when there are too many.
    std::list<std::pair<QByteArray, qint64>> m_strikes;
};

} // namespace quaygate::simulator
