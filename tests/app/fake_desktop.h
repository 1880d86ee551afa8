#pragma once

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVirtualObject>
#include <QProcess>

#include <gtest/gtest.h>

/// A desktop that shows notifications, on a session bus of its own.
namespace quaygate::test {

class Bus {
public:
    Bus() {
        m_daemon.start(QStringLiteral("dbus-daemon"),
                       {QStringLiteral("--session"), QStringLiteral("--nofork"),
                        QStringLiteral("--print-address")});
        EXPECT_TRUE(m_daemon.waitForReadyRead()) << "the package dbus-daemon is missing";
        m_address = m_daemon.readLine().trimmed();
        m_before = qgetenv("DBUS_SESSION_BUS_ADDRESS");
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_address);
    }
    ~Bus() {
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_before);
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    QString address() const { return QString::fromLatin1(m_address); }

private:
    QProcess m_daemon;
    QByteArray m_address;
    QByteArray m_before;
};

/// The desktop's side.
class FakeDesktop : public QDBusVirtualObject {
public:
    explicit FakeDesktop(const QString &address)
        : m_bus(QDBusConnection::connectToBus(address, QStringLiteral("fake-desktop"))) {
        EXPECT_TRUE(m_bus.registerVirtualObject(path(), this));
        EXPECT_TRUE(m_bus.registerService(service()));
    }
    ~FakeDesktop() override {
        m_bus = QDBusConnection(QString());
        QDBusConnection::disconnectFromBus(QStringLiteral("fake-desktop"));
    }

    QString introspect(const QString &) const override { return {}; }
    bool handleMessage(const QDBusMessage &message, const QDBusConnection &) override {
        if (message.member() != QLatin1String("Notify"))
            return false;
        // Called on a thread of QtDBus.
        QMetaObject::invokeMethod(
            this, [this, message] { show(message); }, Qt::QueuedConnection);
        return true;
    }

    /// What the person clicks each notification with, at once; empty: they do not.
    QString token;
    QList<QVariantList> shown;

private:
    void show(const QDBusMessage &message) {
        shown.append(message.arguments());
        const uint replaced = message.arguments().at(1).toUInt();
        const uint id = replaced != 0 ? replaced : uint(shown.size());
        EXPECT_TRUE(m_bus.send(message.createReply(id)));
        if (token.isEmpty())
            return;
        tell(QStringLiteral("ActivationToken"), {id, token});
        tell(QStringLiteral("ActionInvoked"), {id, QStringLiteral("default")});
    }
    void tell(const QString &signal, const QVariantList &arguments) {
        QDBusMessage message = QDBusMessage::createSignal(path(), service(), signal);
        message.setArguments(arguments);
        EXPECT_TRUE(m_bus.send(message));
    }
    static QString service() { return QStringLiteral("org.freedesktop.Notifications"); }
    static QString path() { return QStringLiteral("/org/freedesktop/Notifications"); }

    QDBusConnection m_bus;
};

} // namespace quaygate::test
