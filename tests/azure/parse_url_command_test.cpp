#include "app/parse_url_command.h"

#include <QBuffer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

struct Ended {
    int code = 0;
    QByteArray out;
    QByteArray err;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

Ended run(const QStringList &arguments, const QByteArray &input = {}) {
    QBuffer in;
    in.setData(input);
    in.open(QIODevice::ReadOnly);
    QBuffer out;
    out.open(QIODevice::WriteOnly);
    QBuffer err;
    err.open(QIODevice::WriteOnly);
    Ended result;
    result.code = parseUrlCommand(arguments, in, out, err);
    result.out = out.data();
    result.err = err.data();
    return result;
}

const auto address = u"https://r.openai.azure.com/openai/deployments/d/chat/"
                     "completions?api-version=2024-10-21"_s;

TEST(ParseUrlCommand, PrintsWhatTheAddressSays) {
    const Ended result = run({address});
    EXPECT_EQ(result.code, 0);
    EXPECT_EQ(result.err, "");
    const QJsonObject expected{
        {u"endpoint"_s, u"r.openai.azure.com"_s},
        {u"deploymentName"_s, u"d"_s},
        {u"apiVersion"_s, u"2024-10-21"_s},
        {u"operation"_s, u"chat/completions"_s},
        {u"warnings"_s, QJsonArray()},
    };
    EXPECT_EQ(result.json(), expected) << result.out.toStdString();
}

TEST(ParseUrlCommand, ReportsAKeyWithoutPrintingIt) {
    const QString withKey = address + u"&api-key=canary-7f3"_s;
    for (const Ended &result : {run({withKey}), run({u"-"_s}, withKey.toUtf8() + "\nmore\n")}) {
        EXPECT_EQ(result.code, 0);
        EXPECT_TRUE(result.json().value(u"keyFound"_s).toBool());
        EXPECT_FALSE(result.out.contains("canary"));
        EXPECT_FALSE(result.err.contains("canary"));
        EXPECT_EQ(result.json().value(u"deploymentName"_s).toString(), u"d"_s);
    }
}

TEST(ParseUrlCommand, SaysWhyATextIsNoAddress) {
    for (const Ended &result : {run({u"javascript:canary"_s}), run({u""_s}), run({u"-"_s}, ""),
                                run({u"-"_s}, QByteArray(1'000'000, 'x'))}) {
        EXPECT_EQ(result.code, 1);
        EXPECT_EQ(result.out, "");
        EXPECT_TRUE(result.err.startsWith("quaygate parse-url: ")) << result.err.toStdString();
        EXPECT_FALSE(result.err.contains("canary"));
    }
}

TEST(ParseUrlCommand, ExplainsItsUse) {
    for (const Ended &result : {run({}), run({address, address}), run({u"--json"_s})}) {
        EXPECT_EQ(result.code, 2);
        EXPECT_EQ(result.out, "");
        EXPECT_TRUE(result.err.startsWith("usage: "));
    }
    const Ended help = run({u"--help"_s});
    EXPECT_EQ(help.code, 0);
    EXPECT_TRUE(help.out.startsWith("usage: "));
}

} // namespace

} // namespace quaygate
