#include "tests/installer/documented_words.h"

#include <QProcess>
#include <QRegularExpression>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QSet<QString> optionsIn(const QString &text) {
    static const QRegularExpression option(u"(?<![\\w-])--[a-z][a-z-]*"_s);
    QSet<QString> options;
    for (auto match = option.globalMatch(text); match.hasNext();)
        options.insert(match.next().captured());
    return options;
}

void add(Words &words, const QString &command, const QString &text) {
    words[command] |= optionsIn(text);
    if (!command.isEmpty())
        words[command].remove(u"--help"_s);
}

QString run(const QString &program, const QStringList &arguments) {
    QProcess process;
    process.start(program, arguments);
    EXPECT_TRUE(process.waitForFinished()) << program.toStdString();
    EXPECT_EQ(process.exitCode(), 0)
        << arguments.join(u' ').toStdString() << process.readAllStandardError().toStdString();
    return QString::fromUtf8(process.readAllStandardOutput());
}

} // namespace

QString helpOf(const QString &program, const QStringList &arguments) {
    return run(program, arguments + QStringList{u"--help"_s});
}

Words wordsOfHelp(const QString &program) {
    static const QRegularExpression usage(u"^(?:Usage:)?\\s+quaygate (\\S*)"_s);
    static const QRegularExpression name(u"^[a-z][a-z-]*$"_s);
    Words words;
    QString command;
    for (const QString &line : helpOf(program, {}).split(u'\n')) {
        if (const auto match = usage.match(line); match.hasMatch())
            command = name.match(match.captured(1)).hasMatch() ? match.captured(1) : QString();
        add(words, command, line);
    }
    for (const QString &each : words.keys()) {
        if (!each.isEmpty())
            add(words, each, helpOf(program, {each}));
    }
    return words;
}

Words wordsOfManualPage(const QString &page) {
    static const QRegularExpression sections(u"^\\.(SH|SS) "_s,
                                             QRegularExpression::MultilineOption);
    QString text = page;
    text.replace(u"\\-"_s, u"-"_s);
    Words words;
    for (const QString &section : text.split(u"\n.S"_s)) {
        const QString title = section.section(u'\n', 0, 0);
        if (title == u"H OPTIONS")
            add(words, {}, section);
        else if (title.startsWith(u"S "))
            add(words, title.sliced(2), section);
    }
    return words;
}

Words wordsOfZsh(const QString &completion) {
    static const QRegularExpression function(u"^_quaygate_?([a-z-]*)\\(\\) \\{$(.*?)^\\}$"_s,
                                             QRegularExpression::MultilineOption |
                                                 QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression command(u"^ +'([a-z-]+):"_s,
                                            QRegularExpression::MultilineOption);
    Words words;
    for (auto match = command.globalMatch(completion); match.hasNext();)
        words[match.next().captured(1)];
    for (auto match = function.globalMatch(completion); match.hasNext();) {
        const auto found = match.next();
        if (found.captured(1).isEmpty() || words.contains(found.captured(1)))
            add(words, found.captured(1), found.captured(2));
    }
    return words;
}

Words wordsOfFish(const QString &completion) {
    static const QRegularExpression command(u"-n __quaygate_needs_command -a ([a-z-]+)"_s);
    static const QRegularExpression option(u" -l ([a-z-]+)"_s);
    static const QRegularExpression place(u"__quaygate_in ([a-z-]+)"_s);
    Words words;
    for (const QString &line : completion.split(u'\n')) {
        if (const auto match = command.match(line); match.hasMatch())
            words[match.captured(1)];
        if (const auto match = option.match(line);
            match.hasMatch() && line.startsWith("complete "_L1))
            add(words, place.match(line).captured(1), u"--"_s + match.captured(1));
    }
    return words;
}

QStringList offeredByBash(const QString &completionFile, const QStringList &words) {
    // Without a program of that name, so that no name of a client key is asked for.
    const QString script =
        u"quaygate() { :; }; source \"$1\"; shift; COMP_WORDS=(\"$@\"); "
        "COMP_CWORD=$(($# - 1)); _quaygate; printf '%s\\n' \"${COMPREPLY[@]}\""_s;
    const QString offered =
        run(u"bash"_s, QStringList{u"-c"_s, script, u"bash"_s, completionFile} + words);
    return offered.split(u'\n', Qt::SkipEmptyParts);
}

Words wordsOfBash(const QString &completionFile, const QStringList &commands) {
    const auto offered = [&](const QStringList &words) {
        return offeredByBash(completionFile, QStringList{u"quaygate"_s} + words);
    };
    Words words;
    for (const QString &word : offered({QString()})) {
        if (!word.startsWith(u'-'))
            words[word];
    }
    add(words, {}, offered({u"--"_s}).join(u' '));
    for (const QString &command : commands) {
        add(words, command, offered({command, u"--"_s}).join(u' '));
        for (const QString &action : offered({command, QString()})) {
            if (!action.startsWith(u'-'))
                add(words, command, offered({command, action, u"--"_s}).join(u' '));
        }
    }
    return words;
}

} // namespace quaygate
