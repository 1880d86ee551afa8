#include "gateway/http/ca_bundle.h"

#include <QFile>
#include <QTemporaryDir>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace quaygate;
using namespace std::chrono_literals;

namespace {

const QByteArray pemA = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
const QByteArray pemB = "-----BEGIN CERTIFICATE-----\nBBBB\n-----END CERTIFICATE-----\n";

class CaBundle : public ::testing::Test {
protected:
    QString write(const QString &name, const QByteArray &bytes) {
        QFile file(folder.filePath(name));
        EXPECT_TRUE(file.open(QIODevice::WriteOnly));
        file.write(bytes);
        return file.fileName();
    }
    static QByteArray read(const QByteArray &path) {
        QFile file(QFile::decodeName(path));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder;
    const CaBundles::Time now = CaBundles::Time() + 1h;
    CaBundles bundles;
};

} // namespace

TEST_F(CaBundle, HoldsBothAndIsKept) {
    const QString company = write(u"company.pem"_s, pemA);
    const QString system = write(u"system.pem"_s, pemB);
    const auto path = bundles.combined(company, system, now);
    ASSERT_TRUE(path);
    EXPECT_EQ(read(*path), pemA + '\n' + pemB);
    EXPECT_EQ(bundles.combined(company, system, now).value(), *path);
}

TEST_F(CaBundle, IsMadeAnewWhenAFileChanges) {
    const QString company = write(u"company.pem"_s, pemA);
    const auto first = bundles.combined(company, {}, now);
    ASSERT_TRUE(first);
    write(u"company.pem"_s, pemB);
    QFile file(company);
    ASSERT_TRUE(file.open(QIODevice::ReadWrite));
    ASSERT_TRUE(file.setFileTime(QDateTime::currentDateTime().addSecs(5),
                                 QFileDevice::FileModificationTime));
    file.close();
    EXPECT_EQ(bundles.combined(company, {}, now + 999ms).value(), *first);
    const auto second = bundles.combined(company, {}, now + 1s);
    ASSERT_TRUE(second);
    EXPECT_EQ(read(*second), pemB);
}

TEST_F(CaBundle, RefusesWhatIsNoCertificate) {
    const auto missing = bundles.combined(folder.filePath(u"none.pem"_s), {}, now);
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().code, ErrorCode::FileUnreadable);
    const auto key =
        bundles.combined(write(u"key.pem"_s, "-----BEGIN PRIVATE KEY-----\n"), {}, now);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().code, ErrorCode::ConfigInvalid);
}

TEST(CaBundleFiles, GoWithTheirOwner) {
    QTemporaryDir folder;
    QFile file(folder.filePath(u"a.pem"_s));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write(pemA);
    file.close();
    QByteArray path;
    {
        CaBundles bundles;
        path = bundles.combined(file.fileName(), {}, CaBundles::Time()).value();
        EXPECT_TRUE(QFile::exists(QFile::decodeName(path)));
    }
    EXPECT_FALSE(QFile::exists(QFile::decodeName(path)));
}
