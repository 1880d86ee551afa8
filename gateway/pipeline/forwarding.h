#pragma once

#include "gateway/config/config.h"
#include "gateway/http/alarm.h"
#include "gateway/http/exchange.h"
#include "gateway/pipeline/affinity.h"
#include "gateway/pipeline/answer_reading.h"
#include "gateway/pipeline/backend_attempt.h"
#include "gateway/pipeline/backend_choice.h"
#include "gateway/pipeline/reception.h"
#include "gateway/pipeline/retry_plan.h"
#include "gateway/pipeline/routing_table.h"
#include "gateway/rules/rate_taking.h"

#include <functional>
#include <memory>
#include <optional>
#include <random>

namespace quaygate {

/// One exchange on its way to the backends that can serve it: chooses one, and another one, or the
/// same again, if that fails before a byte has gone to the client. Cancels upstream as soon as the
/// client leaves. Lives on its worker's thread; destroying it cancels upstream and, if the answer
/// has not ended, cuts the client.
class Forwarding {
public:
    /// What a Forwarding works with; all of it outlives it.
    struct Means {
        BackendAttempt::Means attempt;
        ServedBy &servedBy;
        std::minstd_rand &random;
    };

    /// `table` is the one that the candidates point into.
    Forwarding(Admitted admitted, std::shared_ptr<const RoutingTable> table,
               std::shared_ptr<const RuleTable> rules, Means means);
    ~Forwarding();
    Forwarding(const Forwarding &) = delete;
    Forwarding &operator=(const Forwarding &) = delete;

    /// `onDone` is called once, when nothing more will happen; it may destroy the Forwarding.
    void start(std::function<void()> onDone);

private:
    using Time = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    /// What this request has seen of a candidate.
    struct Tried {
        int tries = 0;
        Time notBefore = {}; ///< it is not to be asked again
    };

    void next();
    std::optional<std::size_t> choose(Time now);
    void attempt(std::size_t index);
    bool takeRates(std::size_t index);
    BackendAttempt::Events events();
    void waitFor(Time time);
    Time readyAt(std::size_t index, Time now) const;
    std::size_t soonest(Time now) const;
    bool mayGoElsewhere(int status) const;
    void onHead(int status, const HeaderList &headers);
    void onCommitted(HeaderList &headers);
    void read(const HeaderList &headers);
    void noteAttempt(int status, const QString &error);
    void onFailed(AttemptFailure failure);
    void onDone(const Error *cut);
    void noteModel();
    void noteFailure(const AttemptFailure &failure);
    void noteInHistory(const QByteArray &word);
    void judge(Time now, std::optional<Duration> pause);
    void giveUp();
    void answer(const AttemptFailure &failure);
    void answerError(const Error &error, const HeaderList &more);
    void onTotalTime();
    void endAttempt();
    void done();

    std::shared_ptr<RecordedExchange> m_recorded;
    ExchangePtr m_client;
    std::shared_ptr<const RoutingTable> m_table; ///< kept for what `m_routed` points to
    std::shared_ptr<const RuleTable> m_rules;
    Routed m_routed;
    Means m_means;
    std::function<void()> m_onDone;
    RetryPlan m_plan;
    std::vector<Tried> m_tried;         ///< in the order of the candidates
    QByteArray m_body;                  ///< the client's, as long as it may be sent again
    std::optional<std::size_t> m_asked; ///< the candidate that is being asked
    Time m_askedAt;
    bool m_isSearching = false; ///< for the backend that has what the request goes on with
    bool m_isJudged = false;    ///< its health has been told
    std::unique_ptr<BackendAttempt> m_attempt;
    std::unique_ptr<AttemptFailure> m_lastAnswer;  ///< of those that failed
    std::unique_ptr<AttemptFailure> m_lastFailure; ///< that was no answer
    std::shared_ptr<TakenRates> m_taken;           ///< of the backend that is being asked
    QByteArray m_history; ///< what was tried and why not, as for the header
    std::unique_ptr<AnswerReading> m_reading;
    std::unique_ptr<Alarm> m_alarm; ///< for what is waited for
    std::unique_ptr<Alarm> m_total; ///< the route's limit
};

} // namespace quaygate
