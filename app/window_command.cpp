#include "app/commands.h"
#include "app/crash_handler.h"
#include "app/crash_reports.h"
#include "app/desktop_program.h"
#include "app/single_instance.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTextStream>

#include <optional>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct WindowOptions {
    QString configFile;
    Theme::Mode theme = Theme::Mode::System;
    LaunchWish wish;
};

/// What the desktop gave this start to bring a window to the front with, on Wayland or X11.
QByteArray activationToken() {
    QByteArray token;
    for (const char *name : {"DESKTOP_STARTUP_ID", "XDG_ACTIVATION_TOKEN"}) {
        if (const QByteArray given = qgetenv(name); !given.isEmpty())
            token = given;
    }
    return token;
}

std::optional<WindowOptions> readOptions(const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{u"config"_s, u"The configuration file."_s, u"FILE"_s},
                       {u"playground"_s, u"Show the playground."_s},
                       {u"start-gateway"_s, u"Start the gateway."_s},
                       {u"background"_s, u"Show no window where there is a tray."_s},
                       {u"theme"_s, u"system, light or dark."_s, u"THEME"_s, u"system"_s}});
    QTextStream complaint(stderr);
    if (!parser.parse(QStringList{u"quaygate"_s} + arguments)) {
        complaint << "quaygate: " << parser.errorText() << Qt::endl;
        return std::nullopt;
    }
    WindowOptions options;
    options.configFile =
        parser.isSet(u"config"_s) ? parser.value(u"config"_s) : ConfigStore::defaultFile();
    options.wish = {parser.isSet(u"playground"_s), parser.isSet(u"start-gateway"_s),
                    parser.isSet(u"background"_s), activationToken()};
    const QString theme = parser.value(u"theme"_s);
    if (theme == u"light")
        options.theme = Theme::Mode::Light;
    else if (theme == u"dark")
        options.theme = Theme::Mode::Dark;
    else if (theme != u"system") {
        complaint << "quaygate: --theme is system, light or dark, not \"" << theme << "\"."
                  << Qt::endl;
        return std::nullopt;
    }
    return options;
}

} // namespace

int runWindow(const QStringList &arguments) {
    const auto options = readOptions(arguments);
    if (!options)
        return 2;
    SingleInstance instance(options->configFile);
    const auto role = instance.claim(options->wish);
    if (!role) {
        QTextStream(stderr) << "quaygate: " << role.error().message << Qt::endl;
        return 1;
    }
    if (*role == SingleInstance::Role::Later)
        return 0;
    if (const auto installed = installCrashHandler(crashReportFolder()); !installed)
        QTextStream(stderr) << "quaygate: " << installed.error().message << Qt::endl;
    Theme::apply(*qApp, options->theme);
    DesktopProgram program(options->configFile, options->wish, instance);
    program.start();
    return QApplication::exec();
}

} // namespace quaygate
