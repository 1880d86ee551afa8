#pragma once

#include "gateway/simulator/operation.h"

#include <variant>

namespace quaygate::simulator {

/// What an image endpoint is asked for, read and found good; from JSON or from a form.
struct ImageRequest {
    QString prompt;
    int n = 1;
    int width = 1024;
    int height = 1024;
    QString quality;
    QString background;
    bool asUrl = false; ///< DALL·E's way; gpt-image always sends the bytes
    bool stream = false;
    int partialImages = 0;
    QList<QByteArray> sources; ///< images to be edited
    bool dalle = false;
};

/// The request, or what the service says against it.
std::variant<ImageRequest, SimulatedAnswer> readImageRequest(const Call &call);

} // namespace quaygate::simulator
