#include "gateway/network_watch.h"

namespace quaygate {

int openAddressEvents() {
    return -1;
}

} // namespace quaygate
