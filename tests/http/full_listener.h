#pragma once

#include <QByteArray>
#include <QList>

namespace quaygate::test {

/// A loopback port whose queue of connections is full, so that a further connect gets no reply at
/// all.
class FullListener {
public:
    FullListener();
    ~FullListener();
    FullListener(const FullListener &) = delete;
    FullListener &operator=(const FullListener &) = delete;

    QByteArray url() const { return "http://127.0.0.1:" + QByteArray::number(m_port) + "/"; }

private:
    int m_listener = -1;
    QList<int> m_fillers;
    int m_port = 0;
};

} // namespace quaygate::test
