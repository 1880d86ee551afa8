#include "app/traffic_command.h"

#include "app/closed_pipe.h"
#include "app/commands.h"
#include "app/termination_signal.h"
#include "app/traffic_lines.h"
#include "app/traffic_options.h"
#include "gateway/traffic/traffic_store.h"

#include <QCoreApplication>
#include <QFile>
#include <QTimer>

#include <algorithm>
#include <cstdio>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// A look costs a fraction of a millisecond where there is nothing new.
constexpr auto lookEvery = 250ms;

/// Prints what there is, and with --follow what comes.
class TrafficPrinter {
public:
    TrafficPrinter(TrafficOptions options, TrafficStore &store, QIODevice &out)
        : m_options(std::move(options)), m_store(store), m_out(out) {}

    Result<void> printNewest() {
        // The next look begins behind all there is, not behind the last that was wanted. Asked
        // first: what comes in between is still found.
        if (const auto last = m_store.records({.limit = 1}); !last)
            return last.error();
        else if (!last->isEmpty())
            m_last = last->first().number;
        auto found = m_store.records(m_options.query);
        if (!found)
            return found.error();
        QList<TrafficRecord> &records = found.value();
        std::reverse(records.begin(), records.end());
        if (!m_options.json && !write(trafficTableHead().toUtf8()))
            return unwritten();
        return print(records);
    }

    Result<void> printNew() {
        TrafficQuery query = m_options.query;
        query.order = TrafficQuery::Order::OldestFirst;
        query.limit = TrafficQuery::mostRecords;
        query.after = m_last;
        const auto found = m_store.records(query);
        return found ? print(*found) : Result<void>(found.error());
    }

private:
    Result<void> print(const QList<TrafficRecord> &records) {
        for (const TrafficRecord &record : records) {
            const QByteArray line =
                m_options.json ? trafficJsonLine(record)
                               : trafficTableLine(record, QTimeZone::systemTimeZone()).toUtf8();
            if (!write(line))
                return unwritten();
            m_last = std::max(m_last, record.number);
        }
        auto *file = qobject_cast<QFileDevice *>(&m_out);
        return file && !file->flush() ? unwritten() : Result<void>();
    }

    bool write(const QByteArray &bytes) { return m_out.write(bytes) == bytes.size(); }

    Result<void> unwritten() const {
        return Error{ErrorCode::FileUnwritable,
                     u"The answer could not be written: %1."_s.arg(m_out.errorString()),
                     {}};
    }

    const TrafficOptions m_options;
    TrafficStore &m_store;
    QIODevice &m_out;
    qint64 m_last = 0;
};

/// Until a signal, the reader's end or an error.
Result<void> follow(TrafficPrinter &printer, const std::function<bool()> &readerIsGone) {
    Result<void> done;
    const TerminationSignal signal;
    if (const auto state = signal.state(); !state)
        return state.error();
    QObject::connect(&signal, &TerminationSignal::received, [] { QCoreApplication::exit(0); });
    QTimer look;
    look.setInterval(lookEvery);
    QObject::connect(&look, &QTimer::timeout, [&] {
        if (!readerIsGone())
            done = printer.printNew();
        if (!done || readerIsGone())
            QCoreApplication::exit(0);
    });
    look.start();
    QCoreApplication::exec();
    return done;
}

} // namespace

int trafficCommand(const QStringList &arguments, QIODevice &out, QIODevice &err,
                   const std::function<bool()> &readerIsGone) {
    const auto complain = [&err](const Error &error) {
        err.write("quaygate traffic: " + error.message.toUtf8() + '\n');
    };
    const auto options = readTrafficOptions(arguments, QDateTime::currentDateTime());
    if (!options) {
        complain(options.error());
        err.write(trafficUsage());
        return 2;
    }
    if (options->help) {
        out.write(trafficUsage());
        return 0;
    }
    const auto store = TrafficStore::openToRead(options->file);
    if (!store) {
        complain(store.error());
        return 1;
    }
    TrafficPrinter printer(*options, *store.value(), out);
    Result<void> printed = printer.printNewest();
    if (printed && options->follow)
        printed = follow(printer, readerIsGone);
    if (printed || readerIsGone())
        return 0;
    complain(printed.error());
    return 1;
}

int runTraffic(const QStringList &arguments) {
    QFile out;
    QFile err;
    const bool open =
        out.open(stdout, QIODevice::WriteOnly | QIODevice::Text) &&
        err.open(stderr, QIODevice::WriteOnly | QIODevice::Text | QIODevice::Unbuffered);
    if (!open)
        return 1;
    return trafficCommand(arguments, out, err, [] { return isReaderGone(stdout); });
}

} // namespace quaygate
