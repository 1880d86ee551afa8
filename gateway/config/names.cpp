#include "gateway/config/names.h"

#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

bool hasControlCharacter(const QString &text) {
    return std::any_of(text.begin(), text.end(),
                       [](QChar c) { return c.category() == QChar::Other_Control; });
}

bool isPadded(const QString &text) {
    return text.trimmed() != text;
}

QString nameProblem(const QString &what, const QString &name) {
    if (name.isEmpty())
        return u"%1 needs a name."_s.arg(what);
    if (name.size() > maxNameLength)
        return u"A name has at most %1 characters."_s.arg(maxNameLength);
    if (hasControlCharacter(name))
        return u"A name must not hold control characters."_s;
    if (isPadded(name))
        return u"A name must not begin or end with a space."_s;
    return {};
}

QString environmentNameProblem(const QString &name) {
    static const QRegularExpression shape(uR"(\A[A-Za-z_][A-Za-z0-9_]*\z)"_s);
    if (name.isEmpty())
        return u"The environment variable that holds the key needs a name."_s;
    if (!shape.match(name).hasMatch())
        return u"The name of an environment variable has letters, digits and “_” only and does not "
               "begin with a digit; write the variable's name, not the key itself."_s;
    return {};
}

QString namePatternProblem(const QString &pattern) {
    constexpr qsizetype longest = 256;
    if (pattern.isEmpty() || pattern.size() > longest || hasControlCharacter(pattern) ||
        isPadded(pattern))
        return u"A name has 1 to %1 characters, no control characters and no space at its ends."_s
            .arg(longest);
    if (pattern.count(u'*') > 1)
        return u"A name has at most one *, which stands for any text."_s;
    return {};
}

QString uniqueName(const QString &base, const QStringList &taken) {
    QString name = base.left(maxNameLength);
    for (int number = 2; taken.contains(name); ++number) {
        const QString suffix = u'-' + QString::number(number);
        name = base.left(maxNameLength - suffix.size()) + suffix;
    }
    return name;
}

} // namespace quaygate
