#pragma once

#include <QByteArray>
#include <QString>

namespace quaygate {

/// What the window remembers of itself: an INI file beside the configuration, which holds nothing
/// but geometry, the page shown and what was told once.
class WindowState {
public:
    explicit WindowState(const QString &configFile);

    QByteArray geometry() const;
    int page() const;
    void keep(const QByteArray &geometry, int page) const;
    /// True the first time: that closing the window leaves the program in the tray is told once.
    bool tellOfTray() const;

private:
    QString m_file;
};

} // namespace quaygate
