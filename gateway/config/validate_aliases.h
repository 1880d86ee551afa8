#pragma once

#include "gateway/config/config.h"
#include "gateway/config/findings.h"

namespace quaygate {

/// Checks names and targets by themselves; findings are at "/modelAliases/NAME". Inner part of the
/// validation.
void checkAliases(const QList<ModelAlias> &aliases, Findings &findings);

/// Checks that each target is one of these backends, or one of their deployments. `where` says in
/// messages which backends these are: "this route".
void checkAliasTargets(const QList<ModelAlias> &aliases, const QList<const Backend *> &backends,
                       const QString &where, Findings &findings);

} // namespace quaygate
