#include "gateway/azure/address.h"

#include "gateway/azure/address_path.h"
#include "gateway/azure/address_query.h"
#include "gateway/azure/address_text.h"
#include "gateway/azure/api_version.h"
#include "gateway/azure/azure_host.h"
#include "gateway/azure/operations.h"
#include "gateway/azure/percent.h"
#include "gateway/config/config.h"

#include <algorithm>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

/// A name without a dot would be read as that of a resource.
bool canStandAlone(const QString &host) {
    return host.contains(u'.') || host.startsWith(u'[') || host == "localhost"_L1;
}

/// The host and, where it is not the obvious one, everything around it.
QString endpointText(const UrlParts &parts, const QStringList &prefix) {
    const bool plainHost = parts.scheme == "https"_L1 && parts.port < 0 && prefix.isEmpty() &&
                           canStandAlone(parts.host);
    if (plainHost)
        return parts.host;
    QString text = parts.scheme + u"://"_s + parts.host;
    if (parts.port >= 0)
        text += u':' + QString::number(parts.port);
    for (const QString &segment : prefix)
        text += u'/' + QString::fromLatin1(encodePercent(segment));
    return text;
}

/// The path prefix that the endpoint keeps, by the rule in the header.
QStringList endpointPrefix(const UrlParts &parts, const AddressPath &path, QStringList &warnings) {
    const bool azure = isAzureHost(parts.host);
    QStringList prefix = path.prefix;
    if (azure && !prefix.isEmpty()) {
        warnings << u"An Azure resource has no path in front of /openai; that part was dropped."_s;
        prefix.clear();
    }
    if (!path.project.isEmpty())
        return prefix << u"api"_s << u"projects"_s << path.project;
    if (!prefix.isEmpty() && path.openaiSegment)
        return prefix << u"openai"_s;
    const bool v1Base = path.family == PathFamily::OpenAiCompatible && path.operation.isEmpty();
    if (!prefix.isEmpty() && v1Base)
        return prefix << u"v1"_s;
    if (!prefix.isEmpty() || azure || path.openaiSegment)
        return prefix;

    // A front without prefix and without `openai`.
    const bool operationAtRoot = path.family == PathFamily::Unknown && !path.operation.isEmpty();
    if (path.family == PathFamily::OpenAiCompatible || operationAtRoot)
        return {u"v1"_s};
    if (path.family == PathFamily::Deployment)
        warnings
            << u"The address has no /openai in its path, and Quaygate always adds it on a host "
               "without a path prefix."_s;
    return {};
}

QString v1Version(const QString &given, QStringList &warnings) {
    if (isV1Family(given))
        return given.isEmpty() ? u"v1"_s : given;
    warnings << u"The v1 API refuses a dated api-version; %1 was dropped."_s.arg(given);
    return u"v1"_s;
}

QString datedVersion(const QString &given, QStringList &warnings) {
    if (given.isEmpty()) {
        warnings << u"The address names no api-version; %1 was assumed."_s.arg(defaultDatedVersion);
        return defaultDatedVersion;
    }
    if (isV1Family(given))
        warnings << u"The api-version %1 belongs to the v1 API; requests will go to /openai/v1."_s
                        .arg(given);
    return given;
}

/// The version as written if it can be one, else empty.
QString plausibleVersion(const QString &written, QStringList &warnings) {
    const QString version = written.toLower();
    if (version.isEmpty() || isV1Family(version) || isDatedVersion(version))
        return version;
    if (version == "latest"_L1)
        warnings << u"The api-version \"latest\" is not documented and was dropped."_s;
    else
        warnings << u"The api-version in the address is neither a date, v1 nor preview; it was "
                    "dropped."_s;
    return {};
}

QString versionFor(PathFamily family, const QString &written, QStringList &warnings) {
    const QString given = plausibleVersion(written, warnings);
    switch (family) {
    case PathFamily::V1:
    case PathFamily::Project:
    case PathFamily::OpenAiCompatible:
        return v1Version(given, warnings);
    case PathFamily::Deployment:
    case PathFamily::Resource:
        return datedVersion(given, warnings);
    case PathFamily::Models:
    case PathFamily::Agent:
        return u"v1"_s;
    case PathFamily::Anthropic:
    case PathFamily::Speech:
        return {};
    case PathFamily::Root:
    case PathFamily::Unknown:
        break;
    }
    return given;
}

