#include "gateway/config/config_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <system_error>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// A configuration of a person is a thousandth of it.
constexpr qint64 maxSize = 1024 * 1024;

/// As many as the kernel follows.
constexpr int maxLinks = 40;

constexpr QFile::Permissions ownerFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions ownerFolder = ownerFile | QFile::ExeOwner;

FileContent unreadable(const QString &message, const QString &detail = {}) {
    return {FileContent::Kind::Unreadable, {}, {ErrorCode::FileUnreadable, message, detail}};
}

Error unwritable(const QString &message, const QString &detail) {
    return {ErrorCode::FileUnwritable, message, detail};
}

/// Like QDir::mkpath, but what it makes is the owner's alone.
bool makeFolder(const QString &path) {
    const QFileInfo info(path);
    if (info.isDir())
        return true;
    return !info.exists() && makeFolder(info.absolutePath()) && QDir().mkdir(path, ownerFolder);
}

} // namespace

FileContent readConfigFile(const QString &path) {
    // Unlike Qt's, this tells a file that is not there from one that may not be looked at.
    std::error_code error;
    const auto type = std::filesystem::status(QFileInfo(path).filesystemFilePath(), error).type();
    if (type == std::filesystem::file_type::not_found)
        return {};
    if (type == std::filesystem::file_type::directory)
        return unreadable(u"%1 is a folder, not a file: move it away."_s.arg(path));
    if (type == std::filesystem::file_type::none)
        return unreadable(u"%1 cannot be reached: check the permissions of its folder."_s.arg(path),
                          QString::fromStdString(error.message()));
    if (type != std::filesystem::file_type::regular)
        return unreadable(u"%1 is not an ordinary file: move it away."_s.arg(path));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(u"%1 cannot be read: check its permissions."_s.arg(path),
                          file.errorString());
    const QByteArray bytes = file.read(maxSize + 1);
    if (file.error() != QFile::NoError)
        return unreadable(u"%1 could not be read to its end."_s.arg(path), file.errorString());
    if (bytes.size() > maxSize)
        return unreadable(u"%1 is larger than 1 MiB and cannot be a configuration."_s.arg(path));
    return {FileContent::Kind::Present, bytes, {}};
}

Result<void> writeConfigFile(const QString &path, const QByteArray &bytes) {
    const QString target = linkTarget(path);
    const QString folder = QFileInfo(target).absolutePath();
    if (!makeFolder(folder))
        return unwritable(u"The folder %1 could not be made: check what stands in its way and its "
                          "permissions."_s.arg(folder),
                          {});
    QSaveFile file(target);
    // The permissions are set before there is anything to read.
    const bool written = file.open(QIODevice::WriteOnly) && file.setPermissions(ownerFile) &&
                         file.write(bytes) == bytes.size() && file.commit();
    if (!written)
        return unwritable(u"%1 could not be written: check the permissions of the folder and the "
                          "space on the disk."_s.arg(target),
                          file.errorString());
    return {};
}

QString linkTarget(const QString &path) {
    QString target = path;
    for (int i = 0; i < maxLinks; ++i) {
        const QFileInfo info(target);
        if (!info.isSymLink())
            break;
        target = info.symLinkTarget();
    }
    return target;
}

QString lastGoodFile(const QString &path) {
    return path + ".last-good"_L1;
}

} // namespace quaygate
