#include "gateway/config/config_store.h"

#include "gateway/config/config_disk.h"
#include "gateway/config/config_json.h"
#include "gateway/config/validate.h"

#include <QDir>
#include <QStandardPaths>
#include <QThread>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

/// The text of `config`, checked by reading it back: what is written is what will be read.
Result<QByteArray> checkedText(const Config &config) {
    const Problems problems = validate(config);
    if (!problems.isEmpty())
        return Error{ErrorCode::ConfigInvalid, describe(problems), {}};
    const QByteArray text = writeConfig(config);
    const ParsedConfig parsed = parseConfig(text);
    if (!parsed.problems.isEmpty() || parsed.config != config)
        return Error{ErrorCode::ConfigInvalid,
                     u"The configuration cannot be written so that it reads back the same."_s,
                     describe(parsed.problems)};
    return text;
}

} // namespace

/// The store's side of the disk thread. Everything that comes from there is a queued call to the
/// store, in the order in which it happened on the disk.
class ConfigStore::Private {
public:
    Private(ConfigStore *owner, QString path)
        : store(owner)
        , file(std::move(path))
        , disk(new ConfigDisk(file, [this](const DiskReading &reading) {
            post([this, reading] { take(reading); });
        })) {
        thread.setObjectName(u"quaygate-config"_s);
        disk->moveToThread(&thread);
        QObject::connect(&thread, &QThread::finished, disk, &QObject::deleteLater);
        thread.start();
    }

    ~Private() {
        // Queued behind the saves that are still waiting, so that none is lost.
        onDisk([this] { thread.quit(); });
        thread.wait();
    }

    template<typename Call>
    void onDisk(Call call) {
        QMetaObject::invokeMethod(disk, std::move(call), Qt::QueuedConnection);
    }

    template<typename Call>
    void post(Call call) {
        QMetaObject::invokeMethod(store, std::move(call), Qt::QueuedConnection);
    }

    void take(const DiskReading &reading);
    void takeLoaded(const DiskReading &reading);
    void takeSaved(const Config &config, const Result<void> &saved,
                   const std::function<void(Result<void>)> &done);

    ConfigStore *store;
    QString file;
    Snapshot snapshot = std::make_shared<const Config>();
    Problems problems;
    bool firstStart = false;
    int edition = 0; ///< of the file, that `snapshot` and `problems` tell of

    QThread thread;
    ConfigDisk *disk; ///< lives on `thread`
};

void ConfigStore::Private::take(const DiskReading &reading) {
    edition = reading.edition;
    problems = reading.problems;
    if (reading.config)
        snapshot = reading.config;
    if (problems.isEmpty())
        emit store->changed(snapshot);
    else
        emit store->refused(problems);
}

void ConfigStore::Private::takeLoaded(const DiskReading &reading) {
    firstStart = reading.absent;
    take(reading);
    emit store->loaded();
}

void ConfigStore::Private::takeSaved(const Config &config, const Result<void> &saved,
                                     const std::function<void(Result<void>)> &done) {
    if (saved.ok()) {
        snapshot = std::make_shared<const Config>(config);
        problems.clear();
        emit store->changed(snapshot);
    }
    done(saved);
}

ConfigStore::ConfigStore(const QString &file, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, QDir::cleanPath(QDir().absoluteFilePath(file)))) {
}

ConfigStore::~ConfigStore() = default;

QString ConfigStore::defaultFile() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation))
        .filePath(u"quaygate/config.json"_s);
}

QString ConfigStore::file() const {
    return d->file;
}

Snapshot ConfigStore::snapshot() const {
    return d->snapshot;
}

Problems ConfigStore::problems() const {
    return d->problems;
}

bool ConfigStore::isFirstStart() const {
    return d->firstStart;
}

void ConfigStore::load() {
    d->onDisk([d = d.get()] {
        const DiskReading reading = d->disk->load();
        d->post([d, reading] { d->takeLoaded(reading); });
    });
}

void ConfigStore::save(const Config &config, std::function<void(Result<void>)> done) {
    const Result<QByteArray> text = checkedText(config);
    if (!text) {
        d->post([done, error = text.error()] { done(error); });
        return;
    }
    d->onDisk([d = d.get(), config, text = *text, edition = d->edition, done] {
        const Result<void> saved = d->disk->save(text, edition);
        d->post([d, config, saved, done] { d->takeSaved(config, saved, done); });
    });
}

} // namespace quaygate
