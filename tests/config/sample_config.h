#pragma once

#include "gateway/config/config.h"

#include <QByteArray>

namespace quaygate::test {

/// The configuration file that the documentation shows.
QByteArray documentedText();

/// The same as a value.
Config documentedConfig();

/// A valid configuration with every member set, unknown members at every place included.
Config fullConfig();
/// The documented one with every other member set to what it is not by itself.
Config completeConfig();

/// A valid configuration whose file has some ten kilobytes.
Config largeConfig();

} // namespace quaygate::test
