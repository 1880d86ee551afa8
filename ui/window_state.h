#pragma once

#include <QByteArray>
#include <QString>

namespace quaygate {

/// What the window remembers of itself: an INI file beside the configuration, which holds nothing
/// but geometry and the page shown.
class WindowState {
public:
    explicit WindowState(const QString &configFile);

    QByteArray geometry() const;
    int page() const;
    void keep(const QByteArray &geometry, int page) const;

private:
    QString m_file;
};

} // namespace quaygate
