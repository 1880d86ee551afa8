#pragma once

#include <QList>
#include <QString>

namespace quaygate {

/// One thing that is wrong with a configuration. `pointer` is a JSON pointer (RFC 6901) to the
/// place, empty for the whole document; `line` counts from 1 and is 0 where there is no text (a
/// form).
struct Problem {
    int line = 0;
    QString pointer;
    QString message;

    bool operator==(const Problem &) const = default;
};

using Problems = QList<Problem>;

/// "line 12, /backends/0/endpoint: …".
QString describe(const Problem &problem);
/// The same, one problem a line.
QString describe(const Problems &problems);

} // namespace quaygate
