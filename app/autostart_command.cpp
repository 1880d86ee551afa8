#include "app/autostart_command.h"

#include "app/commands.h"

#include <QFile>
#include <QTextStream>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

int tellError(const Error &error, QTextStream &err) {
    err << "quaygate: " << error.message;
    if (!error.detail.isEmpty())
        err << " (" << error.detail << ')';
    err << Qt::endl;
    return 1;
}

int tellState(const Autostart &autostart, QTextStream &out, QTextStream &err) {
    const auto state = autostart.state();
    if (!state)
        return tellError(state.error(), err);
    switch (*state) {
    case Autostart::State::Off:
        out << "off" << Qt::endl;
        break;
    case Autostart::State::On:
        out << "on" << Qt::endl;
        break;
    case Autostart::State::OnElsewhere:
        out << "on, but not for this program; `quaygate autostart on` changes that" << Qt::endl;
        break;
    }
    return 0;
}

} // namespace

int autostartCommand(const QStringList &arguments, Autostart &autostart, QIODevice &outDevice,
                     QIODevice &errDevice) {
    QTextStream out(&outDevice);
    QTextStream err(&errDevice);
    const QString asked = arguments.size() == 1 ? arguments.first() : QString();
    if (asked == u"status")
        return tellState(autostart, out, err);
    if (asked == u"on" || asked == u"off") {
        const auto done = asked == u"on" ? autostart.switchOn() : autostart.switchOff();
        return done ? 0 : tellError(done.error(), err);
    }
    const bool help = asked == u"--help" || asked == u"-h";
    (help ? out : err) << "Usage: quaygate autostart on|off|status\n"
                          "Whether Quaygate starts, in the background, after every login.\n"
                          "Kept in "
                       << autostart.place() << Qt::endl;
    return help ? 0 : 2;
}

int runAutostart(const QStringList &arguments) {
    QFile out;
    QFile err;
    if (!out.open(stdout, QIODevice::WriteOnly) || !err.open(stderr, QIODevice::WriteOnly))
        return 1;
    const auto autostart = makeAutostart(programToStart());
    return autostartCommand(arguments, *autostart, out, err);
}

} // namespace quaygate
