#pragma once

#include "gateway/result.h"
#include "gateway/traffic/prices.h"

#include <QByteArrayView>
#include <QHash>

namespace quaygate::traffic {

/// The prices of a text in the layout of resources/prices.json, by the names of the models. Fails
/// with Internal if anything in it is not as it must be.
Result<QHash<QString, Price>> readPrices(const QByteArray &text);

} // namespace quaygate::traffic
