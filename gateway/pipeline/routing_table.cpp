#include "gateway/pipeline/routing_table.h"

#include "gateway/azure/anthropic_url.h"
#include "gateway/azure/api_version.h"
#include "gateway/azure/web_socket_url.h"
#include "gateway/pipeline/requested_model.h"
#include "gateway/pipeline/web_socket.h"

#include <QStringList>

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString shown(QByteArrayView text) {
    return QString::fromUtf8(text.first(std::min<qsizetype>(text.size(), 200)));
}

Error noRoute(const Config &config, QByteArrayView path) {
    QStringList prefixes;
    for (const Route &route : config.routes)
        prefixes.append(route.match.pathPrefix);
    if (prefixes.isEmpty())
        return {
            ErrorCode::NoRoute, u"No route is configured; add one in Quaygate under Routes."_s, {}};
    return {ErrorCode::NoRoute,
            u"No route serves %1. The path must start with one of: %2, or with /v1 to have the "
            "backend chosen by the model."_s.arg(shown(path), prefixes.join(u", "_s)),
            {}};
}

Error unknownOperation(const Route *route) {
    if (!route)
        return {ErrorCode::UnknownOperation,
                u"The path does not say what is wanted: ask for /v1/chat/completions, "
                "/v1/responses or what else Azure serves."_s,
                {}};
    return {ErrorCode::UnknownOperation,
            u"The path does not say what is wanted of route \"%1\". It serves %2 (chat "
            "completions), %2/chat/completions, %2/responses and what else Azure serves, also with "
            "/v1, /openai/v1 or /openai/deployments/NAME before it."_s.arg(route->name,
                                                                           route->match.pathPrefix),
            {}};
}

Error wrongMethod(QByteArrayView method) {
    return {ErrorCode::MethodNotAllowed,
            u"This path takes POST, not %1."_s.arg(
                QString::fromLatin1(method.first(std::min<qsizetype>(method.size(), 32)))),
            {}};
}

/// Such a deployment speaks Anthropic's API itself, and nothing else.
bool canServe(const Backend &backend, Door door) {
    return backend.provider != Provider::Anthropic || isAnthropics(door);
}

Error onlyMessages(const Backend &backend) {
    return {ErrorCode::UnknownOperation,
            u"The backend \"%1\" is Claude, which answers Anthropic's Messages only: ask "
            "for /v1/messages, or name another backend's model."_s.arg(backend.name),
            {}};
}

QString listOf(const ModelNames &models) {
    constexpr qsizetype most = 50;
    QStringList names;
    for (const QByteArray &name : models.listed().first(std::min(most, models.listed().size())))
        names.append(QString::fromUtf8(name));
    const qsizetype more = models.listed().size() - names.size();
    return names.join(u", "_s) + (more > 0 ? u" and %1 more"_s.arg(more) : QString());
}

Error noModel(const ModelNames &models) {
    return {ErrorCode::BadRequest,
            u"The request names no model; set \"model\" to one of: %1."_s.arg(listOf(models)),
            {}};
}

/// The client's path behind route and family, as the client spelt it.
QByteArrayView rawRest(QByteArrayView path, QByteArrayView canonical, QByteArrayView rest) {
    return withoutSegments(path, canonical.count('/') - rest.count('/'));
}

/// For what names no model, such as files: the v1 family serves most of it.
ModelNames::Backends resourcesOf(const ModelNames::Backends &backends) {
    ModelNames::Backends found;
    std::copy_if(
        backends.begin(), backends.end(), std::back_inserter(found), [](const Backend *backend) {
            return backend->provider == Provider::AzureOpenAi && isV1Family(backend->apiVersion);
        });
    return found.isEmpty() ? backends : found;
}

/// What is passed on as it is may name a model or not, and may be anything.
QByteArray modelOfAnything(const HttpRequest &request) {
    const auto model = requestedModel(request, BodyKind::Json);
    return model ? *model : QByteArray();
}

/// One `*` in the pattern stands for any text.
bool fits(QByteArrayView pattern, QByteArrayView name) {
    const qsizetype star = pattern.indexOf('*');
    if (star < 0)
        return pattern == name;
    const QByteArrayView before = pattern.first(star);
    const QByteArrayView after = pattern.sliced(star + 1);
    return name.size() >= before.size() + after.size() && name.startsWith(before) &&
           name.endsWith(after);
}

