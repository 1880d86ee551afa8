#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <list>
#include <optional>

namespace quaygate::simulator {

/// A response that can be asked for again.
struct StoredResponse {
    QString id;
    QJsonObject begun; ///< as it was created
    QJsonObject ended; ///< as it ends
    QJsonArray input;  ///< items of its request
    /// All items, those of responses before it, its input and its output: what the next one that
    /// names it continues.
    QJsonArray conversation;
    bool background = false;
    Instant ready{}; ///< when one in the background has ended
    bool cancelled = false;
    /// Its events, if it was made in the background and streamed: only these can be had again.
    std::vector<SimulatedAnswer::Piece> events;
    qsizetype bytes = 0; ///< that it costs, roughly

    /// As it stands at that moment.
    QJsonObject at(Instant now) const;
    bool hasEnded(Instant now) const { return cancelled || now >= ready; }
};

/// The responses that a resource remembers: the last ones, bounded in number and in bytes.
class ResponseStore {
public:
    static constexpr std::size_t mostResponses = 200;
    static constexpr qsizetype mostBytes = qsizetype(32) * 1024 * 1024;

    /// Forgets the oldest if it becomes too much; a response that is too large by itself is not
    /// kept.
    void add(StoredResponse response);
    /// Null if there is none. Valid until the next `add` or `remove`.
    StoredResponse *find(QStringView id);
    bool remove(QStringView id);

    /// An item of any conversation by its id; empty if there is none.
    QJsonObject item(const QString &id) const;

private:
    void forgetOldest();

    std::list<StoredResponse> m_responses; ///< the newest first
    qsizetype m_bytes = 0;
};

} // namespace quaygate::simulator
