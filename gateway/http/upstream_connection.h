#pragma once

#include "gateway/http/connection_settings.h"
#include "gateway/http/upstream_failure.h"

#include <QByteArrayView>

#include <chrono>
#include <memory>
#include <optional>

namespace quaygate {

class CurlLoop;

/// Told of what becomes of a connection, from the event loop. It may destroy the connection, open
/// others, and stop the loop.
class UpstreamConnectionUser {
public:
    virtual ~UpstreamConnectionUser() = default;
    virtual void connectionOpened() = 0;
    /// It could not be opened, and nothing follows. `reason` is in libcurl's words.
    virtual void connectionFailed(UpstreamCause cause, UpstreamPhase phase,
                                  const QString &reason) = 0;
    /// What was watched for has come; what is ready may turn out not to be.
    virtual void connectionReady(bool readable, bool writable) = 0;
};

/// A connection upstream that carries bytes both ways. libcurl opens it, and so knows of names,
/// addresses, proxies (through which it is a tunnel), TLS and whom to trust; what the bytes mean is
/// its user's affair. Destroying it closes it at once, whatever it is doing. On the thread of its
/// loop.
class UpstreamConnection {
public:
    using User = UpstreamConnectionUser;

    /// Begins to open it. `limit` is for all of that; 0: none. `user` may be another one later.
    UpstreamConnection(std::shared_ptr<CurlLoop> loop, const ConnectionSettings &settings,
                       std::chrono::milliseconds limit, User &user);
    ~UpstreamConnection();
    UpstreamConnection(const UpstreamConnection &) = delete;
    UpstreamConnection &operator=(const UpstreamConnection &) = delete;

    const ConnectionSettings &settings() const;
    void setUser(User &user);

    bool isOpen() const;
    /// How far its opening has come.
    UpstreamPhase phase() const;

    /// What to tell the user of, once it is open. At first nothing.
    void watch(bool read, bool write);

    /// Says soon that it is readable, even if the socket does not: for a user that had stopped
    /// receiving while there was more.
    void askReady();

    /// Sends what goes out at once and says how many bytes that were; nothing if the connection is
    /// broken. What did not go out must be offered again, from the same place in memory, before
    /// anything else is sent; watch for writing to know when.
    std::optional<qsizetype> send(QByteArrayView bytes);

    struct Received {
        enum class Outcome {
            Bytes,
            Nothing, ///< for now
            End,     ///< the peer has ended its side in order
            Broken,
        };
        Outcome outcome = Outcome::Nothing;
        qsizetype size = 0;
        /// There may be more that the socket will not tell of: receive again, at the latest before
        /// waiting for it.
        bool mayHoldMore = false;
    };
    /// Room for less than `pieceSize` is allowed and costs time.
    Received receive(char *to, qsizetype room);
    /// A TLS record: what comes at once.
    static constexpr qsizetype pieceSize = 16 * 1024;

    /// Nothing has come, neither bytes nor the end; for a connection on which nothing is expected.
    bool isQuiet();

    /// Why it broke, in libcurl's words.
    QString reason() const;

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
