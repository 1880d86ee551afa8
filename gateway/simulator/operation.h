#pragma once

#include "gateway/http/exchange.h"
#include "gateway/simulator/api_version.h"
#include "gateway/simulator/multipart_form.h"
#include "gateway/simulator/simulated_resource.h"

#include <QFlags>
#include <QJsonObject>

#include <optional>
#include <span>

namespace quaygate::simulator {

/// Where an operation lives.
enum class Family {
    Deployment = 1, ///< /openai/deployments/{deployment}/{path}?api-version={date}
    Resource = 2,   ///< /openai/{path}?api-version={date}
    V1 = 4,         ///< /openai/v1/{path}
    Anthropic = 8,  ///< /anthropic/v1/{path}
    Root = 16,      ///< /{path}, whatever lies before the others; asks for no key
};
Q_DECLARE_FLAGS(Families, Family)
Q_DECLARE_OPERATORS_FOR_FLAGS(Families)

/// What the body of a request has to be.
enum class Takes { Nothing, Json, Form };

struct Operation;

/// A request that was understood so far: which operation, on what.
struct Call {
    const HttpRequest *request = nullptr; ///< never null; as long as it is being answered
    const Operation *operation = nullptr;
    Family family = Family::Resource;
    ApiVersion version;
    QString deploymentName; ///< as asked for; empty if the operation has none
    QString item;           ///< what `{…}` of the path stands for
    QJsonObject body;       ///< if the operation takes JSON
    MultipartForm form;     ///< if it takes a form
    Deployment *deployment = nullptr;
    std::optional<Fault> fault; ///< that strikes this request
    Milliseconds tokenInterval{0};
    int answerTokens = 0; ///< length asked for with x-simulator-tokens; 0: as it comes
    Instant now{};

    /// Of the request's query, decoded; names without case, the first one counts, empty if absent.
    QByteArray query(QByteArrayView name) const;
    /// `now` as the answers write it, in seconds since the epoch.
    qint64 seconds() const;
};

using OperationHandler = SimulatedAnswer (*)(const Call &, SimulatedResource &);

/// One line of what the resource can do. A new operation is a new line.
struct Operation {
    Families families;
    const char *method;
    const char *path;      ///< below the family's part; `{…}` stands for any one segment
    const char *name;      ///< as rate limit errors call it
    const char *shortName; ///< as OperationNotSupported calls it
    const char *since;     ///< the first dated version with it; empty: all
    const char *until;     ///< the last one; empty: all
    Takes takes;
    /// That the deployment's model must have; the path names the deployment, or else the body's
    /// `model`. None: it needs no deployment.
    Abilities ability;
    OperationHandler handler;
};

std::span<const Operation> operations();

/// The operation that a request means, with what its URL says; nothing if there is none there. The
/// call refers to the request.
std::optional<Call> route(const HttpRequest &request, const QList<QByteArray> &pathPrefix);

} // namespace quaygate::simulator
