#pragma once

#include "gateway/config/config.h"

#include <QByteArray>

namespace quaygate {

/// Tells deployments apart for what is learned about them: backends that differ in name or key only
/// have the same. The API version belongs to it: it decides what a deployment shows. Pure.
QByteArray deploymentKey(const Backend &backend);

} // namespace quaygate
