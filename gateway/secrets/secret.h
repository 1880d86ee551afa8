#pragma once

#include <QByteArray>

#include <memory>
#include <span>

namespace quaygate {

/// A key in memory. It does not print, does not convert and does not compare with text; its bytes
/// are wiped when the last copy goes. Copies share the bytes, so handing one to a worker is cheap;
/// the bytes never change, so threads may read them at once.
class Secret {
public:
    Secret() = default;
    /// Takes the bytes over and wipes the array given.
    explicit Secret(QByteArray &&bytes);

    bool isEmpty() const;
    qsizetype size() const;

    /// The bytes themselves, for the one place that puts them on the wire or into a store. The view
    /// ends with this Secret and its copies; do not keep it, do not put it into a QString or a log.
    QByteArrayView reveal() const;

private:
    class Bytes;
    std::shared_ptr<const Bytes> m_bytes;
};

/// Overwrites the bytes with zeros, in a way that the compiler keeps.
void wipe(std::span<char> bytes);
/// The same, then empties the array. An array whose bytes are shared is emptied only: the others
/// still use them, so let the copies go first.
void wipe(QByteArray &bytes);

} // namespace quaygate
