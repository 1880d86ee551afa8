#pragma once

#include "app/launch_wish.h"
#include "app/login_start.h"
#include "app/notice_teller.h"
#include "app/parts.h"
#include "app/single_instance.h"
#include "app/termination_signal.h"
#include "ui/main_window.h"
#include "ui/tray/tray.h"

#include <QObject>

class QSessionManager;

namespace quaygate {

/// The program with its window, put together: the parts, the window, later starts and the end.
/// Lives on the GUI thread, once a QApplication exists.
class DesktopProgram : public QObject {
    Q_OBJECT

public:
    DesktopProgram(const QString &configFile, LaunchWish wish, SingleInstance &instance);

    /// Reads the configuration and does what the start was for.
    void start();

private:
    void loaded();
    void follow(const LaunchWish &wish);
    void showWindow(const QByteArray &activationToken);
    /// Where no tray came, the window is there, minimised.
    void stayReachable();
    void connectTray();
    /// A login session ends.
    void commitData(QSessionManager &session);
    /// Lets requests in flight end, then ends; now when it is called again.
    void end();

    LaunchWish m_wish;
    SingleInstance &m_instance;
    Parts m_parts;
    SystemLoginStart m_login;
    MainWindow m_window;
    Tray m_tray;
    NoticeTeller m_teller;
    TerminationSignal m_signal;
    bool m_loaded = false;
    bool m_ending = false;
};

} // namespace quaygate
