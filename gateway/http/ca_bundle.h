#pragma once

#include "gateway/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QHash>
#include <QString>

#include <chrono>
#include <memory>

class QTemporaryFile;

namespace quaygate {

/// Files that hold the system's certificate authorities and one company's together. TLS libraries
/// take one file in place of the system's, not beside it, and only a file (not bytes in memory) is
/// read once for many connections; reading it takes 10 ms and more. The files are temporary and go
/// with this object.
class CaBundles {
public:
    CaBundles();
    ~CaBundles();

    using Time = std::chrono::steady_clock::time_point;

    /// Both in one file, made anew within a second after either has changed. `systemFile` may be
    /// empty. FileUnreadable, ConfigInvalid (not a PEM certificate), FileUnwritable.
    Result<QByteArray> combined(const QString &caFile, const QString &systemFile, Time now);

private:
    struct Bundle {
        Time lookedAt;
        QDateTime caTime;
        QDateTime systemTime;
        std::shared_ptr<QTemporaryFile> file;
        QByteArray path;
    };
    QHash<QString, Bundle> m_bundles;
};

} // namespace quaygate
