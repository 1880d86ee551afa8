#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QHostAddress>
#include <QSocketNotifier>

#include <functional>
#include <memory>
#include <span>

namespace quaygate {

/// The socket of one client's connection, on the event loop of the thread on which it is made.
/// Nothing is read ahead, and what is written goes to the kernel at once; only what that does not
/// take is kept here. (QTcpSocket copies every byte through buffers of its own and arms a notifier
/// for every write, which costs a small request more than its reading and writing do.)
class ClientSocket {
public:
    /// Takes the connected descriptor over.
    explicit ClientSocket(qintptr descriptor);
    ~ClientSocket();
    ClientSocket(const ClientSocket &) = delete;
    ClientSocket &operator=(const ClientSocket &) = delete;

    /// There is something to read, or the client has left. Comes again until it is read. Neither
    /// this nor `onTaken` may destroy the socket; both may close it.
    std::function<void()> onReadable;
    /// The kernel has taken some of what was kept.
    std::function<void()> onTaken;

    enum class Outcome { Bytes, Nothing, Left };
    struct Received {
        Outcome outcome;
        qsizetype size = 0;
    };
    Received read(std::span<char> into);

    /// Whether `onReadable` is called; what is not read stays with the kernel, whose window is the
    /// back pressure. At first it is not.
    void setReading(bool reading);

    /// To a client that has left, writing does nothing.
    void write(QByteArrayView bytes);
    /// What was written and not taken, in bytes.
    qsizetype kept() const { return m_kept.size() - m_keptFrom; }

    /// Tells the client that nothing more will come.
    void shutdownSending();
    /// At once; what is kept is lost, and no callback comes any more.
    void close();

    QHostAddress peerAddress() const;

private:
    void onWritable();
    qsizetype send(QByteArrayView bytes);
    void broke();

    qintptr m_descriptor;
    QSocketNotifier m_readNotifier;
    std::unique_ptr<QSocketNotifier> m_writeNotifier; ///< made when the kernel first takes less
    QByteArray m_kept;
    qsizetype m_keptFrom = 0;
    bool m_broken = false;
};

} // namespace quaygate
