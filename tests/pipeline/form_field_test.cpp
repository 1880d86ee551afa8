#include "gateway/pipeline/form_field.h"

#include <gtest/gtest.h>

namespace quaygate {
namespace {

const QByteArray type = "multipart/form-data; boundary=XyZ";
/// A file that holds line breaks and what looks like a boundary.
const QByteArray filePart = "--XyZ\r\nContent-Disposition: form-data; name=\"file\"; "
                            "filename=\"name=model.wav\"\r\nContent-Type: audio/wav\r\n\r\n"
                            "a\r\n--Xy\r\n\0b--XyZ\r\n";

QByteArray modelPart(const QByteArray &model) {
    return "--XyZ\r\ncontent-disposition: form-data; name=model\r\n\r\n" + model + "\r\n";
}

TEST(FormField, IsReplacedInPlace) {
    const QByteArray end = "--XyZ--\r\nepilogue";
    for (const QByteArray &before : {QByteArray(), filePart}) {
        for (const QByteArray &after : {QByteArray(), filePart}) {
            const auto changed = withFormField(before + modelPart("whisper-1") + after + end, type,
                                               "model", "my-deployment");
            ASSERT_TRUE(changed) << changed.error().message.toStdString();
            EXPECT_EQ(*changed, before + modelPart("my-deployment") + after + end);
        }
    }
}

TEST(FormField, IsAddedBeforeTheEnd) {
    const auto changed = withFormField(filePart + "--XyZ--\r\n", type, "model", "d");
    ASSERT_TRUE(changed);
    EXPECT_EQ(*changed, filePart + "--XyZ\r\nContent-Disposition: form-data; name=\"model\"\r\n"
                                   "\r\nd\r\n--XyZ--\r\n");
}

TEST(FormField, TheBoundaryMayBeQuotedAndAPreambleStandBefore) {
    const QByteArray quoted = "multipart/form-data; charset=utf-8; boundary=\"XyZ\"";
    const auto changed =
        withFormField("preamble\r\n" + modelPart("a") + "--XyZ--", quoted, "model", "b");
    ASSERT_TRUE(changed);
    EXPECT_EQ(*changed, "preamble\r\n" + modelPart("b") + "--XyZ--");
}

TEST(FormField, WhatIsNoFormIsRefused) {
    const struct {
        QByteArray type;
        QByteArray body;
    } table[] = {
        {"multipart/form-data", modelPart("a") + "--XyZ--"},
        {"multipart/form-data; boundary=", modelPart("a") + "--XyZ--"},
        {"multipart/form-data; boundary=\"XyZ", modelPart("a") + "--XyZ--"},
        {"multipart/form-data; boundary=" + QByteArray(71, 'b'), "x"},
        {"", modelPart("a") + "--XyZ--"},
        {type, ""},
        {type, "{\"model\":\"a\"}"},
        {type, modelPart("a")},
        {type, "--XyZ\r\nContent-Disposition: form-data; name=model\r\n"},
    };
    for (const auto &row : table) {
        const auto changed = withFormField(row.body, row.type, "model", "b");
        ASSERT_FALSE(changed) << row.type.toStdString() << " " << row.body.toStdString();
        EXPECT_EQ(changed.error().code, ErrorCode::BadRequest);
    }
}

} // namespace
} // namespace quaygate
