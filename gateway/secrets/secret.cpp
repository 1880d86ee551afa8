#include "gateway/secrets/secret.h"

#include <algorithm>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <string.h>
#endif

namespace quaygate {

void wipe(std::span<char> bytes) {
    if (bytes.empty()) // has no address either
        return;
#if defined(Q_OS_WIN)
    SecureZeroMemory(bytes.data(), bytes.size());
#elif defined(__GLIBC__) || defined(Q_OS_FREEBSD) || defined(Q_OS_OPENBSD)
    explicit_bzero(bytes.data(), bytes.size());
#else
    for (volatile char &byte : bytes)
        byte = 0;
#endif
}

void wipe(QByteArray &bytes) {
    // Asking a shared array for its data would copy it, and wiping the copy would help nobody.
    if (bytes.isDetached())
        wipe(std::span(bytes.data(), size_t(bytes.size())));
    bytes.clear();
}

/// The one place in memory that holds the bytes; not a QByteArray, which would copy itself quietly.
class Secret::Bytes {
public:
    explicit Bytes(QByteArrayView bytes) : m_size(size_t(bytes.size())), m_data(new char[m_size]) {
        std::copy(bytes.begin(), bytes.end(), m_data.get());
    }
    ~Bytes() { wipe(std::span(m_data.get(), m_size)); }
    Bytes(const Bytes &) = delete;
    Bytes &operator=(const Bytes &) = delete;

    QByteArrayView view() const { return {m_data.get(), qsizetype(m_size)}; }

private:
    size_t m_size;
    std::unique_ptr<char[]> m_data;
};

Secret::Secret(QByteArray &&bytes) {
    if (!bytes.isEmpty())
        m_bytes = std::make_shared<const Bytes>(QByteArrayView(bytes));
    wipe(bytes);
}

bool Secret::isEmpty() const {
    return !m_bytes;
}

qsizetype Secret::size() const {
    return reveal().size();
}

QByteArrayView Secret::reveal() const {
    return m_bytes ? m_bytes->view() : QByteArrayView();
}

} // namespace quaygate
