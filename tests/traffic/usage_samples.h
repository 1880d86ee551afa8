#pragma once

#include "gateway/traffic/traffic_record.h"

#include <QByteArray>
#include <QString>

#include <string>
#include <vector>

namespace quaygate::test {

/// An answer as an upstream sends it, and what there is to be found in it.
struct UsageSample {
    std::string name;
    QByteArray contentType;
    QByteArray body;
    QString model;
    TokenUsage usage;
    /// The text at whose first byte (of its last character) the first token has come; empty: it
    /// never does.
    QByteArray firstToken;
};

std::vector<UsageSample> usageSamples();

} // namespace quaygate::test
