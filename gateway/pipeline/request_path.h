#pragma once

#include "gateway/azure/operations.h"

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

/// What the path of a request says. Pure functions; a path here is the raw target without its
/// query.
namespace quaygate {

/// Whose API the client speaks.
enum class Door {
    OpenAi,
    Messages,    ///< Anthropic's
    CountTokens, ///< of a request to Messages
    Models,      ///< the list of what a client may use, or one of it; answered here
    WebSocket,   ///< Realtime; not told by the path
};

/// True for the doors of a client that speaks Anthropic's API.
constexpr bool isAnthropics(Door door) {
    return door == Door::Messages || door == Door::CountTokens;
}

/// A path below the prefix of a route.
struct PathBelow {
    Door door = Door::OpenAi;
    std::optional<Operation> operation; ///< nothing: whatever it is, it is passed on as it is
    QByteArrayView rest;                ///< behind the family; into what was read
    QByteArray deployment;              ///< that an Azure path names
    QByteArray item;                    ///< of the list of models
};

/// The parts of a raw request target.
QByteArrayView pathOf(QByteArrayView target);
QByteArrayView queryOf(QByteArrayView target);

/// Paths compare by their decoded segments; empty ones (a doubled or trailing slash) do not count.
/// This is the one spelling that all spellings of a path share: "" or "/a/b", decoded but for the
/// slash and the percent sign, which would read as something else.
QByteArray canonicalPath(QByteArrayView path);

/// The path's first `count` segments, or all of it.
QByteArrayView firstSegments(QByteArrayView path, qsizetype count);

/// The raw path without so many of its segments, and without a slash before them.
QByteArrayView withoutSegments(QByteArrayView path, qsizetype count);

/// True if a segment of a canonical path is `.` or `..`, which would be resolved on the way.
bool hasDotSegments(QByteArrayView canonical);

/// Reads what stands below a route's prefix, canonical, in any of the spellings that clients use:
/// with /v1, /openai/v1, /openai or /openai/deployments/{any} before it, or without.
PathBelow readPathBelow(QByteArrayView canonical, QByteArrayView method);

/// True for a canonical path that a client of OpenAI's, Azure's or Anthropic's SDKs asks for if its
/// base address is nothing but the gateway's.
bool isAtTheRoot(QByteArrayView canonical);

} // namespace quaygate
