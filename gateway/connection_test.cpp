#include "gateway/connection_test.h"

#include "gateway/azure/auth_headers.h"
#include "gateway/azure/token_identity.h"
#include "gateway/azure/upstream_url.h"
#include "gateway/http/upstream_client.h"
#include "gateway/json/json_text.h"
#include "gateway/pipeline/backend_connection.h"
#include "gateway/signin/token_fetcher.h"
#include "gateway/signin/token_times.h"
#include "gateway/simulator/simulator.h"

#include <QElapsedTimer>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// A person waits for this.
constexpr UpstreamTimeouts patience{.connect = 10s, .firstByte = 60s, .idle = 60s, .total = 90s};
/// Enough of an error body to explain it.
constexpr qsizetype maxBody = 64 * 1024;

enum class TokenLimit { MaxTokens, MaxCompletionTokens };

QByteArray probeBody(const Backend &backend, TokenLimit limit) {
    const QByteArray name = limit == TokenLimit::MaxTokens ? "max_tokens" : "max_completion_tokens";
    return "{\"model\":" + json::quote(backend.deploymentName) +
           ",\"messages\":[{\"role\":\"user\",\"content\":\"ping\"}],\"" + name + "\":1}";
}

/// A reasoning model knows only the newer name of the limit.
bool wantsOtherLimit(int status, const QByteArray &body) {
    return status == 400 && readAzureError(body).message.contains("max_completion_tokens"_L1);
}

/// A reasoning model that had no token left to answer with has nevertheless been reached.
bool ranOutOfTokens(int status, const QByteArray &body) {
    return status == 400 && readAzureError(body).message.contains("output limit was reached"_L1);
}

} // namespace

/// The part that lives on the test's thread.
class ConnectionProbe {
public:
    using Done = std::function<void(const ConnectionReport &)>;

    ConnectionProbe(Backend backend, Secret key, Done done)
        : m_backend(std::move(backend)), m_key(std::move(key)), m_done(std::move(done)) {}

    void start() {
        m_clock.start();
        if (!needsToken(m_backend.auth))
            return send(TokenLimit::MaxTokens);
        const auto identity = tokenIdentity(m_backend);
        if (!identity)
            return fail(identity.error());
        m_fetch = m_fetcher.fetch(*identity, std::exchange(m_key, Secret()),
                                  [this](const FetchOutcome &outcome) { fetched(outcome); });
    }

private:
    void fetched(const FetchOutcome &outcome) {
        const auto fetch = std::move(m_fetch); // it is calling
        if (!outcome.token)
            return fail(outcome.token.error(), Outcome::SignInFailed);
        m_key = outcome.token->token;
        send(TokenLimit::MaxTokens);
    }

    void send(TokenLimit limit) {
        const auto url = upstreamUrl(m_backend, Operation::ChatCompletions);
        if (!url)
            return fail(url.error());
        m_limit = limit;
        m_body.clear();
        m_report.url = QString::fromUtf8(*url);
        UpstreamRequest request;
        request.method = "POST"_ba;
        request.url = *url;
        request.headers = {{"Content-Type", "application/json"}};
        applyHeaders(m_backend, request);
        request.secretHeader = credentialHeader(m_backend.auth);
        request.secret = credentialValue(m_backend.auth, m_key);
        request.body = probeBody(m_backend, limit);
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

    void ended(const std::optional<UpstreamFailure> &failure) {
        if (failure)
            return fail(failure->error);
        if (m_limit == TokenLimit::MaxTokens && wantsOtherLimit(m_report.status, m_body))
            return send(TokenLimit::MaxCompletionTokens);
        const Explanation explanation =
            explain(ranOutOfTokens(m_report.status, m_body) ? 200 : m_report.status, m_body,
                    m_backend.deploymentName, m_backend.apiVersion, signedWith(m_backend.auth));
        m_report.outcome = explanation.outcome;
        m_report.works = explanation.outcome == Outcome::Works;
        m_report.text = explanation.text;
        finish();
    }

    void fail(const Error &error, Outcome outcome = Outcome::Unreachable) {
        m_report.outcome = outcome;
        m_report.text = error.message;
        m_report.detail = error.detail;
        finish();
    }

    void finish() {
        m_report.elapsed = std::chrono::milliseconds(m_clock.elapsed());
        m_done(m_report);
    }

    Backend m_backend;
    Secret m_key;
    Done m_done;
    TokenFetcher m_fetcher{QProcessEnvironment::systemEnvironment(), TokenClock::real().now};
    std::unique_ptr<TokenFetch> m_fetch;
    UpstreamClient m_client;
    std::unique_ptr<UpstreamCall> m_call;
    TokenLimit m_limit = TokenLimit::MaxTokens;
    QByteArray m_body;
    ConnectionReport m_report;
    QElapsedTimer m_clock;
};

class ConnectionTest::Private {
public:
    explicit Private(ConnectionTest &test) : q(test) {
        m_thread.setObjectName("connection test"_L1);
        m_context.moveToThread(&m_thread);
        m_thread.start();
    }

    ~Private() {
        onThread([this] {
            m_probe.reset();
            m_thread.quit();
        });
        m_thread.wait();
    }

    void run(const Backend &backend, const Secret &key) {
        cancel();
        m_running = true;
        if (!isSimulator(backend))
            return probe(backend, key);
        SimulatorSettings settings;
        settings.deployments = {{backend.deploymentName, backend.deploymentName, {}}};
        m_simulator = std::make_unique<Simulator>(settings);
        m_simulator->start([this, backend, key](const Result<quint16> &port) {
            if (!port) {
                ConnectionReport report;
                report.text = port.error().message;
                report.outcome = Outcome::Unreachable;
                return finished(report);
            }
            Backend reachable = backend;
            reachable.endpoint = u"http://127.0.0.1:%1"_s.arg(*port);
            probe(reachable, key);
        });
    }

    void cancel() {
        ++m_run;
        m_running = false;
        m_simulator.reset();
        onThread([this] { m_probe.reset(); });
    }

    bool isRunning() const { return m_running; }

private:
    void probe(const Backend &backend, const Secret &key) {
        onThread([this, backend, key, run = m_run] {
            m_probe = std::make_unique<ConnectionProbe>(
                backend, key, [this, run](const ConnectionReport &report) {
                    QMetaObject::invokeMethod(
                        &q,
                        [this, run, report] {
                            if (run == m_run)
                                finished(report);
                        },
                        Qt::QueuedConnection);
                });
            m_probe->start();
        });
    }

    void finished(const ConnectionReport &report) {
        m_running = false;
        emit q.finished(report);
    }

    template<typename Task>
    void onThread(Task task) {
        QMetaObject::invokeMethod(&m_context, std::move(task), Qt::QueuedConnection);
    }

    ConnectionTest &q;
    QThread m_thread;
    QObject m_context;                        ///< stands for the thread
    std::unique_ptr<ConnectionProbe> m_probe; ///< touched on the thread only
    std::unique_ptr<Simulator> m_simulator;
    int m_run = 0; ///< the run whose report counts
    bool m_running = false;
};

ConnectionTest::ConnectionTest(QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(*this)) {
}

ConnectionTest::~ConnectionTest() = default;

void ConnectionTest::run(const Backend &backend, const Secret &key) {
    d->run(backend, key);
}

void ConnectionTest::cancel() {
    d->cancel();
}

bool ConnectionTest::isRunning() const {
    return d->isRunning();
}

} // namespace quaygate
