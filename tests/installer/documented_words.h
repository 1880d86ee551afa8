#pragma once

#include <QMap>
#include <QSet>
#include <QString>
#include <QStringList>

namespace quaygate {

/// The long options of each command; those of the program without a command are under "". What
/// every command has (--help) counts only there.
using Words = QMap<QString, QSet<QString>>;

/// What the program answers; fails the test if it does not.
QString helpOf(const QString &program, const QStringList &arguments);

Words wordsOfHelp(const QString &program);
Words wordsOfManualPage(const QString &page);
Words wordsOfZsh(const QString &completion);
Words wordsOfFish(const QString &completion);

/// What bash offers after `words`, the last of which is being typed.
QStringList offeredByBash(const QString &completionFile, const QStringList &words);
Words wordsOfBash(const QString &completionFile, const QStringList &commands);

} // namespace quaygate
