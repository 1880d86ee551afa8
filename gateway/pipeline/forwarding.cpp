#include "gateway/pipeline/forwarding.h"

#include "gateway/azure/anthropic_url.h"
#include "gateway/azure/auth_headers.h"
#include "gateway/azure/client_credentials.h"
#include "gateway/azure/error_reading.h"
#include "gateway/json/json_text.h"
#include "gateway/pipeline/backend_connection.h"
#include "gateway/pipeline/error_answer.h"
#include "gateway/pipeline/form_field.h"
#include "gateway/pipeline/messages_door.h"
#include "gateway/pipeline/translations.h"
#include "gateway/pipeline/web_socket.h"

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

HeaderList forwardedHeaders(const HeaderList &from, Provider provider) {
    HeaderList headers;
    for (const Header &header : from) {
        if (isForwardable(header.name) ||
            (provider == Provider::Anthropic && isAnthropicHeader(header.name)))
            headers.append(header.name, header.value);
    }
    return headers;
}

/// A backend without a deployment leaves the choice to the client.
Result<QByteArray> withDeployment(const Backend &backend, const QByteArray &json) {
    const QString &deployment = backend.deploymentName;
    return deployment.isEmpty() ? Result<QByteArray>(json)
                                : json::withMember(json, "model", json::quote(deployment));
}

/// Where the URL does not name the deployment, the body does; else it may say what it likes.
Result<QByteArray> upstreamBody(const Routed &routed, const HttpRequest &request) {
    const Backend &backend = *routed.backend;
    if (isAnthropics(routed.door)) // the backend speaks it too, or the request would be translated
        return withDeployment(backend, request.body);
    if (!routed.operation || deploymentInPath(backend, *routed.operation))
        return request.body;
    if (operationInfo(*routed.operation).body == BodyKind::Json)
        return withDeployment(backend, request.body);
    if (backend.deploymentName.isEmpty())
        return request.body;
    return withFormField(request.body, request.headers.find("Content-Type").value_or(""), "model",
                         backend.deploymentName.toUtf8());
}

/// A refusal by Azure has some hundred bytes; a longer one is not held back.
constexpr qsizetype longestRefusal = 64 * 1024;

QList<CredentialHeader> clientCredentials(const Auth &auth, const Exchange &exchange) {
    QList<CredentialHeader> credentials;
    for (const Header &header : exchange.request().headers) {
        if (isPassedOn(auth, header.name) && !header.value.isEmpty())
            credentials.append({header.name.toByteArray(), Secret(header.value.toByteArray())});
    }
    return credentials;
}

Error noCredential(const Backend &backend) {
    return {ErrorCode::CredentialMissing,
            u"The backend \"%1\" passes the client's own credential on, and the request has none; "
            "send the header api-key or Authorization."_s.arg(backend.name),
            {}};
}

} // namespace

Forwarding::Forwarding(ExchangePtr exchange, std::shared_ptr<const RoutingTable> table,
                       Routed routed, Means means)
    : m_exchange(std::move(exchange))
    , m_table(std::move(table))
    , m_routed(std::move(routed))
    , m_means(means) {
}

Forwarding::~Forwarding() {
    m_exchange->onClosed = nullptr;
    m_exchange->onPause = nullptr;
    m_exchange->onResume = nullptr;
    m_exchange->onBytes = nullptr;
}

void Forwarding::start(std::function<void()> onDone) {
    m_onDone = std::move(onDone);
    attend();
    if (m_routed.operation && lacks(m_means.learned.of(*m_routed.backend), *m_routed.operation)) {
        if (const auto translated = translate(); !translated)
            return fail(translated.error());
    }
    m_means.credentials.obtain(*m_routed.backend, [this, alive = std::weak_ptr<char>(m_alive)](
                                                      const Result<Credential> &credential) {
        if (!alive.expired())
            send(credential);
    });
}

void Forwarding::attend() {
    m_exchange->onClosed = [this] { done(); };
}

void Forwarding::send(const Result<Credential> &credential) {
    if (!credential)
        return fail(credential.error());
    const Backend &backend = *m_routed.backend;
    const Result<QByteArray> &url = m_routed.url;
    if (!url)
        return fail(url.error());
    auto body = upstreamBody(m_routed, m_exchange->request());
    if (!body)
        return fail(body.error());

    UpstreamRequest request;
    request.method = m_exchange->request().method;
    request.url = *url;
    request.headers = forwardedHeaders(m_exchange->request().headers, backend.provider);
    if (m_routed.door == Door::WebSocket) {
        request.upgrade = "websocket";
        for (const Header &header : handshakeHeaders(m_exchange->request().headers))
            request.headers.append(header.name, header.value);
    }
    applyHeaders(backend, request);
    if (const auto isSigned = sign(request, *credential); !isSigned)
        return fail(isSigned.error());
    request.body = std::move(body).value();
    m_exchange->request().body = request.body; // shared; for the case that it is sent again
    applyConnection(backend, request);
    call(std::move(request));
}

Result<void> Forwarding::sign(UpstreamRequest &request, const Credential &credential) {
    const Backend &backend = *m_routed.backend;
    m_credential = credential;
    request.secretHeader = credential.header;
    request.secret = credential.value;
    if (backend.auth.kind != Auth::Kind::Passthrough)
        return {};
    const auto passed = passedOn(backend, clientCredentials(backend.auth, *m_exchange));
    for (const CredentialHeader &header : passed)
        request.moreSecrets.append({header.name, header.value});
    return passed.isEmpty() ? Result<void>(noCredential(backend)) : Result<void>();
}

