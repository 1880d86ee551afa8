#include "gateway/config/readers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

DesktopSettings readDesktop(Reading &reading, const json::Node &node, const QString &pointer) {
    DesktopSettings desktop;
    ObjectReader object(reading, node, pointer, u"“desktop”"_s);
    object.take("startGateway", desktop.startGateway);
    object.take("keepInTray", desktop.keepInTray);
    object.take("notifications", desktop.notifications);
    desktop.unknown = object.rest();
    return desktop;
}

} // namespace quaygate
