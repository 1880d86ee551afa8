#include "app/check_command.h"

#include "app/commands.h"
#include "gateway/config/config_file.h"
#include "gateway/config/config_json.h"
#include "gateway/config/config_store.h"

#include <QCommandLineParser>
#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr auto usage =
    "usage: quaygate check [--config FILE]\n"
    "\n"
    "Prints every problem of the configuration file as FILE:LINE: PLACE: REASON, "
    "or says that it is good.\n";

QString counted(qsizetype count, const QString &word) {
    return QString::number(count) + u' ' + word + (count == 1 ? QString() : u"s"_s);
}

/// In the form in which compilers print, so that editors can jump to the place.
QString toLine(const QString &file, const Problem &problem) {
    QString line = file + u':';
    if (problem.line > 0)
        line += QString::number(problem.line) + u':';
    if (!problem.pointer.isEmpty())
        line += u' ' + problem.pointer + u':';
    return line + u' ' + problem.message + u'\n';
}

int checkText(const QString &file, const QByteArray &text, QIODevice &out) {
    const ParsedConfig parsed = parseConfig(text);
    for (const Problem &problem : parsed.problems)
        out.write(toLine(file, problem).toUtf8());
    if (!parsed.problems.isEmpty())
        return 1;
    const QString verdict =
        u"%1 is good: %2, %3\n"_s.arg(file, counted(parsed.config.backends.size(), u"backend"_s),
                                      counted(parsed.config.routes.size(), u"route"_s));
    out.write(verdict.toUtf8());
    return 0;
}

int checkFile(const QString &file, QIODevice &out, QIODevice &err) {
    const FileContent content = readConfigFile(file);
    if (content.kind == FileContent::Kind::Present)
        return checkText(file, content.bytes, out);
    const QString reason = content.kind == FileContent::Kind::Absent
                               ? u"There is no configuration file %1."_s.arg(file)
                               : content.error.message;
    err.write("quaygate check: " + reason.toUtf8() + '\n');
    return 1;
}

} // namespace

int checkCommand(const QStringList &arguments, QIODevice &out, QIODevice &err) {
    QCommandLineParser parser;
    parser.addOptions({{u"config"_s, u"The configuration file."_s, u"FILE"_s},
                       {{u"h"_s, u"help"_s}, u"Show this help."_s}});
    if (!parser.parse(QStringList{u"quaygate check"_s} + arguments)) {
        err.write("quaygate check: " + parser.errorText().toUtf8() + '\n' + usage);
        return 2;
    }
    if (!parser.positionalArguments().isEmpty()) {
        err.write(usage);
        return 2;
    }
    if (parser.isSet(u"help"_s)) {
        out.write(usage);
        return 0;
    }
    const QString file =
        parser.isSet(u"config"_s) ? parser.value(u"config"_s) : ConfigStore::defaultFile();
    return checkFile(file, out, err);
}

int runCheck(const QStringList &arguments) {
    QFile out;
    QFile err;
    const bool open =
        out.open(stdout, QIODevice::WriteOnly | QIODevice::Text) &&
        err.open(stderr, QIODevice::WriteOnly | QIODevice::Text | QIODevice::Unbuffered);
    if (!open)
        return 1;
    const int code = checkCommand(arguments, out, err);
    if (out.flush())
        return code;
    err.write("quaygate check: the answer could not be written: " + out.errorString().toUtf8() +
              '\n');
    return 1;
}

} // namespace quaygate
