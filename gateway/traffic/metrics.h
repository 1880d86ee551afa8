#pragma once

#include "gateway/traffic/metric_family.h"
#include "gateway/traffic/traffic_record.h"

#include <QByteArray>

#include <mutex>

namespace quaygate {

/// What Prometheus is told at GET /metrics: counters and histograms of all exchanges since the
/// start, with the names and labels that agentgateway and OpenTelemetry use for generative AI
/// (docs/traffic.md lists them). Fed by the writer of the log, so nothing of it is on the way of a
/// request; any thread may ask for the text. Labels are names of the configuration, models and
/// statuses; of each metric there are 500 series at most, whatever models clients ask for.
class Metrics {
public:
    static constexpr QByteArrayView contentType{"text/plain; version=0.0.4; charset=utf-8"};

    Metrics();

    void observe(const TrafficRecord &record);
    /// Records that are in no store.
    void countLost(qint64 records);

    /// In the text format of Prometheus, version 0.0.4.
    QByteArray text() const;

private:
    void observeModel(const TrafficRecord &record);

    mutable std::mutex m_mutex;
    traffic::MetricFamily m_requests;
    traffic::MetricFamily m_guards;
    traffic::MetricFamily m_verdicts;
    traffic::MetricFamily m_attempts;
    traffic::MetricFamily m_tokens;
    traffic::MetricFamily m_cost;
    traffic::MetricFamily m_duration;
    traffic::MetricFamily m_firstToken;
    traffic::MetricFamily m_eachToken;
    traffic::MetricFamily m_lost;
};

} // namespace quaygate
