#pragma once

#include "gateway/result.h"

#include <QDateTime>
#include <QString>

#include <functional>
#include <optional>

class QObject;

namespace quaygate {

/// A file that `installCrashHandler` left.
struct CrashReport {
    QString file;
    QDateTime at;
};

/// Where reports are kept: "crashes" in the folder of the program's data.
QString crashReportFolder();

/// The name under which the process `pid` that crashes leaves its report. Nobody has been told of
/// it yet, which is what the name says.
QString newCrashReportName(qint64 pid);

/// The newest report that nobody has been told of; it and the others like it are told of from now
/// on, by whichever process is the first to ask. Only the five newest reports are kept. Touches the
/// disk.
std::optional<CrashReport> takeNewCrashReport(const QString &folder);

/// Calls `tell` on the thread of `context` if there is such a report; the disk is asked on a thread
/// of its own. Not called when `context` is gone by then.
void tellOfCrash(const QString &folder, QObject *context,
                 std::function<void(const CrashReport &)> tell);

/// "Quaygate ended unexpectedly on 23 November at 05:40. …": for a person, with the report's place.
QString describe(const CrashReport &report);

} // namespace quaygate
