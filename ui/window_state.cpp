#include "ui/window_state.h"

#include <QFileInfo>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace quaygate {

WindowState::WindowState(const QString &configFile)
    : m_file(QFileInfo(configFile).absolutePath() + u"/window.ini"_s) {
}

QByteArray WindowState::geometry() const {
    return QSettings(m_file, QSettings::IniFormat).value("geometry").toByteArray();
}

int WindowState::page() const {
    return QSettings(m_file, QSettings::IniFormat).value("page", 0).toInt();
}

void WindowState::keep(const QByteArray &geometry, int page) const {
    QSettings settings(m_file, QSettings::IniFormat);
    settings.setValue("geometry", geometry);
    settings.setValue("page", page);
}

bool WindowState::tellOfTray() const {
    QSettings settings(m_file, QSettings::IniFormat);
    if (settings.value("toldOfTray").toBool())
        return false;
    settings.setValue("toldOfTray", true);
    return true;
}

} // namespace quaygate
