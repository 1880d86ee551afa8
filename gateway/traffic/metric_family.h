#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <initializer_list>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace quaygate::traffic {

/// The labels of one series: names as Prometheus allows them, values as they are.
using Labels = std::initializer_list<std::pair<QByteArrayView, QByteArrayView>>;

/// One metric with all its series, in the text format of Prometheus 0.0.4. Clients choose some of
/// the labels' values, so there are no more than `mostSeries`: what comes after that is counted in
/// one series in which every label is "other". A value is cut after 100 bytes. Inner part of
/// traffic/.
class MetricFamily {
public:
    static constexpr size_t mostSeries = 500;

    /// `bounds`: of the buckets of a histogram, rising; empty: a counter.
    MetricFamily(QByteArray name, QByteArray help, std::vector<double> bounds = {});

    /// Of a counter: by how much it rises, not negative. Of a histogram: what was observed.
    void add(Labels labels, double value = 1);
    /// Appends the metric with its HELP and TYPE; nothing as long as there is no series.
    void writeTo(QByteArray &text) const;

private:
    struct Series {
        std::vector<quint64> buckets; ///< not yet summed up
        quint64 count = 0;
        double sum = 0;
    };

    Series &seriesOf(Labels labels);
    Series &newSeriesOf(Labels labels);
    void writeHistogram(QByteArray &text, const QByteArray &labels, const Series &series) const;

    const QByteArray m_name;
    const QByteArray m_help;
    const std::vector<double> m_bounds;
    std::map<QByteArray, Series> m_series;             ///< by the labels as they are written
    std::unordered_map<std::string, Series *> m_known; ///< by their values, for the usual case
    std::string m_values;                              ///< room to look there
};

} // namespace quaygate::traffic
