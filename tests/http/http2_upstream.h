#pragma once

#include <QByteArray>
#include <QList>
#include <QProcess>

namespace quaygate::test {

class TestCertificates;

/// tests/support/http2_upstream.mjs under node, for as long as this object lives.
class Http2Upstream {
public:
    explicit Http2Upstream(const TestCertificates &certificates);
    ~Http2Upstream();

    /// False if there is no node on this computer.
    bool hasNode() const { return m_started; }
    bool isReady() const { return m_port > 0; }
    QByteArray url(const QByteArray &path) const;
    /// The lines it has printed so far that begin with these words.
    qsizetype count(const QByteArray &line);

private:
    void read();

    QProcess m_process;
    QByteArray m_rest;
    QList<QByteArray> m_lines;
    bool m_started = false;
    int m_port = 0;
};

} // namespace quaygate::test
