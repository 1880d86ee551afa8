#pragma once

#include "gateway/azure/upstream_url.h"
#include "gateway/config/config.h"
#include "gateway/http/exchange.h"
#include "gateway/pipeline/model_names.h"
#include "gateway/pipeline/request_path.h"
#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

namespace quaygate {

/// Where a request goes. The pointers are into the table that was asked. With Door::Messages and no
/// operation the backend speaks Anthropic's API itself.
struct Routed {
    const Route *route = nullptr;     ///< null: no route's prefix; the model chose the backend
    const Backend *backend = nullptr; ///< null for Door::Models
    Door door = Door::OpenAi;
    std::optional<Operation> operation;   ///< nothing: whatever it is, it is passed on as it is
    Result<QByteArray> url{QByteArray()}; ///< upstream
    const ModelNames *models = nullptr;   ///< what can be chosen from there
    QByteArray item;                      ///< Door::Models: the one that is asked for
    bool translated = false; ///< `operation` is not what the client asked for, but the other of
                             ///< chat completions and responses
};

/// Says which models there are.
Error unknownModel(const ModelNames &models, const QByteArray &model);

/// A snapshot made ready for requests: paths decoded, routes found by hash, upstream URLs built
/// once. Belongs to one worker's thread, where exchanges share it until the last of them ends.
class RoutingTable {
public:
    explicit RoutingTable(Snapshot snapshot);

    /// The route of a raw request target: the longest prefix wins, on whole path segments; what
    /// follows the prefix names the operation in any of the spellings that clients use, or anything
    /// else that the backend's resource serves. A route with several backends is asked for one by
    /// the model that the request names, and answers with its first where that says nothing.
    ///
    /// /v1 and /openai without a prefix serve every backend; there the model must name one. What
    /// names no model (files, a stored response) goes to the first backend of the v1 family, or the
    /// first of all. NoRoute lists the
    /// prefixes there are, ModelNotFound the models.
    Result<Routed> find(const HttpRequest &request) const;

    /// The upstream URL of another operation of a backend of the snapshot.
    Result<QByteArray> url(const Backend &backend, Operation operation) const;

private:
    /// A route, or the root that is none.
    struct Scope {
        const Route *route = nullptr;
        qsizetype pathSize = 0; ///< of its prefix, in the spelling of `find`
        ModelNames models;
    };
    /// Upstream URLs of one backend by operation, made on first use.
    using Urls = std::array<std::optional<Result<QByteArray>>, operationTable.size()>;
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(QByteArrayView text) const { return qHash(text); }
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(QByteArrayView a, QByteArrayView b) const { return a == b; }
    };

    void addScope(const Route &route);
    const Scope *scopeOf(QByteArrayView path) const;
    Result<const Backend *> backendFor(const Scope &scope, const PathBelow &path,
                                       const HttpRequest &request) const;
    Result<QByteArray> urlFor(const Routed &routed, const HttpRequest &request,
                              QByteArrayView rawRest) const;

    Snapshot m_snapshot;
    std::vector<Scope> m_scopes;
    Scope m_root;
    mutable std::vector<Urls> m_urls; ///< in the order of the snapshot's backends
    std::unordered_map<QByteArray, std::size_t, Hash, Equal> m_byPath;
    qsizetype m_deepest = 0; ///< segments of the longest prefix
};

} // namespace quaygate
