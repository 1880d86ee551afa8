#include "gateway/traffic/metrics.h"

#include <utility>

namespace quaygate {

namespace {

using traffic::MetricFamily;

// The buckets that OpenTelemetry's conventions for generative AI recommend.
const std::vector<double> tokenBounds{1,     4,     16,     64,      256,     1024,     4096,
                                      16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864};
const std::vector<double> durationBounds{0.01, 0.02, 0.04, 0.08,  0.16,  0.32,  0.64,
                                         1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92};
const std::vector<double> firstTokenBounds{0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1,
                                           0.25,  0.5,   0.75, 1,    2.5,  5,    7.5,  10};
const std::vector<double> eachTokenBounds{0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2,
                                          0.3,  0.4,   0.5,  0.75,  1,   2.5};

double seconds(std::chrono::microseconds duration) {
    return std::chrono::duration<double>(duration).count();
}

/// As OpenTelemetry names them.
QByteArrayView systemOf(const TrafficRecord &record) {
    const bool claude = record.modelReturned.startsWith(QLatin1StringView("claude")) ||
                        record.modelSent.startsWith(QLatin1StringView("claude"));
    return claude ? "anthropic" : "azure.ai.openai";
}

} // namespace

Metrics::Metrics()
    : m_requests("requests_total", "Requests that the gateway answered or refused.")
    , m_guards("guardrail_checks", "Requests and answers in which a guard did something.")
    , m_verdicts("rule_verdicts_total", "What the other rules did.")
    , m_attempts("backend_attempts_total", "Requests sent to backends; status 0: no answer.")
    , m_tokens("gen_ai_client_token_usage", "Tokens of an answer, as the upstream told.",
               tokenBounds)
    , m_cost("gen_ai_client_cost_dollars_total", "US dollars, where the model's price is known.")
    , m_duration("gen_ai_server_request_duration", "Seconds from a request to the answer's end.",
                 durationBounds)
    , m_firstToken("gen_ai_server_time_to_first_token",
                   "Seconds from a request to the first token of a stream.", firstTokenBounds)
    , m_eachToken("gen_ai_server_time_per_output_token",
                  "Seconds a token of a stream, after the first.", eachTokenBounds)
    , m_lost("traffic_records_lost_total", "Records that are in no store.") {
}

void Metrics::observe(const TrafficRecord &record) {
    const QByteArray route = record.route.toUtf8();
    const QByteArray key = record.clientKey.toUtf8();
    const QByteArray status = QByteArray::number(record.status);
    const QByteArray backend =
        record.attempts.isEmpty() ? QByteArray() : record.attempts.last().backend.toUtf8();

    const std::lock_guard lock(m_mutex);
    m_requests.add(
        {{"route", route}, {"backend", backend}, {"client_key", key}, {"status", status}});
    for (const Attempt &attempt : record.attempts)
        m_attempts.add({{"backend", attempt.backend.toUtf8()},
                        {"status", QByteArray::number(attempt.status)}});
    for (const RuleVerdict &verdict : record.verdicts) {
        const QByteArray rule = verdict.rule.toUtf8();
        const QByteArray what = verdict.verdict.toUtf8();
        if (rule == "guard")
            m_guards.add({{"route", route}, {"action", what}});
        else
            m_verdicts.add({{"route", route}, {"rule", rule}, {"verdict", what}});
    }
    if (!record.operation.isEmpty() && !record.attempts.isEmpty())
        observeModel(record);
}

void Metrics::observeModel(const TrafficRecord &record) {
    const QByteArray operation = record.operation.toUtf8();
    const QByteArray asked = record.modelAsked.toUtf8();
    const QByteArray returned = record.modelReturned.toUtf8();
    const QByteArrayView system = systemOf(record);
    const auto add = [&](MetricFamily &family, double value) {
        family.add({{"gen_ai_operation_name", operation},
                    {"gen_ai_system", system},
                    {"gen_ai_request_model", asked},
                    {"gen_ai_response_model", returned}},
                   value);
    };
    const auto addTokens = [&](QByteArrayView type, const std::optional<qint64> &count) {
        if (count)
            m_tokens.add({{"gen_ai_operation_name", operation},
                          {"gen_ai_system", system},
                          {"gen_ai_request_model", asked},
                          {"gen_ai_response_model", returned},
                          {"gen_ai_token_type", type}},
                         double(*count));
    };
    addTokens("input", record.usage.input);
    addTokens("output", record.usage.output);
    if (record.cost)
        add(m_cost, *record.cost);
    add(m_duration, seconds(record.duration));
    if (!record.firstToken)
        return;
    add(m_firstToken, seconds(*record.firstToken));
    if (record.usage.output.value_or(0) > 1 && record.duration > *record.firstToken)
        add(m_eachToken,
            seconds(record.duration - *record.firstToken) / double(*record.usage.output - 1));
}

void Metrics::countLost(qint64 records) {
    const std::lock_guard lock(m_mutex);
    m_lost.add({}, double(records));
}

QByteArray Metrics::text() const {
    const std::lock_guard lock(m_mutex);
    QByteArray text;
    for (const MetricFamily *family : {&m_requests, &m_guards, &m_verdicts, &m_attempts, &m_tokens,
                                       &m_cost, &m_duration, &m_firstToken, &m_eachToken, &m_lost})
        family->writeTo(text);
    return text;
}

} // namespace quaygate
