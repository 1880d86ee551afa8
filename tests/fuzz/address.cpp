#include "gateway/azure/address.h"

#include "gateway/azure/api_version.h"
#include "gateway/azure/upstream_url.h"
#include "gateway/config/endpoint.h"
#include "tests/fuzz/target.h"

using namespace Qt::StringLiterals;

// What someone pastes as an address.

namespace quaygate::fuzz {
namespace {

Backend backendOf(const AzureAddress &address) {
    Backend backend;
    backend.name = u"b"_s;
    backend.endpoint = address.endpoint;
    backend.deploymentName = address.deploymentName;
    backend.apiVersion = address.apiVersion;
    return backend;
}

void checkEndpoint(const AzureAddress &address) {
    if (address.endpoint == simulatorEndpoint)
        return;
    const Result<Endpoint> endpoint = parseEndpoint(address.endpoint);
    // http to another machine is told in a warning, so that the form can say it beside the field.
    check(endpoint.ok() || address.endpoint.startsWith("http://"_L1),
          "an endpoint that was read is one that a backend can have");
    const Result<AzureAddress> again = parseAddress(address.endpoint);
    check(again.ok(), "an endpoint that was read can be pasted");
    // Azure's own words are read in any case and written in theirs.
    check(again->endpoint.compare(address.endpoint, Qt::CaseInsensitive) == 0,
          "an endpoint that is pasted stays as it is");
}

/// The URL that is called for a backend, pasted as its address, is the same backend.
void checkReadsBack(const AzureAddress &address, const OperationInfo &operation) {
    const Backend backend = backendOf(address);
    // A dated URL without a deployment does not tell of which backend it is.
    if (!isV1Family(backend.apiVersion) && !operation.deploymentInPath)
        return;
    const Result<QByteArray> url = upstreamUrl(backend, operation.operation);
    if (!url)
        return;
    const Result<AzureAddress> again = parseAddress(QString::fromLatin1(*url));
    check(again.ok(), "the URL of a backend is an address");
    const Result<QByteArray> urlAgain = upstreamUrl(backendOf(*again), operation.operation);
    check(urlAgain && urlAgain->compare(*url, Qt::CaseInsensitive) == 0,
          "the URL of a backend, pasted, leads to the same place");
    check(again->operation == operation.path, "the URL of a backend has the operation");
    check(again->key.isEmpty(), "the URL of a backend has no key");
    if (deploymentInPath(backend, operation.operation)) {
        check(again->deploymentName == address.deploymentName,
              "the URL of a backend has its deployment");
        check(again->apiVersion == address.apiVersion, "the URL of a backend has its version");
    }
}

/// A key in the query is found, or at least shown nowhere.
void checkHidesKey(const QString &text) {
    const QString key = u"Canary7KeyOfSomeone"_s;
    if (text.contains(key, Qt::CaseInsensitive))
        return;
    const QString sign = text.contains(u'?') ? u"&"_s : u"?"_s;
    const Result<AzureAddress> address = parseAddress(text + sign + u"api-key="_s + key);
    const QStringList shown = address
                                  ? QStringList{address->endpoint, address->deploymentName,
                                                address->apiVersion, address->operation} +
                                        address->warnings
                                  : QStringList{address.error().message, address.error().detail};
    check(!shown.join(u'\n').contains(key, Qt::CaseInsensitive), "a key is shown nowhere");
}

} // namespace
} // namespace quaygate::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
    using namespace quaygate;
    using namespace quaygate::fuzz;
    const QString text = QString::fromUtf8(bytesOf(data, size));
    checkHidesKey(text);
    const Result<AzureAddress> address = parseAddress(text);
    if (!address) {
        check(!address.error().message.isEmpty(), "a refusal says why");
        return 0;
    }
    checkEndpoint(*address);
    for (const OperationInfo &operation : operationTable)
        checkReadsBack(*address, operation);
    return 0;
}
