#pragma once

namespace quaygate::traffic {

/// Where a text of JSON stands: how many containers are open, and whether it is in a string.
struct JsonPosition {
    const char *at;
    int depth;
    bool inText;
};

/// Goes over what is of no interest, 64 bytes a step, as long as no container below `floor` is
/// closed and nothing is escaped. Stops at most some blocks early; what it does not go over is to
/// be looked at byte by byte, which may be everything: only x86-64 has a quick way. Inner part of
/// traffic/; a pure function.
JsonPosition skipBlocks(JsonPosition from, const char *end, int floor);

/// Bytes of a step.
constexpr int skippedBlock = 64;

} // namespace quaygate::traffic
