#pragma once

#include "gateway/config/config.h"
#include "ui/widgets/pairs_field.h"

namespace quaygate {

/// A table of model aliases, at "/modelAliases" of what the form edits.
PairsField *makeAliasField(const QString &label, QWidget *parent);

void setAliases(PairsField &field, const QList<ModelAlias> &aliases);
QList<ModelAlias> aliasesOf(const PairsField &field);

} // namespace quaygate
