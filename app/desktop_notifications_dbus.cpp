#include "app/desktop_notifications.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QHash>
#include <QVariantMap>

#include <utility>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

// As in the specification of the desktop's notifications, version 1.2.
const auto service = u"org.freedesktop.Notifications"_s;
const auto path = u"/org/freedesktop/Notifications"_s;
const auto busName = u"quaygate-notifications"_s;
constexpr int answerTimeMs = 10'000;

/// By its address where there is one: libdbus remembers the first that it was asked for.
QDBusConnection connectToSession() {
    const QString address = qEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS");
    return address.isEmpty() ? QDBusConnection::connectToBus(QDBusConnection::SessionBus, busName)
                             : QDBusConnection::connectToBus(address, busName);
}

} // namespace

class DesktopNotifications::Private : public QObject {
    Q_OBJECT

public:
    ~Private() override {
        m_bus = QDBusConnection(QString());
        QDBusConnection::disconnectFromBus(busName);
    }

    bool connectBus() {
        if (m_bus.isConnected())
            return true;
        // Of our own: Qt's shared one stays broken if the bus came later than we did.
        QDBusConnection::disconnectFromBus(busName);
        m_bus = connectToSession();
        if (!m_bus.isConnected())
            return false;
        m_bus.connect(service, path, service, u"ActionInvoked"_s, this,
                      SLOT(onAction(uint, QString)));
        m_bus.connect(service, path, service, u"ActivationToken"_s, this,
                      SLOT(onToken(uint, QString)));
        m_bus.connect(service, path, service, u"NotificationClosed"_s, this,
                      SLOT(onClosed(uint, uint)));
        return true;
    }

    void show(const QString &subject, const QString &title, const QString &text,
              std::function<void(const QString &)> activated, std::function<void()> failed) {
        if (!connectBus())
            return failed();
        QDBusMessage call = QDBusMessage::createMethodCall(service, path, service, u"Notify"_s);
        const QVariantMap hints{{u"desktop-entry"_s, u"io.github.quaygate.Quaygate"_s}};
        // The body may be markup, which nothing of ours is.
        call << u"Quaygate"_s << m_shown.value(subject) << u"io.github.quaygate.Quaygate"_s << title
             << text.toHtmlEscaped() << QStringList{u"default"_s, tr("Open")} << hints << -1;
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call, answerTimeMs), this);
        connect(
            watcher, &QDBusPendingCallWatcher::finished, this,
            [this, watcher, subject, activated = std::move(activated), failed = std::move(failed)] {
                watcher->deleteLater();
                const QDBusPendingReply<uint> id = *watcher;
                if (id.isError())
                    return failed();
                m_shown[subject] = id.value();
                m_activated[id.value()] = activated;
            });
    }

private slots:
    void onToken(uint id, const QString &token) {
        if (m_activated.contains(id))
            m_token = token;
    }

    void onAction(uint id, const QString &) {
        if (const auto activated = m_activated.value(id))
            activated(std::exchange(m_token, {}));
    }

    void onClosed(uint id, uint) {
        m_activated.remove(id);
        m_shown.removeIf(
            [id](std::pair<const QString &, uint &> entry) { return entry.second == id; });
    }

private:
    QDBusConnection m_bus{QString()};
    QHash<QString, uint> m_shown; ///< by subject
    QHash<uint, std::function<void(const QString &)>> m_activated;
    QString m_token; ///< of the click that is about to be told
};

DesktopNotifications::DesktopNotifications(QObject *parent)
    : QObject(parent), d(std::make_unique<Private>()) {
}

DesktopNotifications::~DesktopNotifications() = default;

void DesktopNotifications::show(const QString &subject, const QString &title, const QString &text,
                                std::function<void(const QString &)> activated,
                                std::function<void()> failed) {
    d->show(subject, title, text, std::move(activated), std::move(failed));
}

} // namespace quaygate

#include "desktop_notifications_dbus.moc"
