#include "app/command_line.h"

#include "app/commands.h"
#include "app/crash_handler.h"

#include <QApplication>
#include <QCoreApplication>
#include <QTextStream>

#include <algorithm>
#include <array>
#include <memory>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Command {
    const char *name;
    const char *arguments;
    const char *purpose;
    int (*run)(const QStringList &);
};

constexpr std::array commands{
    Command{"serve", "[--config FILE] [--port N] [--demo]", "run the gateway without a window",
            runServe},
    Command{"check", "[--config FILE]", "check the configuration file", runCheck},
    Command{"client-key", "add NAME | change NAME | list | remove NAME",
            "keys for the tools that use the gateway", runClientKey},
    Command{"secret", "set NAME | list | remove NAME", "keep keys in the keychain", runSecret},
    Command{"traffic", "[--follow] [--json] [--limit N] [--route NAME] [--since TIME] ...",
            "show what happened; more with --help", runTraffic},
    Command{"autostart", "on | off | status", "start in the background after every login",
            runAutostart},
    Command{"parse-url", "URL", "read an address of the Azure portal", runParseUrl},
    Command{"simulate", "[--port N] [--key-env VAR] [--deployment NAME=MODEL]...",
            "run the Azure look-alike", runSimulate},
};

void printUsage(QTextStream &out) {
    out << "Usage: quaygate [--config FILE] [--playground] [--start-gateway] [--background]\n"
           "                [--theme system|light|dark]\n"
           "           open the window, or show the one that is open\n";
    for (const Command &command : commands)
        out << "       quaygate " << command.name << ' ' << command.arguments << "\n           "
            << command.purpose << '\n';
    out << "       quaygate --version | --help" << Qt::endl;
}

void nameApplication() {
    QCoreApplication::setApplicationName(u"quaygate"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(QUAYGATE_VERSION));
    QGuiApplication::setApplicationDisplayName(u"Quaygate"_s);
    QGuiApplication::setDesktopFileName(u"io.github.quaygate.Quaygate"_s);
}

} // namespace

int runCommandLine(int &argc, char **argv) {
    nameApplication();
    if (const auto forbidden = forbidCoreDumps(); !forbidden)
        QTextStream(stderr) << "quaygate: " << forbidden.error().message << Qt::endl;
    const QString first = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QString();
    QTextStream out(stdout);
    if (first == u"--help" || first == u"-h" || first == u"help") {
        printUsage(out);
        return 0;
    }
    if (first == u"--version") {
        out << "quaygate " << QCoreApplication::applicationVersion() << Qt::endl;
        return 0;
    }
    if (first.isEmpty() || first.startsWith(u'-')) {
        QApplication application(argc, argv);
        return runWindow(application.arguments().sliced(1));
    }
    const auto command =
        std::find_if(commands.begin(), commands.end(), [&](const Command &candidate) {
            return first == QLatin1StringView(candidate.name);
        });
    if (command == commands.end()) {
        QTextStream complaint(stderr);
        complaint << "quaygate: there is no command \"" << first << "\".\n";
        printUsage(complaint);
        return 2;
    }
    QCoreApplication application(argc, argv);
    return command->run(application.arguments().sliced(2));
}

} // namespace quaygate
