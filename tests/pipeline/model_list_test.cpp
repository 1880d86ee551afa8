#include "gateway/pipeline/model_list.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

QJsonObject parsed(const QByteArray &json) {
    return QJsonDocument::fromJson(json).object();
}

TEST(ModelList, HasOpenAisShape) {
    const QJsonObject list = parsed(modelList({"a \"b\"", "c"}, ModelShape::OpenAi));
    EXPECT_EQ(list["object"_L1], u"list"_s);
    ASSERT_EQ(list["data"_L1].toArray().size(), 2);
    EXPECT_EQ(list["data"_L1][0]["id"_L1], u"a \"b\""_s);
    EXPECT_EQ(list["data"_L1][1], parsed(modelEntry("c", ModelShape::OpenAi)));
    EXPECT_EQ(list["data"_L1][1]["object"_L1], u"model"_s);
    EXPECT_TRUE(list["data"_L1][1]["created"_L1].isDouble());
    EXPECT_TRUE(parsed(modelList({}, ModelShape::OpenAi))["data"_L1].isArray());
}

TEST(ModelList, HasAnthropicsShape) {
    const QJsonObject list = parsed(modelList({"a", "c"}, ModelShape::Anthropic));
    EXPECT_EQ(list["has_more"_L1], false);
    EXPECT_EQ(list["first_id"_L1], u"a"_s);
    EXPECT_EQ(list["last_id"_L1], u"c"_s);
    EXPECT_EQ(list["data"_L1][1], parsed(modelEntry("c", ModelShape::Anthropic)));
    EXPECT_EQ(list["data"_L1][1]["type"_L1], u"model"_s);
    EXPECT_EQ(list["data"_L1][1]["display_name"_L1], u"c"_s);
    EXPECT_TRUE(parsed(modelList({}, ModelShape::Anthropic))["first_id"_L1].isNull());
}

} // namespace
} // namespace quaygate
