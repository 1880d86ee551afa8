#include "app/commands.h"
#include "app/parts.h"
#include "ui/main_window.h"
#include "ui/services.h"
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
};

std::optional<WindowOptions> readOptions(const QStringList &arguments) {
    QCommandLineParser parser;
    parser.addOptions({{u"config"_s, u"The configuration file."_s, u"FILE"_s},
                       {u"theme"_s, u"system, light or dark."_s, u"THEME"_s, u"system"_s}});
    QTextStream complaint(stderr);
    if (!parser.parse(QStringList{u"quaygate"_s} + arguments)) {
        complaint << "quaygate: " << parser.errorText() << Qt::endl;
        return std::nullopt;
    }
    WindowOptions options;
    options.configFile =
        parser.isSet(u"config"_s) ? parser.value(u"config"_s) : ConfigStore::defaultFile();
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
    Theme::apply(*qApp, options->theme);
    Parts parts(options->configFile, TrafficLog::defaultPath());
    // What is configured is served from the start; on the first start there is nothing to serve
    // yet.
    QObject::connect(&parts.config, &ConfigStore::loaded, &parts.gateway, [&parts] {
        if (!parts.config.snapshot()->routes.isEmpty())
            parts.gateway.start();
    });
    MainWindow window(Services{parts.config, parts.gateway, parts.keychain, parts.session});
    // Shown once it is known what to show, so that no welcome flashes by.
    QObject::connect(&parts.config, &ConfigStore::loaded, &window, &QWidget::show);
    parts.config.load();
    return QApplication::exec();
}

} // namespace quaygate
