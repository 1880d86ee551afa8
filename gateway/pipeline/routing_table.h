#pragma once

#include "gateway/azure/upstream_url.h"
#include "gateway/config/config.h"
#include "gateway/http/exchange.h"
#include "gateway/pipeline/backend_choice.h"
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

/// Where a request goes. The pointers are into the table that was asked.
struct Routed {
    const Route *route = nullptr; ///< null: no route's prefix; the model chose the backends
    Door door = Door::OpenAi;
    std::optional<Operation> operation; ///< nothing: whatever it is, it is passed on as it is
    /// Those that can serve it, at least one; none for Door::Models.
    std::vector<Candidate> candidates;
    const ModelNames *models = nullptr; ///< what can be chosen from there
    std::optional<QByteArray> model;    ///< that the request names, if that had to be read
    QByteArray item;                    ///< Door::Models: the one that is asked for
    QByteArray rest; ///< without an operation: the path behind route and family, as it was spelt

    const Backend &firstBackend() const { return *candidates.front().backend; }
};

/// How a backend is asked. With Door::Messages and no operation it speaks Anthropic's API itself.
struct Way {
    const Backend *backend = nullptr;
    Door door = Door::OpenAi;
    std::optional<Operation> operation;
    Result<QByteArray> url{QByteArray()}; ///< upstream
    bool translated = false; ///< `operation` is not what the client asked for, but the other of
                             ///< chat completions and responses
};

/// Says which models there are.
Error unknownModel(const ModelNames &models, const QByteArray &model);

/// A snapshot made ready for requests: paths decoded, routes found by hash, upstream URLs built
/// once. Belongs to one worker's thread, where exchanges share it until the last of them ends.
class RoutingTable {
public:
    RoutingTable(Snapshot snapshot, HealthBoard &board);

    /// The route of a request: the longest prefix wins, on whole path segments, and of routes with
    /// the same one the one that asks for most else (path, then headers, then models). What follows
    /// the prefix names the operation in any of the spellings that clients use, or anything else
    /// that the backend's resource serves. Of a route's backends those serve that the model names
    /// which the request asks for; all of them where that names none.
    ///
    /// /v1 and /openai without a prefix serve every backend; there the model must name one, and of
    /// several with a deployment of that name the first is asked first. What names no model (files,
    /// a stored response) goes to the backends of the v1 family, or to all. NoRoute lists the
    /// prefixes there are, ModelNotFound the models.
    Result<Routed> find(const HttpRequest &request) const;

    /// How one of the candidates is asked.
    Way way(const Routed &routed, const Backend &backend, const HttpRequest &request) const;

    /// The upstream URL of another operation of a backend of the snapshot.
    Result<QByteArray> url(const Backend &backend, Operation operation) const;

private:
    /// A route, or the root that is none.
    struct Scope {
        const Route *route = nullptr;
        qsizetype pathSize = 0;         ///< of its prefix, in the spelling of `find`
        std::optional<QByteArray> path; ///< below it, exactly; in the same spelling
        std::vector<Candidate> candidates;
        ModelNames models;
    };
    using Scopes = std::vector<std::size_t>; ///< of one prefix, by what they ask for
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

    void addScope(const Route &route, HealthBoard &board);
    void addRoot(HealthBoard &board);
    Candidate candidateFor(const Backend &backend, int weight, int priority,
                           HealthBoard &board) const;
    bool suits(const Scope &scope, QByteArrayView canonical, const HttpRequest &request) const;
    const Scope *scopeOf(QByteArrayView canonical, const HttpRequest &request) const;
    Result<void> addCandidates(Routed &routed, const Scope &scope, const PathBelow &path,
                               const HttpRequest &request) const;
    Result<QByteArray> urlFor(const Way &way, const Routed &routed,
                              const HttpRequest &request) const;

    Snapshot m_snapshot;
    std::vector<Scope> m_scopes;
    Scope m_root;
    mutable std::vector<Urls> m_urls; ///< in the order of the snapshot's backends
    std::unordered_map<QByteArray, Scopes, Hash, Equal> m_byPath;
    qsizetype m_deepest = 0; ///< segments of the longest prefix
};

} // namespace quaygate
