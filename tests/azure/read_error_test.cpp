#include "gateway/azure/error_reading.h"

#include <gtest/gtest.h>

namespace quaygate {

namespace {

struct Body {
    const char *text;
    const char *code;
    const char *message;
    const char *type = "";
    const char *param = "";
};

std::ostream &operator<<(std::ostream &out, const Body &body) {
    return out << body.text;
}

class ReadError : public testing::TestWithParam<Body> {};

TEST_P(ReadError, OfShape) {
    const AzureError error = readAzureError(GetParam().text);
    EXPECT_EQ(error.code.toStdString(), GetParam().code);
    EXPECT_EQ(error.message.toStdString(), GetParam().message);
    EXPECT_EQ(error.type.toStdString(), GetParam().type);
    EXPECT_EQ(error.param.toStdString(), GetParam().param);
}

const Body bodies[] = {
    // (a) The gateway of Azure.
    {R"({"error":{"code":"404","message": "Resource not found"}})", "404", "Resource not found"},
    {R"({"error":{"code":401,"message":"Access denied"}})", "401", "Access denied"},
    // (b) OpenAI, as the model answers.
    {R"({"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}})",
     "unsupported_parameter",
     "Unsupported parameter: 'max_tokens' is not supported with this model. Use "
     "'max_completion_tokens' instead.",
     "invalid_request_error", "max_tokens"},
    {R"({"error":{"message":"oops","type":"server_error","param":null,"code":null}})", "", "oops",
     "server_error"},
    {R"({"error":{"message":"filtered","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{}}}})",
     "content_filter", "filtered", "", "prompt"},
    {R"({"error":{"message":"filtered","code":null,"inner_error":{"code":"ResponsibleAIPolicyViolation"}}})",
     "ResponsibleAIPolicyViolation", "filtered"},
    // (c) API Management.
    {R"({"statusCode":429,"message":"Rate limit is exceeded. Try again in 23 seconds."})", "429",
     "Rate limit is exceeded. Try again in 23 seconds."},
    // (d) The rare ones.
    {R"({"error":"text"})", "", "text"},
    {R"({"code":"NotFound","message":"gone"})", "NotFound", "gone"},
    {R"({"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret."})",
     "invalid_client", "AADSTS7000215: Invalid client secret."},
    {"<html>\r\n<head><title>502 Bad\n "
     "Gateway</title></head><body><center><h1>502</h1></center></body></html>",
     "", "502 Bad Gateway"},
    {"<!DOCTYPE html><html><body><h1 class=\"x\">Service unavailable</h1></body></html>", "",
     "Service unavailable"},
    {"<html></html>", "", ""},
    {"upstream connect error\n  or disconnect", "", "upstream connect error or disconnect"},
    {"", "", ""},
    {"  ", "", ""},
    {"{}", "", ""},
    {"[]", "", "[]"},
    {R"({"error":null})", "", ""},
    {R"({"error":{"code":{"a":1},"message":["x"]}})", "", ""},
    {"{\"error\":{\"message\":\"cut of", "", "{\"error\":{\"message\":\"cut of"},
};
INSTANTIATE_TEST_SUITE_P(Shapes, ReadError, testing::ValuesIn(bodies));

TEST(ReadError, ShortensALongMessage) {
    const AzureError error = readAzureError("{\"message\":\"" + QByteArray(100'000, 'x') + "\"}");
    EXPECT_LT(error.message.size(), 1000);
    EXPECT_TRUE(error.message.endsWith(QChar(0x2026)));
    EXPECT_LT(readAzureError(QByteArray(1'000'000, 'x')).message.size(), 1000);
}

} // namespace

} // namespace quaygate
