#pragma once

#include <QList>
#include <QString>

class QTextDocument;

namespace quaygate {

/// The numbers that stand before the items of ordered lists, in order, code left out.
QList<int> orderedItemNumbers(const QString &markdown);

/// Before Qt 6.6 every ordered list read from Markdown starts at 1, also one that goes on after a
/// piece of code or a paragraph. Gives such lists the numbers that were written. Does nothing on
/// newer Qt.
void continueListNumbers(QTextDocument &document, const QString &markdown);

} // namespace quaygate
