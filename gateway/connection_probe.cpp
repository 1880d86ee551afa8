#include "gateway/connection_probe.h"

#include "gateway/azure/anthropic_url.h"
#include "gateway/azure/auth_headers.h"
#include "gateway/azure/spoken_apis.h"
#include "gateway/azure/token_identity.h"
#include "gateway/azure/upstream_url.h"
#include "gateway/json/json_text.h"
#include "gateway/network_watch.h"
#include "gateway/pipeline/backend_connection.h"
#include "gateway/signin/token_times.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// A person waits for this.
constexpr UpstreamTimeouts patience{.connect = 10s, .firstByte = 60s, .idle = 60s, .total = 90s};
/// Enough of an error body to explain it.
constexpr qsizetype maxBody = 64 * 1024;

bool wantsOtherLimit(int status, const QByteArray &body) {
    return status == 400 && readAzureError(body).message.contains("max_completion_tokens"_L1);
}

/// A reasoning model that had no token left to answer with has nevertheless been reached.
bool ranOutOfTokens(int status, const QByteArray &body) {
    return status == 400 && readAzureError(body).message.contains("output limit was reached"_L1);
}

} // namespace

ConnectionProbe::ConnectionProbe(Backend backend, Secret key, Done done)
    : m_backend(std::move(backend))
    , m_key(std::move(key))
    , m_done(std::move(done))
    , m_fetcher(QProcessEnvironment::systemEnvironment(), TokenClock::real().now) {
    if (m_backend.provider == Provider::Anthropic)
        m_question = Question::Messages;
}

void ConnectionProbe::start() {
    // It may not be among those that the gateway is told of.
    if (m_backend.proxy.isEmpty() && !proxyKey(m_backend.endpoint.toUtf8()).isEmpty())
        m_backend.proxy = systemProxyFor(QUrl(m_backend.endpoint));
    m_clock.start();
    if (!needsToken(m_backend.auth))
        return ask(m_question);
    const auto identity = tokenIdentity(m_backend);
    if (!identity)
        return fail(identity.error());
    m_fetch = m_fetcher.fetch(*identity, std::exchange(m_key, Secret()),
                              [this](const FetchOutcome &outcome) { fetched(outcome); });
}

void ConnectionProbe::fetched(const FetchOutcome &outcome) {
    const auto fetch = std::move(m_fetch); // it is calling
    if (!outcome.token)
        return fail(outcome.token.error(), Outcome::SignInFailed);
    m_key = outcome.token->token;
    ask(m_question);
}

void ConnectionProbe::ask(Question question) {
    m_question = question;
    const auto address = url();
    if (!address)
        return fail(address.error());
    m_body.clear();
    m_report = {};
    m_report.url = QString::fromUtf8(*address);
    UpstreamRequest request;
    request.method = "POST"_ba;
    request.url = *address;
    request.headers = {{"Content-Type", "application/json"}};
    if (question == Question::Messages)
        request.headers.append("anthropic-version", "2023-06-01");
    applyHeaders(m_backend, request);
    request.secretHeader = credentialHeader(m_backend.auth);
    request.secret = credentialValue(m_backend.auth, m_key);
    request.body = body();
    applyConnection(m_backend, request);
    request.timeouts = patience;
    m_call = m_client.send(
        std::move(request),
        {[this](int status, const HeaderList &) { m_report.status = status; },
         [this](QByteArrayView bytes) {
             m_body.append(bytes.first(std::min(bytes.size(), maxBody - m_body.size())));
         },
         [this](const std::optional<UpstreamFailure> &failure) { ended(failure); }});
}

Result<QByteArray> ConnectionProbe::url() const {
    if (m_question == Question::Messages)
        return anthropicUrl(m_backend, "messages");
    return upstreamUrl(m_backend, m_question == Question::Responses ? Operation::Responses
                                                                    : Operation::ChatCompletions);
}

QByteArray ConnectionProbe::body() const {
    const QByteArray model = "{\"model\":" + json::quote(m_backend.deploymentName);
    const QByteArray messages = R"(,"messages":[{"role":"user","content":"ping"}],)";
    switch (m_question) {
    case Question::Chat:
    case Question::Messages:
        return model + messages + R"("max_tokens":1})";
    case Question::ChatOfReasoningModel:
        return model + messages + R"("max_completion_tokens":1})";
    case Question::Responses: // which takes no fewer tokens
        return model + R"(,"input":"ping","max_output_tokens":16,"store":false})";
    }
    return {};
}

void ConnectionProbe::ended(const std::optional<UpstreamFailure> &failure) {
    if (failure)
        return fail(failure->error);
    if (const auto next = nextQuestion()) {
        if (*next == Question::Responses) {
            explainAnswer();
            m_chatOnly = m_report;
        }
        return ask(*next);
    }
    explainAnswer();
    if (m_chatOnly && m_report.works)
        m_report.text += u" It answers the Responses API only; chat completions are translated."_s;
    else if (m_chatOnly)
        m_report = *m_chatOnly; // it is neither
    finish();
}

std::optional<ConnectionProbe::Question> ConnectionProbe::nextQuestion() const {
    const int status = m_report.status;
    if (m_question == Question::Chat && wantsOtherLimit(status, m_body))
        return Question::ChatOfReasoningModel;
    const bool isChat =
        m_question == Question::Chat || m_question == Question::ChatOfReasoningModel;
    if (isChat && saysOperationLacking(Operation::ChatCompletions, status, m_body))
        return Question::Responses;
    return std::nullopt;
}

void ConnectionProbe::explainAnswer() {
    const int status = ranOutOfTokens(m_report.status, m_body) ? 200 : m_report.status;
    const Explanation explanation = explain(status, m_body, m_backend.deploymentName,
                                            m_backend.apiVersion, signedWith(m_backend.auth));
    m_report.outcome = explanation.outcome;
    m_report.works = explanation.outcome == Outcome::Works;
    m_report.text = explanation.text;
}

void ConnectionProbe::fail(const Error &error, Outcome outcome) {
    m_report.outcome = outcome;
    m_report.text = error.message;
    m_report.detail = error.detail;
    finish();
}

void ConnectionProbe::finish() {
    m_report.elapsed = std::chrono::milliseconds(m_clock.elapsed());
    m_done(m_report);
}

} // namespace quaygate
