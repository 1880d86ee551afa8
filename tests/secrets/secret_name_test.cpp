#include "gateway/secrets/secret_name.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {

TEST(SecretName, HasAShape) {
    struct Case {
        QString name;
        bool good;
    };
    const Case cases[] = {
        {u"azure-openai"_s, true},  {u"Clé de l'équipe 7"_s, true},
        {QString(64, u'n'), true},  {u""_s, false},
        {QString(65, u'n'), false}, {u"two\nlines"_s, false},
        {u"tab\t"_s, false},        {u"escape\u001b[2J"_s, false},
        {u"delete\u007f"_s, false}, {u"next line\u0085"_s, false},
        {QString(QChar(0)), false},
    };
    for (const Case &c : cases) {
        const Result<void> result = checkSecretName(c.name);
        EXPECT_EQ(result.ok(), c.good) << c.name.toStdString();
        if (!result.ok()) {
            EXPECT_EQ(result.error().code, ErrorCode::ConfigInvalid);
            EXPECT_TRUE(result.error().message.endsWith(u'.'));
        }
    }
}

TEST(SecretName, AnEmptySecretIsRefused) {
    EXPECT_FALSE(checkNotEmpty(Secret()).ok());
    EXPECT_TRUE(checkNotEmpty(Secret(QByteArray("k"))).ok());
}

} // namespace quaygate
