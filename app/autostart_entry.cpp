#include "app/autostart_entry.h"

#include <QHash>

using namespace Qt::StringLiterals;

namespace quaygate::autostart_entry {

namespace {

/// A value of type string.
QString escaped(QString value) {
    return value.replace(u'\\', u"\\\\"_s)
        .replace(u'\n', u"\\n"_s)
        .replace(u'\t', u"\\t"_s)
        .replace(u'\r', u"\\r"_s);
}

QString unescaped(const QString &value) {
    static const QHash<QChar, QChar> meant{
        {u's', u' '}, {u'n', u'\n'}, {u't', u'\t'}, {u'r', u'\r'}};
    QString plain;
    for (qsizetype i = 0; i < value.size(); ++i) {
        if (value[i] == u'\\' && i + 1 < value.size()) {
            ++i;
            plain += meant.value(value[i], value[i]);
        } else {
            plain += value[i];
        }
    }
    return plain;
}

/// An argument of Exec, always in quotes; a percent sign would begin a field code.
QString quoted(const QString &argument) {
    QString text = u"\""_s;
    for (const QChar c : argument) {
        if (u"\"`$\\"_s.contains(c))
            text += u'\\';
        text += c;
        if (c == u'%')
            text += c;
    }
    return text + u'"';
}

/// The first argument of an Exec line whose escapes are resolved.
QString firstArgument(const QString &exec) {
    QString argument;
    bool inQuotes = false;
    for (qsizetype i = 0; i < exec.size(); ++i) {
        const QChar c = exec[i];
        const bool hasNext = i + 1 < exec.size();
        if (c == u'"')
            inQuotes = !inQuotes;
        else if (inQuotes && c == u'\\' && hasNext)
            argument += exec[++i];
        else if (c == u'%' && hasNext && exec[i + 1] == u'%')
            argument += exec[++i];
        else if (c == u' ' && !inQuotes)
            break;
        else
            argument += c;
    }
    return argument;
}

QHash<QString, QString> entryOf(const QByteArray &text) {
    QHash<QString, QString> entry;
    bool isOurs = false;
    for (const QString &line : QString::fromUtf8(text).split(u'\n')) {
        if (line.startsWith(u'['))
            isOurs = line.trimmed() == u"[Desktop Entry]"_s;
        else if (const qsizetype equals = line.indexOf(u'='); isOurs && equals > 0)
            entry.insert(line.left(equals).trimmed(), line.sliced(equals + 1).trimmed());
    }
    return entry;
}

} // namespace

QByteArray text(const QString &program) {
    return u"[Desktop Entry]\n"
           "Type=Application\n"
           "Name=Quaygate\n"
           "Comment=Azure OpenAI for every tool on this computer\n"
           "Icon=io.github.quaygate.Quaygate\n"
           "TryExec=%1\n"
           "Exec=%2 --background\n"
           "Terminal=false\n"
           "X-GNOME-Autostart-enabled=true\n"_s.arg(escaped(program), escaped(quoted(program)))
               .toUtf8();
}

QString programOf(const QByteArray &text) {
    const auto entry = entryOf(text);
    if (entry.value(u"Hidden"_s) == u"true"_s ||
        entry.value(u"X-GNOME-Autostart-enabled"_s) == u"false"_s)
        return {};
    return firstArgument(unescaped(entry.value(u"Exec"_s)));
}

} // namespace quaygate::autostart_entry
