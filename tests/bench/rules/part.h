#pragma once

#include <QList>
#include <QString>

/// The parts of the benchmark, one file each.
namespace quaygate::bench {

/// One line of the table.
struct Row {
    QString what;
    double measured = 0;
    double bound = 0; ///< more is too much
    QString unit;     ///< of both
};

QList<Row> measureClientKeys();
QList<Row> measureRates();
QList<Row> measureRoutes();
QList<Row> measureStreamGuard();

} // namespace quaygate::bench
