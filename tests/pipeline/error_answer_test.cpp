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
        {ErrorCode::ClientKeyMissing, 401},  {ErrorCode::ClientKeyWrong, 401},
        {ErrorCode::RouteNotAllowed, 403},   {ErrorCode::ModelNotAllowed, 403},
        {ErrorCode::RateLimited, 429},       {ErrorCode::BudgetExceeded, 429},
        {ErrorCode::GuardRejected, 403},     {ErrorCode::Internal, 500}};
    for (const auto &[code, status] : expected)
        EXPECT_EQ(errorAnswer({code, u"x"_s, {}}).status, status);
}

TEST(ErrorAnswer, TellsALimitThatPassesFromOneThatStays) {
    const auto errorOf = [](ErrorCode code) {
        return QJsonDocument::fromJson(errorAnswer({code, u"x"_s, {}}).body)["error"_L1].toObject();
    };
    const QJsonObject limited = errorOf(ErrorCode::RateLimited);
    EXPECT_EQ(limited["type"_L1].toString(), u"rate_limit_error"_s);
    EXPECT_EQ(limited["code"_L1].toString(), u"rate_limit_exceeded"_s);
    const QJsonObject spent = errorOf(ErrorCode::BudgetExceeded);
    EXPECT_EQ(spent["type"_L1].toString(), u"insufficient_quota"_s);
    EXPECT_EQ(spent["code"_L1].toString(), u"budget_exceeded"_s);
}

} // namespace
} // namespace quaygate
