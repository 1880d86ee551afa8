#include "tests/http/http2_upstream.h"

#include "tests/support/event_loop.h"
#include "tests/support/test_certificates.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate::test {

Http2Upstream::Http2Upstream(const TestCertificates &certificates) {
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(u"node"_s, {QStringLiteral(QUAYGATE_TEST_SUPPORT "/http2_upstream.mjs"),
                                certificates.file("good.key"), certificates.file("good.pem")});
    m_started = m_process.waitForStarted();
    waitUntil(
        [this] { return count("listening") > 0 || m_process.state() == QProcess::NotRunning; });
    if (!m_lines.isEmpty())
        m_port = m_lines.first().split(' ').last().toInt();
}

Http2Upstream::~Http2Upstream() {
    m_process.closeWriteChannel();
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray Http2Upstream::url(const QByteArray &path) const {
    return "https://localhost:" + QByteArray::number(m_port) + path;
}

qsizetype Http2Upstream::count(const QByteArray &line) {
    read();
    return std::count_if(m_lines.begin(), m_lines.end(),
                         [&line](const QByteArray &known) { return known.startsWith(line); });
}

void Http2Upstream::read() {
    m_rest += m_process.readAllStandardOutput();
    auto lines = m_rest.split('\n');
    m_rest = lines.takeLast();
    m_lines += lines;
}

} // namespace quaygate::test
