#include "gateway/azure/operations.h"

#include <QFile>

#include <gtest/gtest.h>

namespace quaygate {
namespace {

TEST(Operations, EachIsNamedInTheDocuments) {
    QFile file(QStringLiteral(QUAYGATE_CONFIGURATION_DOCUMENT));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QString text = QString::fromUtf8(file.readAll());
    for (const OperationInfo &row : operationTable) {
        const QString path(row.path);
        EXPECT_TRUE(text.contains(u'`' + path + u'`') ||
                    text.contains(QStringLiteral("`/") + path + u'`'))
            << qPrintable(path);
    }
}

} // namespace
} // namespace quaygate
