#include "app/commands.h"
#include "app/simulate_options.h"
#include "app/termination_signal.h"
#include "gateway/simulator/simulator.h"

#include <QCoreApplication>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

void print(std::FILE *stream, const QString &line) {
    std::fputs(qUtf8Printable(line + u'\n'), stream);
    std::fflush(stream);
}

/// Says so and ends the event loop if it did not start.
void report(const Result<quint16> &port) {
    if (port) {
        print(stdout, u"simulator listening on http://127.0.0.1:%1"_s.arg(*port));
        return;
    }
    print(stderr, u"quaygate simulate: "_s + port.error().message);
    QCoreApplication::exit(1);
}

} // namespace

int runSimulate(const QStringList &arguments) {
    Result<SimulateOptions> options = readSimulateOptions(arguments);
    if (!options) {
        print(stderr, u"quaygate simulate: "_s + options.error().message);
        return 2;
    }
    if (options->help) {
        print(stdout, simulateHelp());
        return 0;
    }
    const TerminationSignal termination;
    if (const Result<void> state = termination.state(); !state)
        print(stderr, u"quaygate simulate: "_s + state.error().message);
    QObject::connect(&termination, &TerminationSignal::received, &QCoreApplication::quit);

    Simulator simulator(std::move(options).value().settings);
    simulator.start(report);
    return QCoreApplication::exec();
}

} // namespace quaygate