/// How much a route asks for beside its prefix: paths count more than headers, these than models.
std::tuple<bool, qsizetype, bool> demand(const RouteMatch &match) {
    return {!match.path.isEmpty(), match.headers.size(), !match.models.isEmpty()};
}

Result<QByteArray> namedModel(const PathBelow &path, const HttpRequest &request) {
    if (!path.deployment.isEmpty())
        return path.deployment;
    if (path.door == Door::WebSocket)
        return modelOfQuery(queryOf(request.target));
    return path.operation ? requestedModel(request, operationInfo(*path.operation).body)
                          : Result<QByteArray>(modelOfAnything(request));
}

} // namespace

Error unknownModel(const ModelNames &models, const QByteArray &model) {
    return {ErrorCode::ModelNotFound,
            u"There is no model \"%1\" here. Ask for one of: %2, or add an alias for it in "
            "Quaygate."_s.arg(shown(model), listOf(models)),
            {}};
}

RoutingTable::RoutingTable(Snapshot snapshot, HealthBoard &board)
    : m_snapshot(std::move(snapshot)) {
    m_urls.resize(static_cast<std::size_t>(m_snapshot->backends.size()));
    m_scopes.reserve(static_cast<std::size_t>(m_snapshot->routes.size()));
    for (const Route &route : m_snapshot->routes)
        addScope(route, board);
    for (auto &[path, scopes] : m_byPath)
        std::stable_sort(scopes.begin(), scopes.end(), [this](std::size_t a, std::size_t b) {
            return demand(m_scopes[a].route->match) > demand(m_scopes[b].route->match);
        });
    addRoot(board);
}

Candidate RoutingTable::candidateFor(const Backend &backend, int weight, int priority,
                                     HealthBoard &board) const {
    return {&backend, weight, priority, board.of(backend)};
}

void RoutingTable::addScope(const Route &route, HealthBoard &board) {
    const QByteArray path = canonicalPath(route.match.pathPrefix.toUtf8());
    m_deepest = std::max(m_deepest, path.count('/'));
    m_byPath[path].push_back(m_scopes.size());
    Scope &scope = m_scopes.emplace_back();
    scope.route = &route;
    scope.pathSize = path.size();
    if (!route.match.path.isEmpty())
        scope.path = canonicalPath(route.match.path.toUtf8());
    for (const RouteBackend &reference : route.backends) {
        const Backend *const backend = m_snapshot->findBackend(reference.name);
        if (!backend)
            continue;
        scope.models.addBackend(*backend);
        scope.candidates.push_back(
            candidateFor(*backend, reference.weight, reference.priority, board));
    }
    scope.models.addAliases(route.modelAliases);
    scope.models.addAliases(m_snapshot->modelAliases);
}

/// Here the order of the configuration is that of preference.
void RoutingTable::addRoot(HealthBoard &board) {
    int priority = 0;
    for (const Backend &backend : m_snapshot->backends) {
        m_root.models.addBackend(backend);
        m_root.candidates.push_back(candidateFor(backend, 1, priority++, board));
    }
    m_root.models.addAliases(m_snapshot->modelAliases);
}

bool RoutingTable::suits(const Scope &scope, QByteArrayView canonical,
                         const HttpRequest &request) const {
    const RouteMatch &match = scope.route->match;
    if (scope.path && canonical.sliced(scope.pathSize) != *scope.path)
        return false;
    for (const HeaderMatch &header : match.headers) {
        const auto value = request.headers.find(header.name.toLatin1());
        if (!value || *value != header.value.toUtf8())
            return false;
    }
    if (match.models.isEmpty())
        return true;
    const PathBelow path = readPathBelow(canonical.sliced(scope.pathSize), request.method);
    const auto model = namedModel(path, request);
    return model && std::any_of(match.models.begin(), match.models.end(),
                                [&](const QString &name) { return fits(name.toUtf8(), *model); });
}

