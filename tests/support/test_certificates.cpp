#include "tests/support/test_certificates.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QTemporaryDir>

#include <memory>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

bool openssl(const QString &folder, const QStringList &arguments) {
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(u"openssl"_s, arguments);
    if (process.waitForFinished() && process.exitStatus() == QProcess::NormalExit &&
        process.exitCode() == 0)
        return true;
    qWarning("openssl %s: %s", qPrintable(arguments.join(u' ')),
             process.readAllStandardError().constData());
    return false;
}

QStringList newKey(const QString &name) {
    return {u"-newkey"_s, u"ec"_s,      u"-pkeyopt"_s,   u"ec_paramgen_curve:P-256"_s,
            u"-nodes"_s,  u"-keyout"_s, name + u".key"_s};
}

bool makeAuthority(const QString &folder, const QString &name) {
    return openssl(folder, QStringList{u"req"_s, u"-x509"_s} + newKey(name) +
                               QStringList{u"-out"_s, name + u".pem"_s, u"-days"_s, u"36500"_s,
                                           u"-subj"_s, u"/CN=Authority "_s + name});
}

bool makeServer(const QString &folder, const QString &name, const QByteArray &names,
                const QString &days, const QString &authority) {
    QFile extensions(folder + u'/' + name + u".ext"_s);
    if (!extensions.open(QIODevice::WriteOnly) || extensions.write("subjectAltName=" + names) < 0)
        return false;
    extensions.close();
    return openssl(folder,
                   QStringList{u"req"_s, u"-new"_s} + newKey(name) +
                       QStringList{u"-out"_s, name + u".csr"_s, u"-subj"_s, u"/CN=test"_s}) &&
           openssl(folder, {u"x509"_s, u"-req"_s, u"-in"_s, name + u".csr"_s, u"-CA"_s,
                            authority + u".pem"_s, u"-CAkey"_s, authority + u".key"_s,
                            u"-CAcreateserial"_s, u"-out"_s, name + u".pem"_s, u"-days"_s, days,
                            u"-extfile"_s, name + u".ext"_s});
}

bool makeAll(const QString &folder) {
    const QByteArray local = "DNS:localhost,IP:127.0.0.1";
    return makeAuthority(folder, u"ca"_s) && makeAuthority(folder, u"stranger"_s) &&
           makeServer(folder, u"good"_s, local, u"36500"_s, u"ca"_s) &&
           makeServer(folder, u"wrongname"_s, "DNS:elsewhere.example", u"36500"_s, u"ca"_s) &&
           makeServer(folder, u"expired"_s, local, u"0"_s, u"ca"_s) &&
           makeServer(folder, u"unknown"_s, local, u"36500"_s, u"stranger"_s);
}

} // namespace

const TestCertificates *TestCertificates::get() {
    static const QTemporaryDir folder;
    static const std::unique_ptr<TestCertificates> made(
        makeAll(folder.path()) ? new TestCertificates(folder.path()) : nullptr);
    return made.get();
}

QSslConfiguration TestCertificates::server(const char *name) const {
    const auto read = [&](const char *suffix) {
        QFile file(m_folder + u'/' + QLatin1String(name) + QLatin1String(suffix));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(read(".pem")));
    configuration.setPrivateKey(QSslKey(read(".key"), QSsl::Ec));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    return configuration;
}

} // namespace quaygate::test
