#include "gateway/pipeline/error_answer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(ErrorAnswer, HasOpenAisShape) {
    const QString message = u"Say \"please\"\nand ünicode."_s;
    const ErrorAnswer answer = errorAnswer({ErrorCode::NoRoute, message, u"hidden detail"_s});
    EXPECT_EQ(answer.status, 404);
    EXPECT_EQ(answer.headers.value("Content-Type"), "application/json");
    const QJsonObject error = QJsonDocument::fromJson(answer.body)["error"_L1].toObject();
    EXPECT_EQ(error["message"_L1].toString(), message);
    EXPECT_EQ(error["type"_L1].toString(), u"invalid_request_error"_s);
    EXPECT_EQ(error["code"_L1].toString(), u"no_route"_s);
    EXPECT_TRUE(error["param"_L1].isNull());
    EXPECT_FALSE(answer.body.contains("hidden"));
}

TEST(ErrorAnswer, StatusTellsWhoseFaultItIs) {
    const QList<std::pair<ErrorCode, int>> expected{
        {ErrorCode::BodyNotJson, 400},       {ErrorCode::ForbiddenHost, 403},
        {ErrorCode::ForbiddenOrigin, 403},   {ErrorCode::MethodNotAllowed, 405},
        {ErrorCode::BodyTooLarge, 413},      {ErrorCode::UnsupportedContentType, 415},
        {ErrorCode::HeadersTooLarge, 431},   {ErrorCode::NameNotResolved, 502},
        {ErrorCode::ConnectionRefused, 502}, {ErrorCode::TlsFailed, 502},
        {ErrorCode::SecretNotFound, 503},    {ErrorCode::SecretStoreLocked, 503},
        {ErrorCode::VariableNotSet, 503},    {ErrorCode::TimedOut, 504},
        {ErrorCode::Internal, 500}};
    for (const auto &[code, status] : expected)
        EXPECT_EQ(errorAnswer({code, u"x"_s, {}}).status, status);
}

} // namespace
} // namespace quaygate
