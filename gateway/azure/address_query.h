#pragma once

#include "gateway/secrets/secret.h"

#include <QString>
#include <QStringList>
#include <QStringView>

namespace quaygate {

/// What the query of a pasted address says: step 4 of section 1.4 of the Azure reference.
struct AddressQuery {
    QString apiVersion;     ///< as written; empty if absent or empty
    QString deploymentName; ///< of `deployment`, else of `model`
    Secret key;             ///< of `api-key`, `subscription-key` and their like
    QStringList warnings;   ///< never with a value in them
};

/// `query` is raw, without its '?'. Names compare without case; the first value that is not empty
/// counts.
AddressQuery readAddressQuery(QStringView query);

} // namespace quaygate
