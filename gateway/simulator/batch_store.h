#pragma once

#include "gateway/simulator/file_store.h"
#include "gateway/simulator/simulated_answer.h"

#include <list>

namespace quaygate::simulator {

/// A batch whose lines have been run; what came out becomes files when it is due.
struct Batch {
    QString id;
    QString endpoint;
    QString inputFile;
    QString window;
    QJsonObject metadata;
    Instant created{};
    Instant due{}; ///< when it has completed
    int total = 0;
    int failed = 0;
    QJsonArray problems; ///< why it failed; empty if it did not
    QByteArray output;   ///< JSON lines, until they are files
    QByteArray errors;   ///< the same, of the lines that were refused
    QString outputFile;
    QString errorFile;
    bool cancelled = false;
    bool settled = false; ///< its files have been made

    QString status(Instant now) const;
    QJsonObject json(Instant now) const;
};

/// The batches of a resource: the last ones. What waits to become files is bounded by whoever adds
/// it.
class BatchStore {
public:
    static constexpr std::size_t mostBatches = 100;
    static constexpr qsizetype mostPendingBytes = qsizetype(32) * 1024 * 1024;

    void add(Batch batch);
    /// Null if there is none.
    Batch *find(QStringView id);
    /// Oldest first.
    std::list<Batch> &all() { return m_batches; }
    /// Of output that waits to become files.
    qsizetype pendingBytes() const;

private:
    std::list<Batch> m_batches;
};

} // namespace quaygate::simulator
