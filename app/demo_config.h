#pragma once

#include "gateway/config/config.h"

namespace quaygate {

/// The configuration of the demo: a backend for each deployment of the built-in simulator, named
/// like it, an alias, and a route at the path that the README calls.
Config demoConfig();

} // namespace quaygate
