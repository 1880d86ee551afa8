#pragma once

#include "gateway/http/exchange.h"
#include "gateway/simulator/api_version.h"
#include "gateway/simulator/simulated_resource.h"

#include <QJsonObject>

#include <optional>
#include <span>

namespace quaygate::simulator {

/// The two families of URLs, the deployments one in two halves.
enum class Family {
    Deployment, ///< /openai/deployments/{deployment}/{path}?api-version={date}
    Resource,   ///< /openai/{path}?api-version={date}
    V1,         ///< /openai/v1/{path}
};

struct Operation;

/// A request that was understood so far: which operation, on what.
struct Call {
    const Operation *operation = nullptr;
    ApiVersion version;
    QString deploymentName; ///< as asked for; empty if the operation has none
    QString item;           ///< what `{id}` of the path stands for
    QJsonObject body;
    Deployment *deployment = nullptr;
    std::optional<Fault> fault; ///< that strikes this request
    Milliseconds tokenInterval{0};
    int answerTokens = 0; ///< length asked for with x-simulator-tokens; 0: as it comes
    Instant now{};
};

using OperationHandler = SimulatedAnswer (*)(const Call &, SimulatedResource &);

/// One line of what the resource can do. A new operation is a new line.
struct Operation {
    Family family;
    const char *method;
    const char *path;      ///< below the family's part; `{id}` stands for any one segment
    const char *name;      ///< as rate limit errors call it
    const char *shortName; ///< as OperationNotSupported calls it
    const char *since;     ///< the first dated version with it; empty: all
    const char *until;     ///< the last one; empty: all
    bool onDeployment;     ///< needs one: of the path, or on v1 of the body's `model`
    Ability ability;       ///< that the deployment's model must have
    OperationHandler handler;
};

std::span<const Operation> operations();

/// The operation that a request means, with what its URL says; nothing if there is none there.
std::optional<Call> route(const HttpRequest &request, const QList<QByteArray> &pathPrefix);

} // namespace quaygate::simulator
