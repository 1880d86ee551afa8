#include "app/desktop_program.h"

#include "app/crash_reports.h"
#include "ui/notice_bar.h"
#include "ui/window_state.h"

#include <QApplication>
#include <QDesktopServices>
#include <QSessionManager>
#include <QTimer>
#include <QUrl>

using namespace std::chrono_literals;

namespace quaygate {

namespace {

/// After a login the program may come before the panel does.
constexpr auto trayTime = 10s;

} // namespace

DesktopProgram::DesktopProgram(const QString &configFile, LaunchWish wish, SingleInstance &instance)
    : m_wish(std::move(wish))
    , m_instance(instance)
    , m_parts(configFile, TrafficLog::defaultPath())
    , m_window({m_parts.config, m_parts.gateway, m_parts.keychain, m_parts.session, &m_login})
    , m_tray({m_parts.config, m_parts.gateway, m_parts.keychain, m_parts.session})
    , m_teller({m_parts.config, m_parts.gateway, m_parts.traffic, m_tray}) {
    QApplication::setQuitOnLastWindowClosed(false); // the gateway ends first
    connect(&m_parts.config, &ConfigStore::loaded, this, &DesktopProgram::loaded);
    connect(&m_instance, &SingleInstance::wished, this, &DesktopProgram::follow);
    connect(&m_window, &MainWindow::left, this, &DesktopProgram::end);
    connectTray();
    connect(&m_signal, &TerminationSignal::received, this, &DesktopProgram::end);
    connect(&m_parts.gateway, &Gateway::stateChanged, this, [this](Gateway::State state) {
        if (m_ending && state != Gateway::State::Stopping)
            QCoreApplication::exit(0);
    });
    connect(
        qApp, &QGuiApplication::commitDataRequest, this,
        [this](QSessionManager &session) { commitData(session); }, Qt::DirectConnection);
    // Whether it starts after a login is the person's to say, not the session's.
    connect(
        qApp, &QGuiApplication::saveStateRequest, this,
        [](QSessionManager &session) { session.setRestartHint(QSessionManager::RestartNever); },
        Qt::DirectConnection);
}

void DesktopProgram::connectTray() {
    connect(&m_tray, &Tray::openWanted, this, [this] { follow({}); });
    connect(&m_tray, &Tray::playgroundWanted, this, [this] { follow({true, false, false, {}}); });
    connect(&m_tray, &Tray::quitWanted, &m_window, &MainWindow::leave);
    connect(&m_teller, &NoticeTeller::clicked, this,
            [this](const Notice &notice, const QByteArray &activationToken) {
                if (!notice.backend.isEmpty())
                    m_window.showBackend(notice.backend);
                follow({false, false, false, activationToken});
            });
    m_window.setStays(
        [this] { return m_parts.config.snapshot()->desktop.keepInTray && m_tray.isShown(); });
    connect(&m_window, &MainWindow::wentToTray, this, [this] {
        if (WindowState(m_parts.config.file()).tellOfTray())
            m_teller.tellOfTray();
    });
}

void DesktopProgram::start() {
    m_tray.show();
    tellOfCrash(crashReportFolder(), this, [this](const CrashReport &report) {
        const auto open = [file = report.file] {
            QDesktopServices::openUrl(QUrl::fromLocalFile(file));
        };
        m_window.notices().tell(MessageKind::Warning, describe(report),
                                {{tr("Open the report"), open}});
    });
    m_parts.config.load();
}

void DesktopProgram::loaded() {
    if (std::exchange(m_loaded, true))
        return;
    m_wish.startGateway = startsGateway(m_wish, *m_parts.config.snapshot());
    // Shown only now that it is known what to show, so that no welcome flashes by.
    follow(m_wish);
}

void DesktopProgram::follow(const LaunchWish &wish) {
    if (m_ending)
        return;
    if (!m_loaded) { // a start during a start: both wishes count
        m_wish.playground |= wish.playground;
        m_wish.startGateway |= wish.startGateway;
        m_wish.background &= wish.background;
        m_wish.activationToken = wish.activationToken;
        return;
    }
    const Gateway::State state = m_parts.gateway.state();
    if (wish.startGateway && (state == Gateway::State::Stopped || state == Gateway::State::Failed))
        m_parts.gateway.start();
    if (wish.playground)
        m_window.showPlayground({});
    if (!wish.background)
        showWindow(wish.activationToken);
    else
        QTimer::singleShot(m_tray.isShown() ? 0ms : trayTime, this, &DesktopProgram::stayReachable);
}

void DesktopProgram::stayReachable() {
    if (!m_ending && !m_tray.isShown() && !m_window.isVisible())
        m_window.showMinimized();
}

void DesktopProgram::showWindow(const QByteArray &activationToken) {
    // Where Qt's platform plugin looks for it (Wayland).
    if (!activationToken.isEmpty())
        qputenv("XDG_ACTIVATION_TOKEN", activationToken);
    m_window.setWindowState(m_window.windowState() & ~Qt::WindowMinimized);
    m_window.show();
    m_window.raise();
    m_window.activateWindow();
}

void DesktopProgram::commitData(QSessionManager &session) {
    if (!m_window.hasUnsavedEdits())
        return;
    if (!session.allowsInteraction())
        return; // the session does not let anyone ask
    session.release();
    session.cancel();
    m_window.leave();
}

void DesktopProgram::end() {
    if (std::exchange(m_ending, true))
        return QCoreApplication::exit(0);
    m_instance.close();
    if (m_parts.gateway.state() == Gateway::State::Stopped ||
        m_parts.gateway.state() == Gateway::State::Failed)
        return QCoreApplication::exit(0);
    m_window.hide();
    m_parts.gateway.stop();
}

} // namespace quaygate
