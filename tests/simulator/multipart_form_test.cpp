#include "gateway/simulator/multipart_form.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

const auto type = "multipart/form-data; charset=utf-8; boundary=\"a b\"";

TEST(MultipartForms, AreReadByteForByte) {
    const QByteArray file = "\r\n--a c\r\n\0binary\r\n"_ba;
    const auto form = readMultipartForm(
        type, "preamble\r\n--a b\r\nContent-Disposition: form-data; name=\"model\"\r\n\r\nx\r\n"
              "--a b\r\ncontent-disposition: form-data; filename=\"a; b.png\"; name=image[]\r\n"
              "Content-Type: image/png\r\n\r\n" +
                  file + "\r\n--a b--\r\nepilogue");
    ASSERT_TRUE(form);
    ASSERT_EQ(form->parts().size(), 2);
    EXPECT_EQ(form->text(u"model"), u"x"_s);
    const FormPart *const image = form->find(u"image");
    ASSERT_TRUE(image);
    EXPECT_EQ(image->bytes, file);
    EXPECT_EQ(image->filename, u"a; b.png"_s);
    EXPECT_EQ(image->contentType, "image/png");
    EXPECT_FALSE(form->contains(u"mode"));
}

TEST(MultipartForms, ThatAreNoneAreNotRead) {
    const QByteArray good =
        "--a b\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\nv\r\n--a b--"_ba;
    ASSERT_TRUE(readMultipartForm(type, good));
    for (const char *other : {"application/json", "multipart/form-data",
                              "multipart/form-data; boundary=", "multipart/form-data; boundary=x"})
        EXPECT_FALSE(readMultipartForm(other, good)) << other;
    for (qsizetype size = 0; size < good.size(); ++size)
        EXPECT_FALSE(readMultipartForm(type, good.first(size))) << size;
    EXPECT_FALSE(readMultipartForm(type, "--a b\r\nno header\r\n\r\nv\r\n--a b--"));
}

} // namespace
} // namespace quaygate::simulator::test
