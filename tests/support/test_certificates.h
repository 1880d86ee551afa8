#pragma once

#include <QSslConfiguration>
#include <QString>

#include <optional>

namespace quaygate::test {

/// Certificates made for this run with the openssl program: an authority, and servers that it
/// signed.
class TestCertificates {
public:
    /// The one set of this program; made when first asked for. Null if there is no openssl program.
    static const TestCertificates *get();

    QString caFile() const { return file("ca.pem"); }
    QString file(const char *name) const {
        return m_folder + QLatin1Char('/') + QLatin1String(name);
    }

    QSslConfiguration good() const { return server("good"); }           ///< localhost and 127.0.0.1
    QSslConfiguration wrongName() const { return server("wrongname"); } ///< elsewhere.example
    QSslConfiguration expired() const { return server("expired"); }
    QSslConfiguration unknownAuthority() const { return server("unknown"); }

private:
    explicit TestCertificates(QString folder) : m_folder(std::move(folder)) {}
    QSslConfiguration server(const char *name) const;

    QString m_folder;
};

} // namespace quaygate::test
