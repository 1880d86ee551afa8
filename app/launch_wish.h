#pragma once

#include "gateway/config/config.h"
#include "gateway/result.h"

#include <QByteArray>

namespace quaygate {

/// What a start of the program with its window asks for. A second start hands its wish to the
/// program that already runs.
struct LaunchWish {
    bool playground = false;
    bool startGateway = false;
    bool background = false;    ///< no window, if there is a tray to reach it from
    QByteArray activationToken; ///< with which the desktop lets a window come to the front

    bool operator==(const LaunchWish &) const = default;
};

/// Whether the gateway is to start with the program: on the first start there is nothing to serve.
bool startsGateway(const LaunchWish &wish, const Config &config);

/// One line without its end.
QByteArray wishToLine(const LaunchWish &wish);
/// BadRequest for what `wishToLine` did not write.
Result<LaunchWish> wishFromLine(const QByteArray &line);

} // namespace quaygate
