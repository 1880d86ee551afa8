#include "tests/simulator/ask.h"

#include <QtEndian>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

const auto path = "/openai/v1/images/generations";
const auto datedPath =
    "/openai/deployments/image/images/generations?api-version=2025-04-01-preview";
const auto editPath = "/openai/v1/images/edits";

struct Picture {
    quint32 width = 0;
    quint32 height = 0;
    QByteArray rows; ///< empty if it is no PNG
};

/// Reads it as PNG is defined, but for the checksums.
Picture read(const QByteArray &png) {
    Picture picture;
    if (!png.startsWith("\x89PNG\r\n\x1a\n") || !png.endsWith("IEND\xae\x42\x60\x82"))
        return picture;
    const auto number = [&](qsizetype at) { return qFromBigEndian<quint32>(png.constData() + at); };
    picture.width = number(16);
    picture.height = number(20);
    const qsizetype data = png.indexOf("IDAT");
    QByteArray length(4, Qt::Uninitialized);
    qToBigEndian(picture.height * (picture.width + 1), length.data());
    picture.rows = qUncompress(length + png.sliced(data + 4, number(data - 4)));
    return picture;
}

Picture picture(const QJsonValue &item) {
    return read(QByteArray::fromBase64(item[u"b64_json"].toString().toLatin1()));
}

TEST(SimulatedImages, ArePngsOfTheSizeAskedFor) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        datedPath, object(R"({"prompt":"a quay","n":2,"size":"1536x1024","quality":"low"})"));
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    const QJsonArray data = json(answer)[u"data"].toArray();
    ASSERT_EQ(data.size(), 2);
    for (const QJsonValue item : data) {
        EXPECT_EQ(picture(item).width, 1536U);
        EXPECT_EQ(picture(item).height, 1024U);
        EXPECT_EQ(picture(item).rows.size(), 1537 * 1024);
    }
    EXPECT_NE(data[0], data[1]);
    EXPECT_EQ(json(answer)[u"usage"][u"output_tokens"].toInt(), 2 * 408);
    EXPECT_EQ(json(answer)[u"size"], u"1536x1024"_s);
    EXPECT_EQ(json(answer)[u"quality"], u"low"_s);
    EXPECT_LT(answer.body().size(), 100'000);
}

TEST(SimulatedImages, DependOnThePrompt) {
    Resource resource;
    const auto draw = [&](const char *body) {
        return json(resource.post(path, object(body)))[u"data"][0][u"b64_json"].toString();
    };
    const QString quay = draw(R"({"model":"image","prompt":"a quay"})");
    EXPECT_EQ(quay, draw(R"({"model":"image","prompt":"a quay"})"));
    EXPECT_NE(quay, draw(R"({"model":"image","prompt":"a gate"})"));
}

TEST(SimulatedImages, OfDalleAreHadFromTheirUrl) {
    Resource resource;
    const SimulatedAnswer answer =
        resource.post(path, object(R"({"model":"dalle","prompt":"a quay","size":"1024x1792"})"),
                      {{"Host", "127.0.0.1:8089"}});
    const QJsonValue item = json(answer)[u"data"][0];
    EXPECT_EQ(item[u"revised_prompt"], u"a quay"_s);
    EXPECT_TRUE(item[u"content_filter_results"].isObject());
    const QByteArray url = item[u"url"].toString().toLatin1();
    ASSERT_TRUE(url.startsWith("http://127.0.0.1:8089/")) << url.toStdString();
    const SimulatedAnswer image = resource.ask("GET", url.sliced(21), {}, {});
    EXPECT_EQ(header(image, "Content-Type"), "image/png");
    EXPECT_EQ(read(image.body()).height, 1792U);
    EXPECT_EQ(resource.ask("GET", "/simulator/images/99999x99999-a.png", {}, {}).status, 404);

    const QJsonValue bytes = json(resource.post(
        path,
        object(R"({"model":"dalle","prompt":"x","response_format":"b64_json"})")))[u"data"][0];
    EXPECT_EQ(picture(bytes).width, 1024U);
}

