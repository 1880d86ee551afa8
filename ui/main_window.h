#pragma once

#include "gateway/result.h"
#include "ui/services.h"

#include <QMainWindow>

#include <functional>

class QButtonGroup;
class QStackedWidget;
class QVBoxLayout;

namespace quaygate {

class BackendsPage;
class ClientKeysPage;
class GatewayAlert;
class HomePage;
class NoticeBar;
class Page;
class PlaygroundPage;
class RoutesPage;
class SettingsPage;
class Toast;

/// The window: navigation and the gateway's state at the left, one page at the right.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(const Services &services, QWidget *parent = nullptr);

    void showHome();
    void showBackend(const QString &name);
    void showRoute(const QString &name);
    void showPlayground(const QString &route);

    /// What is told over every page.
    NoticeBar &notices() { return *m_notices; }

    /// Asked when the person closes the window: true leaves the program in the tray.
    void setStays(std::function<bool()> stays) { m_stays = std::move(stays); }

    bool hasUnsavedEdits() const { return unsavedPage() != nullptr; }
    /// Ends the program as a person does: asks first if a form has edits that are not saved.
    void leave();

signals:
    /// The person closed the window for good and wants to lose what is not saved, if anything.
    void left();
    /// The person closed the window, and the program goes on in the tray.
    void wentToTray();

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    QWidget *makeSidebar(QWidget *parent);
    void addPage(QWidget *page, const QString &name, const QString &icon);
    void addShortcuts();
    void connectPages();
    void turnTo(QWidget *page);
    Page *currentPage() const;
    Page *unsavedPage() const;
    void hideAway();
    void goAway();
    void openAddDeployment();
    /// After a first route came to be: serve it and go and chat.
    void startWith(const QString &route);
    void tellRemoved(const QString &text, const std::function<void()> &undo);
    void tellFailed(const Error &error);

    Services m_services;
    QVBoxLayout *m_navigation = nullptr;
    QButtonGroup *m_buttons;
    QStackedWidget *m_pages;
    GatewayAlert *m_alert;
    NoticeBar *m_notices;
    Toast *m_toast;
    HomePage *m_home;
    BackendsPage *m_backends;
    RoutesPage *m_routes;
    ClientKeysPage *m_clientKeys;
    PlaygroundPage *m_playground;
    SettingsPage *m_settings;
    std::function<bool()> m_stays;
    bool m_asking = false;
};

} // namespace quaygate
