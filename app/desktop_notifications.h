#pragma once

#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace quaygate {

/// The desktop's own notifications: org.freedesktop.Notifications on Linux. Other systems have them
/// through the tray, so `show` fails there at once. Never waits; GUI thread.
class DesktopNotifications : public QObject {
    Q_OBJECT

public:
    explicit DesktopNotifications(QObject *parent = nullptr);
    ~DesktopNotifications() override;

    /// `activated` is called when the person clicks it, `failed` if nothing shows it. One of the
    /// same `subject` takes the place of the one before.
    void show(const QString &subject, const QString &title, const QString &text,
              std::function<void(const QString &activationToken)> activated,
              std::function<void()> failed);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
