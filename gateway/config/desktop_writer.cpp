#include "gateway/config/writers.h"

namespace quaygate {

QByteArray writeDesktop(const DesktopSettings &desktop, int depth) {
    const DesktopSettings usual;
    ObjectWriter object(depth);
    const auto addUnlessUsual = [&](QStringView key, bool DesktopSettings::*member) {
        if (desktop.*member != usual.*member)
            object.add(key, desktop.*member ? "true" : "false");
    };
    addUnlessUsual(u"startGateway", &DesktopSettings::startGateway);
    addUnlessUsual(u"keepInTray", &DesktopSettings::keepInTray);
    addUnlessUsual(u"notifications", &DesktopSettings::notifications);
    object.addUnknown(desktop.unknown);
    return object.json();
}

} // namespace quaygate
