#pragma once

#include "gateway/gateway.h"

#include <QIcon>

namespace quaygate {

/// What the tray shows at a glance.
enum class TrayState {
    Stopped, ///< grey, with a ring
    Running, ///< the icon as it is
    Busy,    ///< requests in flight: with a filled circle
    Error,   ///< with a filled square
};

TrayState trayState(Gateway::State state, int requestsInFlight);

/// The icon for it, in the sizes that trays have. Told apart by shape, not by colour alone; drawn
/// for light and dark panels alike.
QIcon trayIcon(TrayState state);

} // namespace quaygate
