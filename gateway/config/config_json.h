#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

namespace quaygate {

/// What became of a text: `config` is good only if `problems` is empty.
struct ParsedConfig {
    Config config;
    Problems problems;
};

/// Reads and validates the text of a configuration file. All problems are listed, each with line,
/// JSON pointer and reason; a text that is not JSON has exactly one.
ParsedConfig parseConfig(const QByteArray &text);

/// The text of a configuration file: two-space indentation, known members first, unknown ones to
/// the byte as they were read. `parseConfig(writeConfig(c)).config == c` for every valid c.
QByteArray writeConfig(const Config &config);

} // namespace quaygate
