#include "app/crash_reports.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QPointer>
#include <QStandardPaths>
#include <QThreadPool>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype keptReports = 5;
const auto untold = "untold-"_L1;

/// Sorted by name is sorted by time.
QString toldName(const QDateTime &at, const QString &untoldName) {
    return at.toUTC().toString(u"yyyy-MM-dd'T'HH-mm-ss'Z-'"_s) + untoldName.sliced(untold.size());
}

void prune(const QDir &folder) {
    const QStringList reports =
        folder.entryList({u"2*-*.txt"_s}, QDir::Files, QDir::Name | QDir::Reversed);
    for (qsizetype i = keptReports; i < reports.size(); ++i)
        QFile::remove(folder.filePath(reports[i]));
}

} // namespace

QString crashReportFolder() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppDataLocation))
        .filePath(u"crashes"_s);
}

QString newCrashReportName(qint64 pid) {
    return untold + QString::number(pid) + ".txt"_L1;
}

std::optional<CrashReport> takeNewCrashReport(const QString &folder) {
    const QDir reports(folder);
    std::optional<CrashReport> newest;
    const auto found = reports.entryInfoList({untold + "*.txt"_L1}, QDir::Files);
    for (const QFileInfo &report : found) {
        const QDateTime at = report.lastModified();
        const QString told = reports.filePath(toldName(at, report.fileName()));
        // Whoever renames it is the one to tell of it.
        if (QFile::rename(report.filePath(), told) && (!newest || newest->at < at))
            newest = CrashReport{told, at};
    }
    prune(reports);
    return newest;
}

void tellOfCrash(const QString &folder, QObject *context,
                 std::function<void(const CrashReport &)> tell) {
    QThreadPool::globalInstance()->start(
        [folder, context = QPointer(context), tell = std::move(tell)] {
            const auto report = takeNewCrashReport(folder);
            if (!report)
                return;
            // The program's object outlives the pool's threads; `context` may not.
            QMetaObject::invokeMethod(
                QCoreApplication::instance(),
                [context, tell, report] {
                    if (context)
                        tell(*report);
                },
                Qt::QueuedConnection);
        });
}

QString describe(const CrashReport &report) {
    return u"Quaygate ended unexpectedly on %1. A report without keys or requests is in %2."_s.arg(
        QLocale().toString(report.at.toLocalTime(), QLocale::ShortFormat),
        QDir::toNativeSeparators(report.file));
}

} // namespace quaygate
