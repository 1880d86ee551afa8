#pragma once

#include "ui/services.h"
#include "ui/tray/tray_icon.h"

#include <QMenu>
#include <QObject>
#include <QSystemTrayIcon>
#include <QTimer>

namespace quaygate {

/// The program's place in the tray: the gateway's state as an icon, and a menu. Where the desktop
/// has no tray it waits for one to come and does nothing else. GUI thread.
class Tray : public QObject {
    Q_OBJECT

public:
    explicit Tray(const Services &services, QObject *parent = nullptr);
    ~Tray() override;

    /// Shows the icon as soon as there is a tray; after a login that may take a while.
    void show();
    /// The icon is there to be found.
    bool isShown() const;
    /// A message of the tray, for desktops without a service for notifications.
    void tell(const QString &title, const QString &text);

    const QMenu &menu() const { return m_menu; }
    TrayState state() const { return m_state; }
    QString toolTip() const { return m_icon.toolTip(); }

signals:
    void openWanted();
    void playgroundWanted();
    void quitWanted();
    void messageClicked();

private:
    void fillMenu();
    void refresh();
    void toggle();
    void lookForTray();
    QString stateLine() const;

    Services m_services;
    QMenu m_menu;
    QSystemTrayIcon m_icon;
    TrayState m_state = TrayState::Stopped;
    QAction *m_stateAction = nullptr;
    QAction *m_requestsAction = nullptr;
    QAction *m_copyAction = nullptr;
    QAction *m_toggleAction = nullptr;
    QTimer m_counting; ///< of requests in flight, while the gateway runs
    QTimer m_looking;  ///< for a tray
};

} // namespace quaygate
