#include "app/desktop_notifications.h"

namespace quaygate {

class DesktopNotifications::Private {};

DesktopNotifications::DesktopNotifications(QObject *parent) : QObject(parent) {
}

DesktopNotifications::~DesktopNotifications() = default;

void DesktopNotifications::show(const QString &, const QString &, const QString &,
                                std::function<void(const QString &)>,
                                std::function<void()> failed) {
    failed();
}

} // namespace quaygate
