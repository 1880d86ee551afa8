#pragma once

#include "gateway/azure/upstream_url.h"
#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>
#include <QByteArrayView>

#include <array>
#include <optional>
#include <unordered_map>
#include <vector>

namespace quaygate {

/// Whose API the client speaks.
enum class Door {
    OpenAi,
    Messages,    ///< Anthropic's
    CountTokens, ///< of a request to Messages; answered here
};

/// Where a request goes. The pointers are into the table that was asked.
struct Routed {
    const Route *route = nullptr;
    const Backend *backend = nullptr;
    Door door = Door::OpenAi;
    std::optional<Operation> operation;   ///< nothing: whatever it is, it is passed on as it is
    Result<QByteArray> url{QByteArray()}; ///< upstream
};

/// A snapshot made ready for requests: paths decoded, routes found by hash, upstream URLs built
/// once. Belongs to one worker's thread, where exchanges share it until the last of them ends.
class RoutingTable {
public:
    explicit RoutingTable(Snapshot snapshot);

    /// The route of a raw request target: the longest prefix wins, on whole path segments; what
    /// follows the prefix names the operation in any of the spellings that clients use, or anything
    /// else that the backend's resource serves. NoRoute lists the prefixes there are.
    Result<Routed> find(QByteArrayView method, QByteArrayView target) const;

private:
    struct Entry {
        const Route *route = nullptr;
        qsizetype pathSize = 0;           ///< of its prefix, in the spelling of `find`
        const Backend *backend = nullptr; ///< null: the route has none
        /// By operation, made on first use.
        mutable std::array<std::optional<Result<QByteArray>>, operationTable.size()> urls;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(QByteArrayView text) const { return qHash(text); }
    };
    struct Equal {
        using is_transparent = void;
        bool operator()(QByteArrayView a, QByteArrayView b) const { return a == b; }
    };

    const Entry *longestPrefix(QByteArrayView path) const;
    Result<QByteArray> passThroughUrl(const Entry &entry, QByteArrayView target,
                                      QByteArrayView rest) const;

    Snapshot m_snapshot;
    std::vector<Entry> m_entries;
    std::unordered_map<QByteArray, std::size_t, Hash, Equal> m_byPath;
    qsizetype m_deepest = 0; ///< segments of the longest prefix
};

} // namespace quaygate
