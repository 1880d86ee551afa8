#include "app/closed_pipe.h"

#include <poll.h>

namespace quaygate {

bool isReaderGone(std::FILE *file) {
    pollfd descriptor{fileno(file), 0, 0}; // what it asks for is reported anyway
    return poll(&descriptor, 1, 0) > 0 && (descriptor.revents & (POLLERR | POLLNVAL)) != 0;
}

} // namespace quaygate