/// What a person should know about the family itself.
QString familyWarning(const AddressPath &path, bool azure) {
    switch (path.family) {
    case PathFamily::Models:
        return u"The Model Inference API (/models) is retired; the same deployments answer on "
               "/openai/v1, which is used instead."_s;
    case PathFamily::Agent:
        return u"This is the address of an agent, which cannot be used as an Azure OpenAI backend; "
               "the project's deployments can, by their names."_s;
    case PathFamily::Anthropic:
        return u"This address speaks the Anthropic protocol and cannot be used as an Azure OpenAI "
               "backend."_s;
    case PathFamily::Speech:
        return u"This is the address of the Speech service, which cannot be used as an Azure "
               u"OpenAI "
               "backend."_s;
    case PathFamily::OpenAiCompatible:
        return azure ? u"Azure serves this under /openai/v1, which is used instead of /v1."_s
                     : QString();
    case PathFamily::Unknown:
        if (azure)
            return u"The path is not one of Azure OpenAI's; /openai is used instead."_s;
        return u"The path is not one of Azure OpenAI's and is kept as a prefix; if the service "
               "behind it wants /openai next, add that to the end of the endpoint."_s;
    default:
        return {};
    }
}

QString operationWarning(const AddressPath &path) {
    const bool otherService = path.family == PathFamily::Agent ||
                              path.family == PathFamily::Anthropic ||
                              path.family == PathFamily::Speech;
    if (path.operation.isEmpty() || otherService)
        return {};
    if (path.family == PathFamily::Project &&
        operationOfPath(path.operation) == Operation::Embeddings)
        return u"A project does not serve embeddings; use the endpoint of its resource."_s;
    if (path.operation.startsWith("realtime"_L1))
        return u"The address is for the realtime API, which Quaygate does not serve; the other "
               "operations of this deployment it does."_s;
    return {};
}

QString deploymentWarning(const QString &name) {
    const bool usual =
        name.size() <= 64 && std::all_of(name.begin(), name.end(), [](QChar c) {
            return c.unicode() < 128 && (c.isLetterOrNumber() || u"-_."_s.contains(c));
        });
    return usual ? QString()
                 : u"Azure's deployment names have letters, digits, '-', '_' and '.' only, at most "
                   u"64 "
                   "of them; check the name."_s;
}

QString bearerWarning(const QString &host) {
    return wantsBearer(host) ? u"This service takes its key as a bearer token only; Quaygate sends "
                               "keys in the api-key header, which it may refuse."_s
                             : QString();
}

} // namespace

Result<AzureAddress> parseAddress(const QString &text) {
    const QStringView clean = cleanAddressText(text);
    AzureAddress address;
    if (clean == simulatorEndpoint) {
        address.endpoint = simulatorEndpoint;
        return address;
    }

    const Result<UrlParts> parts = splitAddress(clean);
    if (!parts)
        return parts.error();
    const Result<QStringList> segments = pathSegments(parts->path);
    if (!segments)
        return segments.error();
    const AddressPath path = readAddressPath(*segments, isFoundryHost(parts->host));
    const AddressQuery query = readAddressQuery(parts->query);

    QStringList warnings = parts->warnings;
    address.endpoint = endpointText(*parts, endpointPrefix(*parts, path, warnings));
    address.deploymentName =
        path.deploymentName.isEmpty() ? query.deploymentName : path.deploymentName;
    address.apiVersion = versionFor(path.family, query.apiVersion, warnings);
    address.operation = path.operation;
    address.key = query.key;
    const bool azure = isAzureHost(parts->host);
    warnings << familyWarning(path, azure) << operationWarning(path)
             << deploymentWarning(address.deploymentName) << bearerWarning(parts->host)
             << query.warnings;
    warnings.removeAll(QString());
    warnings.removeDuplicates();
    address.warnings = warnings;
    return address;
}

} // namespace quaygate
