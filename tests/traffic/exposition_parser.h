#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QString>

#include <map>
#include <string>
#include <vector>

namespace quaygate::test {

using LabelMap = std::map<std::string, std::string>;

struct Sample {
    std::string name;
    LabelMap labels;
    double value = 0;
};

/// What a text in the format of Prometheus 0.0.4 holds, read strictly: `error` names the first line
/// that Prometheus would refuse, or that breaks a rule of histograms.
struct Exposition {
    std::string error;
    std::map<std::string, std::string> types; ///< of each metric: "counter", "histogram"
    std::vector<Sample> samples;

    /// The value of the one sample of that name and those labels; fails to a NaN otherwise.
    double value(const std::string &name, const LabelMap &labels) const;
};

Exposition parseExposition(const QByteArray &text);

} // namespace quaygate::test
