#include "app/commands.h"
#include "app/crash_handler.h"
#include "app/crash_reports.h"
#include "app/demo_config.h"
#include "app/parts.h"
#include "app/termination_signal.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QTextStream>

#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr auto usage =
    "usage: quaygate serve [--config FILE] [--port N] [--demo]\n"
    "\n"
    "Runs the gateway without a window, until it is interrupted.\n"
    "\n"
    "  --config FILE  the configuration to serve instead of the usual one\n"
    "  --port N       listen on this port instead of the configured one; 0 takes any free one\n"
    "  --demo         serve the built-in simulator; no configuration is read\n";

struct ServeOptions {
    QString configFile;
    std::optional<quint16> port;
    bool demo = false;
    bool help = false;
};

void complain(const QString &text) {
    QTextStream(stderr) << "quaygate: " << text << Qt::endl;
}

std::optional<ServeOptions> readOptions(const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions(
        {{u"config"_s, u"The configuration file."_s, u"FILE"_s},
         {u"port"_s, u"The port to listen on instead of the configured one."_s, u"PORT"_s},
         {u"demo"_s, u"Serve the built-in simulator; no configuration is read."_s},
         {{u"h"_s, u"help"_s}, u"Show this help."_s}});
    if (!parser.parse(QStringList{u"quaygate serve"_s} + arguments)) {
        complain(parser.errorText());
        return std::nullopt;
    }
    if (!parser.positionalArguments().isEmpty()) {
        complain(u"serve takes no argument \"%1\"."_s.arg(parser.positionalArguments().first()));
        return std::nullopt;
    }
    ServeOptions options;
    options.demo = parser.isSet(u"demo"_s);
    options.help = parser.isSet(u"help"_s);
    options.configFile =
        parser.isSet(u"config"_s) ? parser.value(u"config"_s) : ConfigStore::defaultFile();
    if (parser.isSet(u"port"_s)) {
        bool number = false;
        const uint port = parser.value(u"port"_s).toUInt(&number);
        if (!number || port > 65535) {
            complain(u"--port must be a number from 0 to 65535, not \"%1\"."_s.arg(
                parser.value(u"port"_s)));
            return std::nullopt;
        }
        options.port = static_cast<quint16>(port);
    }
    return options;
}

/// The gateway without a window, from the first line to the last.
class Service : public QObject {
public:
    explicit Service(ServeOptions options)

        : m_options(std::move(options))
        // What the demo does is no traffic of the person's.
        , m_parts(m_options.configFile, m_options.demo ? QString() : TrafficLog::defaultPath(),
                  m_options.port) {
        connect(&m_parts.gateway, &Gateway::stateChanged, this, &Service::stateChanged);
        connect(&m_parts.config, &ConfigStore::loaded, this, &Service::loaded);
        connect(&m_parts.config, &ConfigStore::refused, this, &Service::refused);
        connect(&m_signal, &TerminationSignal::received, this, &Service::stop);
    }

    void start() {
        if (!m_options.demo)
            return m_parts.config.load();
        m_parts.serve(std::make_shared<const Config>(demoConfig()));
        m_parts.gateway.start();
    }

private:
    void loaded() {
        if (m_parts.config.isFirstStart()) {
            complain(u"There is no configuration at %1. Write one (docs/configuration.md), or try "
                     "`quaygate serve --demo`."_s.arg(m_parts.config.file()));
            return QCoreApplication::exit(1);
        }
        if (!m_parts.config.problems().isEmpty()) {
            complain(u"%1 cannot be used:"_s.arg(m_parts.config.file()));
            QTextStream(stderr) << describe(m_parts.config.problems()) << Qt::endl;
            return QCoreApplication::exit(1);
        }
        m_loaded = true;
        m_parts.gateway.start();
    }

    void refused(const Problems &problems) {
        if (!m_loaded)
            return;
        complain(u"The changed %1 is refused; the old configuration goes on:"_s.arg(
            m_parts.config.file()));
        QTextStream(stderr) << describe(problems) << Qt::endl;
    }

    void stateChanged(Gateway::State state) {
        if (state == Gateway::State::Running)
            announce();
        else if (state == Gateway::State::Stopped && m_stopping)
            QCoreApplication::exit(0);
        else if (state == Gateway::State::Failed)
            fail();
    }

    void announce() {
        if (m_parts.gateway.error().message.isEmpty())
            QTextStream(stdout) << "listening on " << m_parts.gateway.url() << Qt::endl;
        else
            complain(m_parts.gateway.error().message);
    }

    void fail() {
        complain(m_parts.gateway.error().message);
        if (const quint16 next = m_parts.gateway.nextFreePort(); next != 0)
            complain(u"Port %1 is free: `quaygate serve --port %1`."_s.arg(next));
        QCoreApplication::exit(1);
    }

    void stop() {
        if (m_stopping)
            return QCoreApplication::exit(0); // a second signal: now
        m_stopping = true;
        if (m_parts.gateway.state() == Gateway::State::Stopped)
            return QCoreApplication::exit(0);
        m_parts.gateway.stop();
    }

    ServeOptions m_options;
    Parts m_parts;
    TerminationSignal m_signal;
    bool m_loaded = false;
    bool m_stopping = false;
};

} // namespace

int runServe(const QStringList &arguments) {
    const auto options = readOptions(arguments);
    if (!options)
        return 2;
    if (options->help) {
        QTextStream(stdout) << usage;
        return 0;
    }
    if (const auto installed = installCrashHandler(crashReportFolder()); !installed)
        complain(installed.error().message);
    if (const auto report = takeNewCrashReport(crashReportFolder()))
        complain(describe(*report));
    Service service(*options);
    service.start();
    return QCoreApplication::exec();
}

} // namespace quaygate
