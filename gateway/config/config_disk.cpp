#include "gateway/config/config_disk.h"

#include "gateway/config/config_json.h"

#include <QLoggingCategory>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

Q_LOGGING_CATEGORY(log, "quaygate.config")

} // namespace

ConfigDisk::ConfigDisk(QString file, std::function<void(DiskReading)> changed)
    : m_file(std::move(file)), m_changed(std::move(changed)) {
}

DiskReading ConfigDisk::load() {
    if (m_watch == nullptr) {
        m_watch = new FileWatch(m_file, this);
        connect(m_watch, &FileWatch::notified, this, &ConfigDisk::readLater);
    }
    m_watch->renew();
    look();
    return understand();
}

Result<void> ConfigDisk::save(const QByteArray &text, int edition) {
    if (look())
        m_changed(understand());
    if (const Result<void> fine = checkOverwritable(edition); !fine)
        return fine;
    if (const Result<void> written = writeConfigFile(m_file, text); !written)
        return written;
    m_known = {FileContent::Kind::Present, text, {}};
    keepLastGood(text);
    if (m_watch != nullptr)
        readLater(); // renews the watch for the new file
    return {};
}

/// Several notifications of one moment become one reading. None is lost: whatever happens after the
/// reading has begun is notified again.
void ConfigDisk::readLater() {
    if (m_readingIsPosted)
        return;
    m_readingIsPosted = true;
    QMetaObject::invokeMethod(this, &ConfigDisk::readIfChanged, Qt::QueuedConnection);
}

void ConfigDisk::readIfChanged() {
    m_readingIsPosted = false;
    m_watch->renew();
    if (look())
        m_changed(understand());
}

bool ConfigDisk::look() {
    const FileContent onDisk = readConfigFile(m_file);
    if (onDisk == m_known)
        return false;
    m_known = onDisk;
    ++m_edition;
    return true;
}

DiskReading ConfigDisk::understand() {
    DiskReading reading;
    reading.edition = m_edition;
    switch (m_known.kind) {
    case FileContent::Kind::Absent:
        reading.absent = true;
        break;
    case FileContent::Kind::Unreadable:
        reading.problems = {{0, {}, m_known.error.message}};
        break;
    case FileContent::Kind::Present: {
        const ParsedConfig parsed = parseConfig(m_known.bytes);
        reading.problems = parsed.problems;
        if (parsed.problems.isEmpty()) {
            reading.config = std::make_shared<const Config>(parsed.config);
            keepLastGood(m_known.bytes);
        }
        break;
    }
    }
    m_knownIsGood = reading.problems.isEmpty();
    return reading;
}

Result<void> ConfigDisk::checkOverwritable(int edition) const {
    if (!m_knownIsGood && m_known.kind == FileContent::Kind::Unreadable)
        return m_known.error;
    if (!m_knownIsGood)
        return Error{
            ErrorCode::ConfigInvalid,
            u"Nothing was saved, because %1 holds errors: correct or remove it first."_s.arg(
                m_file),
            {}};
    if (edition != m_edition)
        return Error{ErrorCode::FileChanged,
                     u"Nothing was saved, because %1 was changed by someone else in the meantime: "
                     "look at it as it is now and repeat your change."_s.arg(m_file),
                     {}};
    return {};
}

/// The copy is for people who broke their file; the configuration itself is good without it.
void ConfigDisk::keepLastGood(const QByteArray &text) {
    const QString copy = lastGoodFile(m_file);
    const FileContent there = readConfigFile(copy);
    if (there.kind == FileContent::Kind::Present && there.bytes == text)
        return;
    if (const Result<void> written = writeConfigFile(copy, text); !written)
        qCWarning(log).noquote() << written.error().message << written.error().detail;
}

} // namespace quaygate