const RoutingTable::Scope *RoutingTable::scopeOf(QByteArrayView canonical,
                                                 const HttpRequest &request) const {
    QByteArrayView candidate = firstSegments(canonical, m_deepest);
    while (true) {
        if (const auto found = m_byPath.find(candidate); found != m_byPath.end()) {
            for (const std::size_t index : found->second) {
                if (suits(m_scopes[index], canonical, request))
                    return &m_scopes[index];
            }
        }
        if (candidate.isEmpty())
            break;
        candidate = candidate.first(candidate.lastIndexOf('/'));
    }
    const bool isServed = !m_snapshot->backends.isEmpty() && isAtTheRoot(canonical);
    return isServed ? &m_root : nullptr;
}

Result<void> RoutingTable::addCandidates(Routed &routed, const Scope &scope, const PathBelow &path,
                                         const HttpRequest &request) const {
    if (scope.candidates.empty())
        return Error{
            ErrorCode::ConfigInvalid,
            u"Route \"%1\" has no backend; choose one under Routes."_s.arg(scope.route->name),
            {}};
    ModelNames::Backends chosen = scope.models.backends();
    if (!scope.route || scope.candidates.size() > 1) { // else it need not be read
        const auto model = namedModel(path, request);
        if (!model)
            return model.error();
        routed.model = *model;
        const ModelNames::Backends named = scope.models.find(*model);
        const bool mustName = !scope.route && (path.operation || path.door == Door::WebSocket);
        if (named.isEmpty() && mustName && !model->isEmpty())
            return unknownModel(scope.models, *model);
        if (named.isEmpty() && mustName && chosen.size() > 1)
            return noModel(scope.models);
        if (!named.isEmpty())
            chosen = named;
        else if (!scope.route)
            chosen = resourcesOf(chosen);
    }
    for (const Candidate &candidate : scope.candidates) {
        if (chosen.contains(candidate.backend) && canServe(*candidate.backend, path.door))
            routed.candidates.push_back(candidate);
    }
    if (routed.candidates.empty())
        return onlyMessages(*chosen.first());
    return {};
}

Result<Routed> RoutingTable::find(const HttpRequest &request) const {
    const QByteArrayView rawPath = pathOf(request.target);
    const QByteArray canonical = canonicalPath(rawPath);
    const Scope *const scope = scopeOf(canonical, request);
    if (!scope)
        return noRoute(*m_snapshot, rawPath);
    const QByteArrayView below = QByteArrayView(canonical).sliced(scope->pathSize);
    PathBelow path = readPathBelow(below, request.method);
    if (asksForWebSocket(request)) {
        path.door = Door::WebSocket;
        path.operation.reset();
    }
    Routed routed;
    routed.route = scope->route;
    routed.door = path.door;
    routed.operation = path.operation;
    routed.models = &scope->models;
    routed.item = path.item;
    if (path.door == Door::Models)
        return routed;
    if (!path.operation && (path.rest.isEmpty() || hasDotSegments(path.rest)))
        return unknownOperation(scope->route);
    if (path.operation && request.method != "POST")
        return wrongMethod(request.method);
    if (const auto added = addCandidates(routed, *scope, path, request); !added)
        return added.error();
    if (!path.operation)
        routed.rest = rawRest(rawPath, canonical, path.rest).toByteArray();
    return routed;
}

Way RoutingTable::way(const Routed &routed, const Backend &backend,
                      const HttpRequest &request) const {
    Way way{&backend, routed.door, routed.operation};
    if (backend.provider == Provider::Anthropic) {
        way.operation.reset();
        way.url = anthropicUrl(backend, routed.door == Door::Messages ? "messages"
                                                                      : "messages/count_tokens");
    } else {
        way.url = urlFor(way, routed, request);
    }
    return way;
}

Result<QByteArray> RoutingTable::urlFor(const Way &way, const Routed &routed,
                                        const HttpRequest &request) const {
    if (way.operation)
        return url(*way.backend, *way.operation);
    const QByteArrayView query = queryOf(request.target);
    return way.door == Door::WebSocket ? webSocketUrl(*way.backend, routed.rest, query)
                                       : upstreamUrl(*way.backend, routed.rest, query);
}

Result<QByteArray> RoutingTable::url(const Backend &backend, Operation operation) const {
    const auto index = static_cast<std::size_t>(&backend - m_snapshot->backends.constData());
    auto &url = m_urls.at(index)[static_cast<std::size_t>(operation)];
    if (!url)
        url = upstreamUrl(backend, operation);
    return *url;
}

} // namespace quaygate
