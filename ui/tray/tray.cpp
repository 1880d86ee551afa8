#include "ui/tray/tray.h"

#include "gateway/config/config_store.h"
#include "ui/gateway_panel.h"

#include <QClipboard>
#include <QGuiApplication>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

constexpr auto countEvery = 1s;
constexpr auto lookEvery = 2s;

} // namespace

Tray::Tray(const Services &services, QObject *parent) : QObject(parent), m_services(services) {
    fillMenu();
    m_icon.setContextMenu(&m_menu);
    m_icon.setIcon(trayIcon(m_state));
    m_counting.setInterval(countEvery);
    m_counting.setTimerType(Qt::CoarseTimer);
    m_looking.setInterval(lookEvery);
    connect(&m_counting, &QTimer::timeout, this, &Tray::refresh);
    connect(&m_looking, &QTimer::timeout, this, &Tray::lookForTray);
    connect(&m_menu, &QMenu::aboutToShow, this, &Tray::refresh);
    connect(&services.gateway, &Gateway::stateChanged, this, &Tray::refresh);
    connect(&services.config, &ConfigStore::changed, this, &Tray::refresh);
    connect(&m_icon, &QSystemTrayIcon::messageClicked, this, &Tray::messageClicked);
    connect(&m_icon, &QSystemTrayIcon::activated, this, [this](auto reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            emit openWanted();
    });
    refresh();
}

Tray::~Tray() = default;

void Tray::fillMenu() {
    m_stateAction = m_menu.addAction(QString());
    m_stateAction->setEnabled(false);
    m_requestsAction = m_menu.addAction(QString());
    m_requestsAction->setEnabled(false);
    m_menu.addSeparator();
    QAction *open = m_menu.addAction(tr("&Open Quaygate"), this, &Tray::openWanted);
    m_menu.setDefaultAction(open);
    m_menu.addAction(tr("&Playground"), this, &Tray::playgroundWanted);
    m_copyAction = m_menu.addAction(tr("&Copy address"), this, [this] {
        QGuiApplication::clipboard()->setText(m_services.gateway.url());
    });
    m_menu.addSeparator();
    m_toggleAction = m_menu.addAction(QString(), this, &Tray::toggle);
    m_menu.addSeparator();
    m_menu.addAction(tr("&Quit Quaygate"), this, &Tray::quitWanted);
}

QString Tray::stateLine() const {
    const Gateway &gateway = m_services.gateway;
    const QString state = stateText(gateway.state());
    if (gateway.state() != Gateway::State::Running)
        return tr("Gateway: %1").arg(state);
    return tr("Gateway: %1 at %2").arg(state, gateway.url().remove(u"http://"_s));
}

void Tray::refresh() {
    Gateway &gateway = m_services.gateway;
    const Gateway::State now = gateway.state();
    const bool isRunning = now == Gateway::State::Running;
    const int requests = gateway.requestsInFlight();
    const TrayState state = trayState(now, requests);
    if (state != m_state)
        m_icon.setIcon(trayIcon(state));
    m_state = state;

    const QString line = stateLine();
    const QString counted =
        requests == 1 ? tr("1 request in flight") : tr("%1 requests in flight").arg(requests);
    m_stateAction->setText(line);
    m_requestsAction->setText(requests == 0 ? tr("No request in flight") : counted);
    m_requestsAction->setVisible(isRunning || requests > 0);
    m_copyAction->setEnabled(isRunning);
    m_toggleAction->setText(isRunning || now == Gateway::State::Stopping
                                ? tr("&Stop the gateway")
                                : tr("&Start the gateway"));
    m_toggleAction->setEnabled(now != Gateway::State::Starting && now != Gateway::State::Stopping);
    const QString tip = requests == 0 ? line : line + u'\n' + counted;
    if (tip != m_icon.toolTip())
        m_icon.setToolTip(tip);

    if (isRunning || now == Gateway::State::Stopping) {
        if (!m_counting.isActive())
            m_counting.start();
    } else {
        m_counting.stop();
    }
}

void Tray::toggle() {
    if (m_services.gateway.state() == Gateway::State::Running)
        m_services.gateway.stop();
    else
        m_services.gateway.start();
}

void Tray::show() {
    m_looking.start();
    lookForTray();
}

/// Once it is there, Qt sees to it that the icon comes back with the panel.
void Tray::lookForTray() {
    if (!QSystemTrayIcon::isSystemTrayAvailable())
        return;
    m_looking.stop();
    m_icon.show();
}

bool Tray::isShown() const {
    return m_icon.isVisible() && QSystemTrayIcon::isSystemTrayAvailable();
}

void Tray::tell(const QString &title, const QString &text) {
    if (isShown())
        m_icon.showMessage(title, text, trayIcon(TrayState::Running));
}

} // namespace quaygate
