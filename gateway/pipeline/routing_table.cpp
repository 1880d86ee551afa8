#include "gateway/pipeline/routing_table.h"

#include "gateway/azure/anthropic_url.h"
#include "gateway/azure/api_version.h"
#include "gateway/azure/web_socket_url.h"
#include "gateway/pipeline/requested_model.h"
#include "gateway/pipeline/web_socket.h"

#include <QStringList>

#include <algorithm>
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
Result<Routed> toClaude(Routed routed) {
    if (!isAnthropics(routed.door))
        return Error{
            ErrorCode::UnknownOperation,
            u"The backend \"%1\" is Claude, which answers Anthropic's Messages only: ask "
            "for /v1/messages, or name another backend's model."_s.arg(routed.backend->name),
            {}};
    routed.operation.reset();
    routed.url = anthropicUrl(*routed.backend,
                              routed.door == Door::Messages ? "messages" : "messages/count_tokens");
    return routed;
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
const Backend *resourceOf(const QList<const Backend *> &backends) {
    const auto found = std::find_if(backends.begin(), backends.end(), [](const Backend *backend) {
        return backend->provider == Provider::AzureOpenAi && isV1Family(backend->apiVersion);
    });
    return found == backends.end() ? backends.first() : *found;
}

/// What is passed on as it is may name a model or not, and may be anything.
QByteArray modelOfAnything(const HttpRequest &request) {
    const auto model = requestedModel(request, BodyKind::Json);
    return model ? *model : QByteArray();
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

RoutingTable::RoutingTable(Snapshot snapshot) : m_snapshot(std::move(snapshot)) {
    m_urls.resize(static_cast<std::size_t>(m_snapshot->backends.size()));
    m_scopes.reserve(static_cast<std::size_t>(m_snapshot->routes.size()));
    for (const Route &route : m_snapshot->routes)
        addScope(route);
    for (const Backend &backend : m_snapshot->backends)
        m_root.models.addBackend(backend);
    m_root.models.addAliases(m_snapshot->modelAliases);
}

void RoutingTable::addScope(const Route &route) {
    const QByteArray path = canonicalPath(route.match.pathPrefix.toUtf8());
    m_deepest = std::max(m_deepest, path.count('/'));
    m_byPath.emplace(path, m_scopes.size());
    Scope &scope = m_scopes.emplace_back();
    scope.route = &route;
    scope.pathSize = path.size();
    for (const RouteBackend &reference : route.backends) {
        if (const Backend *const backend = m_snapshot->findBackend(reference.name))
            scope.models.addBackend(*backend);
    }
    scope.models.addAliases(route.modelAliases);
    scope.models.addAliases(m_snapshot->modelAliases);
}

const RoutingTable::Scope *RoutingTable::scopeOf(QByteArrayView path) const {
    QByteArrayView candidate = firstSegments(path, m_deepest);
    while (true) {
        if (const auto found = m_byPath.find(candidate); found != m_byPath.end())
            return &m_scopes[found->second];
        if (candidate.isEmpty())
            break;
        candidate = candidate.first(candidate.lastIndexOf('/'));
    }
    const bool isServed = !m_snapshot->backends.isEmpty() && isAtTheRoot(path);
    return isServed ? &m_root : nullptr;
}

Result<const Backend *> RoutingTable::backendFor(const Scope &scope, const PathBelow &path,
                                                 const HttpRequest &request) const {
    const QList<const Backend *> &backends = scope.models.backends();
    if (backends.isEmpty())
        return Error{
            ErrorCode::ConfigInvalid,
            u"Route \"%1\" has no backend; choose one under Routes."_s.arg(scope.route->name),
            {}};
    if (scope.route && backends.size() == 1)
        return backends.first(); // whatever the request says, so it is not read
    const auto model = namedModel(path, request);
    if (!model)
        return model.error();
    const Backend *const backend = scope.models.find(*model);
    const bool mustName = path.operation || path.door == Door::WebSocket;
    if (backend)
        return backend;
    if (scope.route)
        return backends.first();
    if (!mustName)
        return resourceOf(backends);
    if (!model->isEmpty())
        return unknownModel(scope.models, *model);
    if (backends.size() > 1)
        return noModel(scope.models);
    return backends.first();
}

Result<Routed> RoutingTable::find(const HttpRequest &request) const {
    const QByteArrayView rawPath = pathOf(request.target);
    const QByteArray canonical = canonicalPath(rawPath);
    const Scope *const scope = scopeOf(canonical);
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
    const auto backend = backendFor(*scope, path, request);
    if (!backend)
        return backend.error();
    routed.backend = *backend;
    if ((*backend)->provider == Provider::Anthropic)
        return toClaude(std::move(routed));
    routed.url = urlFor(routed, request, rawRest(rawPath, canonical, path.rest));
    return routed;
}

Result<QByteArray> RoutingTable::urlFor(const Routed &routed, const HttpRequest &request,
                                        QByteArrayView rawRest) const {
    if (routed.operation)
        return url(*routed.backend, *routed.operation);
    const QByteArrayView query = queryOf(request.target);
    return routed.door == Door::WebSocket ? webSocketUrl(*routed.backend, rawRest, query)
                                          : upstreamUrl(*routed.backend, rawRest, query);
}

Result<QByteArray> RoutingTable::url(const Backend &backend, Operation operation) const {
    const auto index = static_cast<std::size_t>(&backend - m_snapshot->backends.constData());
    auto &url = m_urls.at(index)[static_cast<std::size_t>(operation)];
    if (!url)
        url = upstreamUrl(backend, operation);
    return *url;
}

} // namespace quaygate