void Forwarding::call(UpstreamRequest request) {
    UpstreamEvents events;
    events.onHead = [this](int status, const HeaderList &headers) { onHead(status, headers); };
    events.onBody = [this](QByteArrayView bytes) { onBody(bytes); };
    events.onEnd = [this](const std::optional<UpstreamFailure> &failure) { onEnd(failure); };
    events.onDrained = [this] { m_exchange->setReading(true); };
    m_call = m_means.upstream.send(std::move(request), std::move(events));
    m_exchange->onPause = [this] { m_call->pause(); };
    m_exchange->onResume = [this] { m_call->resume(); };
}

/// Whether there is another way after a refusal with that status.
bool Forwarding::mayHelp(int status) const {
    if (status == 401)
        return m_credential.number != 0 && !m_tokenReplaced;
    return (status == 400 || status == 404) && m_routed.operation &&
           otherConversation(*m_routed.operation);
}

void Forwarding::onHead(int status, const HeaderList &headers) {
    if (mayHelp(status)) {
        m_refusal = Refusal{status, headers, {}};
        return;
    }
    const auto asked = m_untranslated ? otherConversation(*m_routed.operation) : std::nullopt;
    if (asked && status < 400)
        m_means.learned.learn(*m_routed.backend, withoutApi(*asked));
    m_exchange->request().body.clear();
    if (status == 101)
        joinSockets(headers);
    else
        m_exchange->begin(status, headers);
}

/// From here on each end hears what the other says, at the pace of the slower one.
void Forwarding::joinSockets(const HeaderList &headers) {
    m_exchange->onBytes = [this](QByteArrayView bytes) {
        if (!m_call->write(bytes))
            m_exchange->setReading(false);
    };
    m_exchange->upgrade("websocket", headers);
}

void Forwarding::onBody(QByteArrayView bytes) {
    if (!m_refusal)
        return m_exchange->write(bytes);
    m_refusal->body.append(bytes);
    if (m_refusal->body.size() > longestRefusal)
        passRefusalOn();
}

void Forwarding::onEnd(const std::optional<UpstreamFailure> &failure) {
    if (failure)
        return fail(failure->error);
    if (m_refusal)
        return judgeRefusal();
    m_exchange->end();
    done();
}

void Forwarding::judgeRefusal() {
    const Refusal &refusal = *m_refusal;
    if (refusal.status == 401) {
        const QByteArray wanted = refusal.headers.value("WWW-Authenticate").value_or(QByteArray());
        return saysTokenExpired(401, wanted, refusal.body) ? replaceToken() : endWithRefusal();
    }
    if (!saysOperationLacking(*m_routed.operation, refusal.status, refusal.body))
        return endWithRefusal();
    if (!m_routed.translated)
        return askOtherwise();
    // It answers neither, or no longer what it did: what the client asked for is to be tried again.
    m_means.learned.learn(*m_routed.backend, SpokenApis::Both);
    if (m_untranslated)
        m_refusal = std::exchange(m_untranslated, std::nullopt);
    endWithRefusal();
}

void Forwarding::replaceToken() {
    m_tokenReplaced = true;
    m_means.credentials.replace(
        *m_routed.backend, m_credential.number,
        [this, alive = std::weak_ptr<char>(m_alive)](const Result<Credential> &credential) {
            if (alive.expired())
                return;
            if (!credential || credential->number == m_credential.number)
                return endWithRefusal(); // it says more than why there is no other token
            m_refusal.reset();
            send(credential);
        });
}

/// Makes the request one for the other of chat completions and responses.
Result<void> Forwarding::translate() {
    const Backend &backend = *m_routed.backend;
    // Both name the model in the body, but not on every family.
    auto body = withDeployment(backend, m_exchange->request().body);
    if (!body)
        return body.error();
    m_exchange->request().body = std::move(body).value();
    const auto translated =
        asOtherConversation(m_exchange, *m_routed.operation, chatModelOf(backend));
    if (!translated)
        return translated.error();
    m_exchange = *translated;
    attend();
    m_routed.operation = otherConversation(*m_routed.operation);
    m_routed.url = m_table->url(backend, *m_routed.operation);
    m_routed.translated = true;
    return {};
}

void Forwarding::askOtherwise() {
    m_untranslated = std::exchange(m_refusal, std::nullopt);
    if (const auto translated = translate(); !translated)
        return fail(translated.error());
    send(m_credential);
}

void Forwarding::passRefusalOn() {
    const Refusal refusal = *std::exchange(m_refusal, std::nullopt);
    m_exchange->request().body.clear();
    m_exchange->begin(refusal.status, refusal.headers);
    m_exchange->write(refusal.body);
}

void Forwarding::endWithRefusal() {
    passRefusalOn();
    m_exchange->end();
    done();
}

/// Once a part of the answer has gone out, only a broken connection can tell the client.
void Forwarding::fail(const Error &error) {
    if (m_exchange->hasBegun()) {
        m_exchange->abort();
    } else if (isAnthropics(m_routed.door)) {
        answerInMessages(*m_exchange, error);
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
