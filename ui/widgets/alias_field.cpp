#include "ui/widgets/alias_field.h"

using namespace Qt::StringLiterals;

namespace quaygate {

PairsField *makeAliasField(const QString &label, QWidget *parent) {
    return new PairsField({label, PairsField::tr("Alias"), PairsField::tr("Alias"),
                           PairsField::tr("Backend or deployment"), PairsField::tr("Add an alias"),
                           u"alias"_s, u"/modelAliases"_s},
                          parent);
}

void setAliases(PairsField &field, const QList<ModelAlias> &aliases) {
    QList<TextPair> pairs;
    for (const ModelAlias &alias : aliases)
        pairs.append({alias.name, alias.target});
    field.setPairs(pairs);
}

QList<ModelAlias> aliasesOf(const PairsField &field) {
    QList<ModelAlias> aliases;
    for (const TextPair &pair : field.pairs())
        aliases.append({pair.name, pair.value.trimmed()});
    return aliases;
}

} // namespace quaygate
