#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QStringList>

/// The list of names that is kept beside the secrets, as an entry of its own: a JSON array of
/// strings.
namespace quaygate::secret_index {

/// The account name of the list. No secret may be called so.
QString account();

/// The names, sorted, each once. Fails if the entry is not such a list.
Result<QStringList> parse(const Secret &entry);

Secret format(QStringList names);

} // namespace quaygate::secret_index
