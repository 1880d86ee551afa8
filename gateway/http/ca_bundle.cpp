#include "gateway/http/ca_bundle.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

constexpr qint64 maxCaFileBytes = 16 * 1024 * 1024;
/// Asking for the times of two files costs as much as a small request does.
constexpr std::chrono::seconds lookInterval{1};

Result<QByteArray> readCertificates(const QString &path) {
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{ErrorCode::FileUnreadable,
                     u"The CA file %1 cannot be read; check its path and permissions."_s.arg(path),
                     file.errorString()};
    }
    const QByteArray pem = file.read(maxCaFileBytes);
    if (!pem.contains("-----BEGIN CERTIFICATE-----") &&
        !pem.contains("-----BEGIN TRUSTED CERTIFICATE-----")) {
        return Error{
            ErrorCode::ConfigInvalid,
            u"The CA file %1 holds no certificate; it must be a PEM file, which begins with "
            "-----BEGIN CERTIFICATE-----."_s.arg(path),
            {}};
    }
    return pem;
}

} // namespace

CaBundles::CaBundles() = default;
CaBundles::~CaBundles() = default;

Result<QByteArray> CaBundles::combined(const QString &caFile, const QString &systemFile, Time now) {
    const auto known = m_bundles.find(caFile);
    if (known != m_bundles.end() && now - known->lookedAt < lookInterval)
        return known->path;

    const QDateTime caTime = QFileInfo(caFile).lastModified();
    const QDateTime systemTime =
        systemFile.isEmpty() ? QDateTime() : QFileInfo(systemFile).lastModified();
    if (known != m_bundles.end() && known->caTime == caTime && known->systemTime == systemTime) {
        known->lookedAt = now;
        return known->path;
    }

    const auto extra = readCertificates(caFile);
    if (!extra)
        return extra.error();
    QByteArray all = *extra;
    if (!systemFile.isEmpty()) {
        const auto system = readCertificates(systemFile);
        if (!system)
            return system.error();
        all += '\n' + *system;
    }

    auto file = std::make_shared<QTemporaryFile>(QDir::tempPath() + u"/quaygate-ca-XXXXXX.pem"_s);
    if (!file->open() || file->write(all) != all.size() || !file->flush()) {
        return Error{ErrorCode::FileUnwritable,
                     u"A temporary file could not be written in %1; free some space there."_s.arg(
                         QDir::tempPath()),
                     file->errorString()};
    }
    const QByteArray path = QFile::encodeName(file->fileName());
    file->close();
    m_bundles.insert(caFile, {now, caTime, systemTime, std::move(file), path});
    return path;
}

} // namespace quaygate
