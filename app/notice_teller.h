#pragma once

#include "app/desktop_notifications.h"
#include "app/notices.h"

#include <QObject>

namespace quaygate {

class ConfigStore;
class TrafficLog;
class Tray;

/// Watches the gateway and what it remembers, and lets the desktop tell of what matters while no
/// window of the program is in front; by the tray, where the desktop has no service for that.
/// Lives on the GUI thread.
class NoticeTeller : public QObject {
    Q_OBJECT

public:
    struct Parts {
        const ConfigStore &config;
        const Gateway &gateway;
        TrafficLog &traffic;
        Tray &tray;
    };

    explicit NoticeTeller(const Parts &parts, QObject *parent = nullptr);

    /// That the program goes on in the tray.
    void tellOfTray();

signals:
    /// `activationToken`: with which the desktop lets a window come to the front.
    void clicked(const quaygate::Notice &notice, const QByteArray &activationToken);

private:
    void onState(Gateway::State state);
    void onRecords(const QList<TrafficRecord> &records);
    void tell(const Notice &notice);
    void show(const QString &subject, const Notice &notice);

    Parts m_parts;
    DesktopNotifications m_notifications;
    NoticePace m_pace;
    Gateway::State m_state;
    Notice m_inTray; ///< what the tray told last: its click does not say which
};

} // namespace quaygate
