#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

/// The rules of the house that a compiler does not check: who may include whom, what stands in one
/// place only, how long a file may be. Pure: works on texts, so that it can be tested on made-up
/// ones.
namespace quaygate::house {

/// A file of ours. `path` is relative to the repository's root.
struct Source {
    QString path;
    QString text;
};

/// True if a header (what stands between the brackets) belongs to Qt Gui, Widgets or another module
/// that needs a screen.
using IsScreenHeader = std::function<bool(const QString &header)>;

/// What breaks a rule, one sentence each, in the order of the files.
QStringList violations(const QList<Source> &sources, const IsScreenHeader &isScreenHeader);

/// Files that are allowed, but longer than they should be.
QStringList longFiles(const QList<Source> &sources);

/// The text with comments and the insides of literals blanked (the names of includes stay), line by
/// line as it was.
QString codeOnly(const QString &text);

} // namespace quaygate::house
