#include "app/keychain_state.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr int answerTimeMs = 10'000;
const auto secretService = "org.freedesktop.secrets"_L1;

/// One question to the session bus after the other; deletes itself when the answer is known.
class Inquiry : public QObject {
public:
    Inquiry(QObject *context, std::function<void(KeychainState)> done)
        : QObject(context), m_done(std::move(done)) {}

    ~Inquiry() override {
        m_bus = QDBusConnection(QString());
        QDBusConnection::disconnectFromBus(busName());
    }

    void start() {
        // A connection of our own, as Qt's shared one stays broken if the bus came later than we
        // did.
        m_bus = QDBusConnection::connectToBus(QDBusConnection::SessionBus, busName());
        if (!m_bus.isConnected())
            return answerQueued(KeychainState::NoService);
        ask(QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s, u"/org/freedesktop/DBus"_s,
                                           u"org.freedesktop.DBus"_s, u"ListNames"_s),
            &Inquiry::onNames);
    }

private:
    using Handler = void (Inquiry::*)(const QDBusPendingCall &);

    QString busName() const { return u"quaygate-keychain-state-%1"_s.arg(quintptr(this), 0, 16); }

    void ask(QDBusMessage question, Handler handler) {
        question.setAutoStartService(false);
        auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(question, answerTimeMs), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, handler](auto *call) {
            call->deleteLater();
            (this->*handler)(*call);
        });
    }

    void onNames(const QDBusPendingCall &call) {
        const QDBusPendingReply<QStringList> names = call;
        if (names.isError())
            return answer(KeychainState::Unknown);
        if (!names.value().contains(secretService)) {
            const bool kwallet = !names.value().filter(u"org.kde.kwalletd"_s).isEmpty();
            return answer(kwallet ? KeychainState::Unknown : KeychainState::NoService);
        }
        QDBusMessage question =
            QDBusMessage::createMethodCall(secretService, u"/org/freedesktop/secrets"_s,
                                           u"org.freedesktop.Secret.Service"_s, u"ReadAlias"_s);
        question << u"default"_s;
        ask(question, &Inquiry::onDefaultCollection);
    }

    void onDefaultCollection(const QDBusPendingCall &call) {
        const QDBusPendingReply<QDBusObjectPath> collection = call;
        if (collection.isError())
            return answer(KeychainState::Unknown);
        if (collection.value().path() == "/"_L1)
            return answer(KeychainState::NoCollection);
        QDBusMessage question =
            QDBusMessage::createMethodCall(secretService, collection.value().path(),
                                           u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        question << u"org.freedesktop.Secret.Collection"_s << u"Locked"_s;
        ask(question, &Inquiry::onLocked);
    }

    void onLocked(const QDBusPendingCall &call) {
        const QDBusPendingReply<QDBusVariant> locked = call;
        if (locked.isError())
            return answer(KeychainState::Unknown);
        answer(locked.value().variant().toBool() ? KeychainState::Locked : KeychainState::Unlocked);
    }

    void answerQueued(KeychainState state) {
        QMetaObject::invokeMethod(
            this, [this, state] { answer(state); }, Qt::QueuedConnection);
    }

    void answer(KeychainState state) {
        deleteLater();
        const auto done = std::move(m_done);
        done(state);
    }

    QDBusConnection m_bus{QString()};
    std::function<void(KeychainState)> m_done;
};

} // namespace

void findKeychainState(QObject *context, std::function<void(KeychainState)> done) {
    (new Inquiry(context, std::move(done)))->start();
}

} // namespace quaygate
