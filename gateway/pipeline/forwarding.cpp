#include "gateway/pipeline/forwarding.h"

#include "gateway/azure/auth_headers.h"
#include "gateway/json/json_text.h"
#include "gateway/pipeline/backend_connection.h"
#include "gateway/pipeline/error_answer.h"

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

HeaderList forwardedHeaders(const HeaderList &from) {
    HeaderList headers;
    for (const Header &header : from) {
        if (isForwardable(header.name))
            headers.append(header.name, header.value);
    }
    return headers;
}

/// On the v1 family the body names the deployment; on the dated one it may say what it likes.
Result<QByteArray> upstreamBody(const Backend &backend, const QByteArray &body) {
    if (deploymentInPath(backend))
        return body;
    return json::withMember(body, "model", json::quote(backend.deploymentName));
}

} // namespace

Forwarding::Forwarding(ExchangePtr exchange, std::shared_ptr<const RoutingTable> table,
                       Routed routed, Means means)
    : m_exchange(std::move(exchange)), m_table(std::move(table)), m_routed(routed), m_means(means) {
}

Forwarding::~Forwarding() {
    m_exchange->onClosed = nullptr;
    m_exchange->onPause = nullptr;
    m_exchange->onResume = nullptr;
}

void Forwarding::start(std::function<void()> onDone) {
    m_onDone = std::move(onDone);
    m_exchange->onClosed = [this] { done(); };
    m_means.credentials.obtain(m_routed.backend->auth, [this, alive = std::weak_ptr<char>(m_alive)](
                                                           const Result<Secret> &secret) {
        if (!alive.expired())
            send(secret);
    });
}

void Forwarding::send(const Result<Secret> &secret) {
    if (!secret)
        return fail(secret.error());
    const Backend &backend = *m_routed.backend;
    const Result<QByteArray> &url = *m_routed.url;
    if (!url)
        return fail(url.error());
    auto body = upstreamBody(backend, m_exchange->request().body);
    if (!body)
        return fail(body.error());

    UpstreamRequest request;
    request.method = "POST"_ba;
    request.url = *url;
    request.headers = forwardedHeaders(m_exchange->request().headers);
    request.secretHeader = apiKeyHeader.toByteArray();
    request.secret = *secret;
    request.body = std::move(body).value();
    m_exchange->request().body.clear();
    applyConnection(backend, request);

    UpstreamEvents events;
    events.onHead = [this](int status, const HeaderList &headers) { onHead(status, headers); };
    events.onBody = [this](QByteArrayView bytes) { m_exchange->write(bytes); };
    events.onEnd = [this](const std::optional<UpstreamFailure> &failure) { onEnd(failure); };
    m_call = m_means.upstream.send(std::move(request), std::move(events));
    m_exchange->onPause = [this] { m_call->pause(); };
    m_exchange->onResume = [this] { m_call->resume(); };
}

void Forwarding::onHead(int status, const HeaderList &headers) {
    m_exchange->begin(status, headers);
}

void Forwarding::onEnd(const std::optional<UpstreamFailure> &failure) {
    if (failure)
        return fail(failure->error);
    m_exchange->end();
    done();
}

/// Once a part of the answer has gone out, only a broken connection can tell the client.
void Forwarding::fail(const Error &error) {
    if (m_exchange->hasBegun()) {
        m_exchange->abort();
    } else {
        const ErrorAnswer answer = errorAnswer(error);
        m_exchange->respond(answer.status, answer.headers, answer.body);
    }
    done();
}

void Forwarding::done() {
    // A copy: the call may destroy this object.
    const auto onDone = m_onDone;
    onDone();
}

} // namespace quaygate
