#pragma once

#include <QString>
#include <QStringList>

namespace quaygate {

/// `base` if it is not taken, else the first of `base-2`, `base-3`, … that is not; cut so that it
/// is a valid name. For a form that proposes a name.
QString uniqueName(const QString &base, const QStringList &taken);

bool hasControlCharacter(const QString &text);
/// True if the text begins or ends with a space.
bool isPadded(const QString &text);

/// What is wrong with a name, empty if nothing; `what` is "A backend", "The secret". No value is
/// repeated in a message: someone may have put a key there.
QString nameProblem(const QString &what, const QString &name);

/// The same for the name of an environment variable.
QString environmentNameProblem(const QString &name);

/// What is wrong with the name of a model or route in which one `*` may stand for any text; empty
/// if nothing is.
QString namePatternProblem(const QString &pattern);

/// The most characters that a name of a backend, route or secret may have.
inline constexpr qsizetype maxNameLength = 64;

} // namespace quaygate
