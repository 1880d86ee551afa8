#pragma once

#include "gateway/simulator/operation.h"

#include <QJsonArray>

namespace quaygate::simulator {

/// What a batch's input file says, line by line.
struct BatchLine {
    QString customId;
    QJsonObject body;
};

struct BatchLines {
    QList<BatchLine> lines;
    QJsonArray problems; ///< why the file cannot be run, as the service lists them
};

inline constexpr int mostBatchLines = 1000;

/// Reads the lines of a file for the operations of `endpoint` ("/chat/completions").
BatchLines readBatchLines(const QByteArray &file, const QString &endpoint);

} // namespace quaygate::simulator
