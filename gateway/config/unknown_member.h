#pragma once

#include <QByteArray>
#include <QString>

namespace quaygate {

/// A member of the file that this version does not know, kept to the byte so that a save loses
/// nothing.
struct UnknownMember {
    QString key;
    QByteArray json;

    bool operator==(const UnknownMember &) const = default;
};

} // namespace quaygate
