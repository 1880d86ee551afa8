#pragma once

#include "gateway/connection_test.h"
#include "gateway/http/upstream_client.h"
#include "gateway/signin/token_fetcher.h"

#include <QElapsedTimer>

#include <functional>
#include <memory>
#include <optional>

namespace quaygate {

/// One test of a backend: signs in, asks its deployment for one token in the API that it speaks,
/// and explains the outcome. Lives on one thread with an event loop; destroying it cancels.
class ConnectionProbe {
public:
    using Done = std::function<void(const ConnectionReport &)>;

    /// As for `ConnectionTest::run`, with the simulator's address already in `backend`.
    ConnectionProbe(Backend backend, Secret key, Done done);

    void start();

private:
    /// What is asked, the next one only where a refusal says that it may help.
    enum class Question {
        Chat,
        ChatOfReasoningModel, ///< which knows only the newer name of the limit
        Responses,
        Messages,
    };

    void fetched(const FetchOutcome &outcome);
    void ask(Question question);
    Result<QByteArray> url() const;
    QByteArray body() const;
    void ended(const std::optional<UpstreamFailure> &failure);
    std::optional<Question> nextQuestion() const;
    void explainAnswer();
    void fail(const Error &error, Outcome outcome = Outcome::Unreachable);
    void finish();

    Backend m_backend;
    Secret m_key;
    Done m_done;
    TokenFetcher m_fetcher;
    std::unique_ptr<TokenFetch> m_fetch;
    UpstreamClient m_client;
    std::unique_ptr<UpstreamCall> m_call;
    Question m_question = Question::Chat;
    QByteArray m_body;                          ///< of the answer
    std::optional<ConnectionReport> m_chatOnly; ///< what chat completions were answered with
    ConnectionReport m_report;
    QElapsedTimer m_clock;
};

} // namespace quaygate
