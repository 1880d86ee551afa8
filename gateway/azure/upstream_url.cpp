#include "gateway/azure/upstream_url.h"

#include "gateway/azure/api_version.h"
#include "gateway/azure/percent.h"
#include "gateway/azure/query_text.h"
#include "gateway/config/endpoint.h"

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

bool isProject(const QString &prefix) {
    const QStringList segments = prefix.split(u'/');
    const qsizetype size = segments.size();
    return size >= 3 && segments[size - 3] == "api"_L1 && segments[size - 2] == "projects"_L1;
}

/// The path that stands in for `/openai`.
QString openaiRoot(const QString &prefix) {
    return prefix.isEmpty() || isProject(prefix) ? prefix + u"/openai"_s : prefix;
}

QString v1Root(const QString &prefix) {
    return prefix.endsWith("/v1"_L1) ? prefix : openaiRoot(prefix) + u"/v1"_s;
}

QString datedRoot(const QString &prefix) {
    static constexpr QLatin1StringView v1{"/v1"};
    return prefix.endsWith("/openai/v1"_L1) ? prefix.chopped(v1.size()) : openaiRoot(prefix);
}

Error wrong(const QString &message) {
    return Error{ErrorCode::ConfigInvalid, message, {}};
}

Error projectIsV1Only(const Backend &backend) {
    return wrong(u"The backend \"%1\" is a Foundry project, which serves the v1 API only; set its "
                 "api-version to v1."_s.arg(backend.name));
}

/// `{root}[/deployments/{d}]`, to which the path of an operation is added.
Result<QByteArray> datedBase(const Backend &backend, const QString &prefix, bool withDeployment) {
    if (isProject(prefix))
        return projectIsV1Only(backend);
    const QString &name = backend.deploymentName;
    // Dot segments are resolved away by every client on the way, encoded or not.
    if (withDeployment && (name.isEmpty() || name == "."_L1 || name == ".."_L1))
        return wrong(
            u"The backend \"%1\" needs a deployment name for the api-version %2; enter the "
            "name that the portal lists under Deployments."_s.arg(backend.name,
                                                                  backend.apiVersion));
    const QByteArray deployment =
        withDeployment ? "/deployments/" + encodePercent(name) : QByteArray();
    return datedRoot(prefix).toLatin1() + deployment;
}

/// "api-version=…" as the backend wants it; empty on the plain v1 family.
QByteArray versionQuery(const Backend &backend) {
    if (!isV1Family(backend.apiVersion))
        return "api-version=" + encodePercent(backend.apiVersion);
    const bool preview = backend.apiVersion.compare("preview"_L1, Qt::CaseInsensitive) == 0;
    return preview ? "api-version=preview"_ba : QByteArray();
}

Result<QByteArray> urlOf(const Backend &backend, bool withDeployment, QByteArrayView path,
                         const QByteArray &query) {
    const Result<Endpoint> endpoint = parseEndpoint(backend.endpoint);
    if (!endpoint)
        return endpoint.error();
    const QString &prefix = endpoint->pathPrefix;
    const Result<QByteArray> base = isV1Family(backend.apiVersion)
                                        ? Result<QByteArray>(v1Root(prefix).toLatin1())
                                        : datedBase(backend, prefix, withDeployment);
    if (!base)
        return base.error();
    Endpoint origin = *endpoint;
    origin.pathPrefix.clear();
    QByteArray url = origin.url().toLatin1() + *base + '/';
    url += path;
    const QByteArray version = versionQuery(backend);
    for (const QByteArray &part : {version, query}) {
        if (!part.isEmpty())
            url += (url.contains('?') ? '&' : '?') + part;
    }
    return url;
}

} // namespace

Result<QByteArray> upstreamUrl(const Backend &backend, Operation operation) {
    const OperationInfo &info = operationInfo(operation);
    return urlOf(backend, info.deploymentInPath, {info.path.data(), info.path.size()}, {});
}

Result<QByteArray> upstreamUrl(const Backend &backend, QByteArrayView path, QByteArrayView query) {
    // Azure refuses a second version; and a credential of the client's stops here.
    return urlOf(backend, false, path,
                 withoutParameters(query, {"api-version", "api-key", "subscription-key"}));
}

bool deploymentInPath(const Backend &backend, Operation operation) {
    return !isV1Family(backend.apiVersion) && operationInfo(operation).deploymentInPath;
}

} // namespace quaygate
