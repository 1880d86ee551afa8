#include "gateway/config/validate_aliases.h"

#include "gateway/config/names.h"
#include "gateway/config/object_reader.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qsizetype longestName = 256;

QString pointerOf(const ModelAlias &alias) {
    return memberPointer(u"/modelAliases"_s, alias.name.toUtf8());
}

bool isModelName(const QString &name) {
    return !name.isEmpty() && name.size() <= longestName && !hasControlCharacter(name) &&
           !isPadded(name);
}

QString problemOf(const ModelAlias &alias) {
    if (!isModelName(alias.name))
        return u"An alias has 1 to 256 characters, no control characters and no space at its "
               "ends."_s;
    if (alias.name.count(u'*') > 1)
        return u"An alias has at most one *, which stands for any text."_s;
    if (!isModelName(alias.target))
        return u"Write the name of a backend or of its deployment that “%1” stands for."_s.arg(
            alias.name);
    return {};
}

} // namespace

void checkAliases(const QList<ModelAlias> &aliases, Findings &findings) {
    QSet<QString> seen;
    for (const ModelAlias &alias : aliases) {
        findings.addUnlessEmpty(pointerOf(alias), problemOf(alias));
        if (seen.contains(alias.name))
            findings.add(pointerOf(alias),
                         u"The alias “%1” stands twice; remove one."_s.arg(alias.name));
        seen.insert(alias.name);
    }
}

void checkAliasTargets(const QList<ModelAlias> &aliases, const QList<const Backend *> &backends,
                       const QString &where, Findings &findings) {
    for (const ModelAlias &alias : aliases) {
        const bool isKnown =
            std::any_of(backends.begin(), backends.end(), [&alias](const Backend *backend) {
                return backend->name == alias.target ||
                       backend->deploymentName.compare(alias.target, Qt::CaseInsensitive) == 0;
            });
        if (!isKnown && problemOf(alias).isEmpty())
            findings.add(pointerOf(alias),
                         u"No backend of %1 is named “%2” or has a deployment of that name."_s.arg(
                             where, alias.target));
    }
}

} // namespace quaygate
