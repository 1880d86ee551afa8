#pragma once

#include <QList>
#include <QString>

class QWidget;

namespace quaygate {

/// A column of a table whose lines are FormLines, with its stretch as there.
struct ColumnName {
    QString text;
    int stretch;
};

/// The names of the columns, for LinesField::setHeading. The button that removes a line has none.
QWidget *makeColumnHeading(const QList<ColumnName> &columns);

} // namespace quaygate
