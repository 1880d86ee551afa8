#include "gateway/azure/spoken_apis.h"

#include <gtest/gtest.h>

namespace quaygate {
namespace {

QByteArray error(const char *code, const char *message) {
    return QByteArray(R"({"error":{"code":")") + code + R"(","message":")" + message + "\"}}";
}

TEST(SpokenApis, ARefusalSaysWhatIsLacking) {
    constexpr Operation chat = Operation::ChatCompletions;
    constexpr Operation responses = Operation::Responses;
    const struct {
        Operation asked;
        int status;
        QByteArray body;
        bool lacking;
    } table[] = {
        {chat, 400, error("OperationNotSupported", "The chatCompletion operation does not …"),
         true},
        {chat, 400, error("OpperationNotSupported", "x"), true},
        {responses, 400, error("OperationNotSupported", "x"), true},
        {Operation::Embeddings, 400, error("OperationNotSupported", "x"), false},
        {chat, 500, error("OperationNotSupported", "x"), false},
        {responses, 400, error("BadRequest", "Model not supported"), true},
        {responses, 404, error("404", "Resource not found"), true},
        {responses, 404, R"({"statusCode":404,"message":"Resource not found"})", true},
        {chat, 404, error("404", "Resource not found"), false},
        {responses, 404, error("DeploymentNotFound", "The API deployment …"), false},
        {responses, 400, error("unsupported_parameter", "x"), false},
        {responses, 400, "", false},
    };
    for (const auto &row : table)
        EXPECT_EQ(saysOperationLacking(row.asked, row.status, row.body), row.lacking)
            << row.status << row.body.toStdString();
}

TEST(SpokenApis, OneIsTheOtherOfTwo) {
    EXPECT_EQ(otherConversation(Operation::ChatCompletions), Operation::Responses);
    EXPECT_EQ(otherConversation(Operation::Responses), Operation::ChatCompletions);
    EXPECT_FALSE(otherConversation(Operation::Speech));
    for (const Operation asked : {Operation::ChatCompletions, Operation::Responses}) {
        EXPECT_TRUE(lacks(withoutApi(asked), asked));
        EXPECT_FALSE(lacks(withoutApi(asked), *otherConversation(asked)));
        EXPECT_FALSE(lacks(SpokenApis::Both, asked));
    }
    EXPECT_FALSE(lacks(SpokenApis::ChatOnly, Operation::Embeddings));
}

} // namespace
} // namespace quaygate
