#pragma once

#include "gateway/config/config_json.h"
#include "gateway/config/config_store.h"
#include "tests/config/sample_config.h"
#include "tests/support/event_loop.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

#include <optional>

namespace quaygate::test {

/// A folder of its own, and a store for a file in it.
class StoreTest : public testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(m_folder.isValid());
        m_file = m_folder.filePath(QStringLiteral("config.json"));
    }

    std::unique_ptr<ConfigStore> makeStore() {
        auto store = std::make_unique<ConfigStore>(m_file);
        QObject::connect(store.get(), &ConfigStore::loaded, [this] { ++m_loads; });
        QObject::connect(store.get(), &ConfigStore::changed, [this] { ++m_changes; });
        QObject::connect(store.get(), &ConfigStore::refused, [this] { ++m_refusals; });
        return store;
    }

    std::unique_ptr<ConfigStore> makeLoadedStore() {
        auto store = makeStore();
        store->load();
        EXPECT_TRUE(waitUntil([this] { return m_loads == 1; }));
        m_changes = 0;
        m_refusals = 0;
        return store;
    }

    /// Saves and waits for the outcome.
    static Result<void> save(ConfigStore &store, const Config &config) {
        std::optional<Result<void>> outcome;
        store.save(config, [&outcome](const Result<void> &saved) { outcome = saved; });
        EXPECT_FALSE(outcome.has_value()) << "done was called before save returned";
        if (!waitUntil([&outcome] { return outcome.has_value(); }))
            return Error{ErrorCode::TimedOut, QStringLiteral("The save never ended."), {}};
        return *outcome;
    }

    static void writeFile(const QString &path, const QByteArray &bytes) {
        QFile file(path);
        ASSERT_TRUE(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        ASSERT_EQ(file.write(bytes), bytes.size());
    }

    static QByteArray readFile(const QString &path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("cannot be read");
    }

    /// As editors do: a new file takes the name of the old one.
    void replaceFile(const QByteArray &bytes) {
        const QString other = m_folder.filePath(QStringLiteral("other"));
        writeFile(other, bytes);
        ASSERT_EQ(std::rename(QFile::encodeName(other), QFile::encodeName(m_file)), 0);
    }

    static Config withPort(quint16 port) {
        Config config = documentedConfig();
        config.gateway.port = port;
        return config;
    }

    bool waitForPort(const ConfigStore &store, quint16 port) {
        return waitUntil([&] { return store.snapshot()->gateway.port == port; });
    }

    QTemporaryDir m_folder;
    QString m_file;
    int m_loads = 0;
    int m_changes = 0;
    int m_refusals = 0;
};

} // namespace quaygate::test
