#pragma once

#include "gateway/pipeline/affinity.h"
#include "gateway/pipeline/routing_table.h"

namespace quaygate {

/// Narrows and orders the candidates by what the request goes on with: what only one backend has
/// goes there and nowhere else; a session goes where it likes best, and elsewhere if need be; what
/// is stored at one resource and says no id goes to the first. True if it goes on with something
/// and nobody knows who has that: then the candidates may be asked one after the other.
bool pin(Routed &routed, const HttpRequest &request, const ServedBy &servedBy);

} // namespace quaygate
