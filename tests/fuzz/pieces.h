#pragma once

#include <QByteArrayView>

#include <algorithm>

namespace quaygate::fuzz {

/// An input of a target that reads a stream: the first line says how the rest of it is cut, so that
/// the fuzzer chooses the cuts too. Each byte of that line is the size of one piece ('0' is one
/// byte, '1' two, …), over and over; an empty line cuts after every byte.
class CutStream {
public:
    explicit CutStream(QByteArrayView input) {
        const qsizetype end = input.indexOf('\n');
        m_sizes = input.first(std::max<qsizetype>(end, 0));
        m_stream = input.sliced(end + 1);
    }

    QByteArrayView whole() const { return m_stream; }

    /// Calls `take` with one piece after the other.
    template<typename Take>
    void forEachPiece(Take take) const {
        QByteArrayView rest = m_stream;
        for (qsizetype i = 0; !rest.isEmpty(); ++i) {
            const qsizetype size = std::min(sizeOf(i), rest.size());
            take(rest.first(size));
            rest = rest.sliced(size);
        }
    }

private:
    qsizetype sizeOf(qsizetype piece) const {
        if (m_sizes.isEmpty())
            return 1;
        return 1 + static_cast<unsigned char>(m_sizes[piece % m_sizes.size()]) % 48;
    }

    QByteArrayView m_sizes;
    QByteArrayView m_stream;
};

} // namespace quaygate::fuzz