TEST(SimulatedImages, ComeInParts) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        path, object(R"({"model":"image","prompt":"x","stream":true,"partial_images":2})"));
    const QList<QJsonObject> list = events(answer);
    ASSERT_EQ(types(list),
              (QStringList{u"image_generation.partial_image"_s, u"image_generation.partial_image"_s,
                           u"image_generation.completed"_s}));
    EXPECT_EQ(list[1][u"partial_image_index"], 1);
    EXPECT_EQ(picture(list[0]).width, 1024U);
    EXPECT_NE(list[0][u"b64_json"], list[2][u"b64_json"]);
    EXPECT_EQ(list[2][u"usage"][u"output_tokens"].toInt(), 4160 + 2 * 100);
}

TEST(SimulatedImages, AreEditedFromAForm) {
    Resource resource;
    const QByteArray png = "\x89PNG\r\n\x1a\n and so on"_ba;
    const auto edit = [&](const QByteArray &source) {
        return resource.form(editPath, {{u"model"_s, {}, {}, "image"_ba},
                                        {u"prompt"_s, {}, {}, "brighter"_ba},
                                        {u"n"_s, {}, {}, "1"_ba},
                                        {u"image[]"_s, u"a.png"_s, {}, source},
                                        {u"image[]"_s, u"b.png"_s, {}, png}});
    };
    const SimulatedAnswer answer = edit(png);
    ASSERT_EQ(answer.status, 200) << answer.body().toStdString();
    EXPECT_EQ(picture(json(answer)[u"data"][0]).width, 1024U);
    EXPECT_EQ(json(answer)[u"usage"][u"input_tokens_details"][u"image_tokens"].toInt(), 2 * 194);
    EXPECT_NE(json(answer)[u"data"], json(edit(png + 'x'))[u"data"]);
    EXPECT_EQ(error(edit("GIF89a and more bytes"_ba))[u"code"], u"invalid_image_file"_s);
}

struct Refused {
    const char *body;
    const char *param;
    const char *code;
};

class SimulatedImagesRefuse : public ::testing::TestWithParam<Refused> {};

TEST_P(SimulatedImagesRefuse, InTheServicesWords) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(path, object(GetParam().body));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(error(answer)[u"param"].toString(), QLatin1StringView(GetParam().param));
    EXPECT_EQ(error(answer)[u"code"].toString(), QLatin1StringView(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedImagesRefuse,
    ::testing::Values(
        Refused{R"({"model":"image"})", "prompt", "missing_required_parameter"},
        Refused{R"({"model":"image","prompt":"x","size":"1x1"})", "size", "invalid_value"},
        Refused{R"({"model":"image","prompt":"x","quality":"hd"})", "quality", "invalid_value"},
        Refused{R"({"model":"image","prompt":"x","n":11})", "n", "integer_above_max_value"},
        Refused{R"({"model":"image","prompt":"x","output_format":"webp"})", "output_format",
                "invalid_value"},
        Refused{R"({"model":"image","prompt":"x","response_format":"url"})", "response_format",
                "unknown_parameter"},
        Refused{R"({"model":"dalle","prompt":"x","n":2})", "n", "integer_above_max_value"},
        Refused{R"({"model":"image","prompt":"trigger-content-filter"})", "", "content_filter"},
        Refused{R"({"model":"chat","prompt":"x"})", "", "OperationNotSupported"}));

TEST(SimulatedImages, EditsNeedAFormAnImageAndAModelThatEdits) {
    Resource resource;
    EXPECT_EQ(resource.post(editPath, object(R"({"model":"image","prompt":"x"})")).status, 400);
    EXPECT_EQ(error(resource.form(editPath, {{u"model"_s, {}, {}, "image"_ba},
                                             {u"prompt"_s, {}, {}, "x"_ba}}))[u"param"],
              u"image"_s);
    EXPECT_EQ(error(resource.form(editPath, {{u"prompt"_s, {}, {}, "x"_ba}}))[u"param"],
              u"model"_s);
    EXPECT_EQ(error(resource.form(editPath, {{u"model"_s, {}, {}, "dalle"_ba}}))[u"code"],
              u"OperationNotSupported"_s);
}

} // namespace
} // namespace quaygate::simulator::test
