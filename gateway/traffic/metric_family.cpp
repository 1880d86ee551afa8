#include "gateway/traffic/metric_family.h"

#include <algorithm>
#include <cmath>

namespace quaygate::traffic {

namespace {

constexpr qsizetype longestValue = 100;

/// Cut at a whole character, and escaped.
QByteArray written(QByteArrayView value) {
    qsizetype size = std::min(value.size(), longestValue);
    if (size < value.size()) {
        while (size > 0 && (static_cast<unsigned char>(value[size]) & 0xC0) == 0x80)
            --size;
    }
    QByteArray text;
    for (const char c : value.first(size)) {
        if (c == '\n')
            text += "\\n";
        else if (c == '"' || c == '\\')
            text += QByteArray(1, '\\') + c;
        else
            text += c;
    }
    return text;
}

QByteArray written(Labels labels) {
    QByteArray text;
    for (const auto &[name, value] : labels) {
        if (!text.isEmpty())
            text += ',';
        text += name.toByteArray() + "=\"" + written(value) + '"';
    }
    return text;
}

QByteArray number(double value) {
    return QByteArray::number(value, 'g', 15);
}

void writeLine(QByteArray &text, const QByteArray &name, const QByteArray &labels,
               const QByteArray &value) {
    text += name;
    if (!labels.isEmpty())
        text += '{' + labels + '}';
    text += ' ' + value + '\n';
}

} // namespace

MetricFamily::MetricFamily(QByteArray name, QByteArray help, std::vector<double> bounds)
    : m_name(std::move(name)), m_help(std::move(help)), m_bounds(std::move(bounds)) {
}

/// The labels' text is made only for values that come for the first time.
MetricFamily::Series &MetricFamily::seriesOf(Labels labels) {
    m_values.clear();
    for (const auto &[name, value] : labels) {
        // One byte more than counts, with its size, so that no others look the same.
        const auto size = std::min(value.size(), longestValue + 1);
        m_values += char(size);
        m_values.append(value.data(), size_t(size));
    }
    if (const auto known = m_known.find(m_values); known != m_known.end())
        return *known->second;
    Series &series = newSeriesOf(labels);
    if (m_known.size() < mostSeries)
        m_known.emplace(m_values, &series);
    return series;
}

MetricFamily::Series &MetricFamily::newSeriesOf(Labels labels) {
    QByteArray key = written(labels);
    if (m_series.size() >= mostSeries && !m_series.contains(key)) {
        key.clear();
        for (const auto &[name, value] : labels)
            key += (key.isEmpty() ? "" : ",") + name.toByteArray() + "=\"other\"";
    }
    return m_series[key];
}

void MetricFamily::add(Labels labels, double value) {
    if (!std::isfinite(value) || value < 0)
        return;
    Series &series = seriesOf(labels);
    ++series.count;
    series.sum += value;
    if (m_bounds.empty())
        return;
    series.buckets.resize(m_bounds.size());
    const auto bound = std::lower_bound(m_bounds.begin(), m_bounds.end(), value);
    if (bound != m_bounds.end())
        ++series.buckets[size_t(bound - m_bounds.begin())];
}

void MetricFamily::writeTo(QByteArray &text) const {
    if (m_series.empty())
        return;
    text += "# HELP " + m_name + ' ' + m_help + '\n';
    text += "# TYPE " + m_name + (m_bounds.empty() ? " counter\n" : " histogram\n");
    for (const auto &[labels, series] : m_series) {
        if (m_bounds.empty())
            writeLine(text, m_name, labels, number(series.sum));
        else
            writeHistogram(text, labels, series);
    }
}

void MetricFamily::writeHistogram(QByteArray &text, const QByteArray &labels,
                                  const Series &series) const {
    const QByteArray before = labels.isEmpty() ? QByteArray() : labels + ',';
    quint64 below = 0;
    for (size_t i = 0; i < m_bounds.size(); ++i) {
        below += series.buckets[i];
        writeLine(text, m_name + "_bucket", before + "le=\"" + number(m_bounds[i]) + '"',
                  QByteArray::number(below));
    }
    writeLine(text, m_name + "_bucket", before + "le=\"+Inf\"", QByteArray::number(series.count));
    writeLine(text, m_name + "_sum", labels, number(series.sum));
    writeLine(text, m_name + "_count", labels, QByteArray::number(series.count));
}

} // namespace quaygate::traffic
