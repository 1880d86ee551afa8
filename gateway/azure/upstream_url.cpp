#include "gateway/azure/upstream_url.h"

#include "gateway/azure/api_version.h"
#include "gateway/azure/percent.h"
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

/// The path and query of the v1 family.
QByteArray v1Target(const Backend &backend, const QString &prefix, const QByteArray &operation) {
    const bool preview = backend.apiVersion.compare("preview"_L1, Qt::CaseInsensitive) == 0;
    return v1Root(prefix).toLatin1() + operation +
           (preview ? "?api-version=preview"_ba : QByteArray());
}

/// The path and query of the dated family.
Result<QByteArray> datedTarget(const Backend &backend, const QString &prefix,
                               const OperationInfo &info, const QByteArray &operation) {
    if (isProject(prefix))
        return wrong(
            u"The backend \"%1\" is a Foundry project, which serves the v1 API only; set its "
            "api-version to v1."_s.arg(backend.name));
    const QString &name = backend.deploymentName;
    // Dot segments are resolved away by every client on the way, encoded or not.
    if (info.deploymentInPath && (name.isEmpty() || name == "."_L1 || name == ".."_L1))
        return wrong(
            u"The backend \"%1\" needs a deployment name for the api-version %2; enter the "
            "name that the portal lists under Deployments."_s.arg(backend.name,
                                                                  backend.apiVersion));
    const QByteArray deployment =
        info.deploymentInPath ? "/deployments/" + encodePercent(name) : QByteArray();
    return datedRoot(prefix).toLatin1() + deployment + operation +
           "?api-version=" + encodePercent(backend.apiVersion);
}

} // namespace

Result<QByteArray> upstreamUrl(const Backend &backend, Operation operation) {
    const Result<Endpoint> endpoint = parseEndpoint(backend.endpoint);
    if (!endpoint)
        return endpoint.error();
    const OperationInfo &info = operationInfo(operation);
    const QByteArray path = '/' + QByteArray(info.path.data(), info.path.size());
    const Result<QByteArray> target = isV1Family(backend.apiVersion)
                                          ? v1Target(backend, endpoint->pathPrefix, path)
                                          : datedTarget(backend, endpoint->pathPrefix, info, path);
    if (!target)
        return target.error();

    Endpoint origin = *endpoint;
    origin.pathPrefix.clear();
    return origin.url().toLatin1() + *target;
}

bool deploymentInPath(const Backend &backend) {
    return !isV1Family(backend.apiVersion);
}

} // namespace quaygate
