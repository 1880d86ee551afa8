#include "gateway/azure/error_reading.h"

#include <gtest/gtest.h>

/// The wire texts of Azure and what becomes of them.
namespace quaygate {

using namespace Qt::StringLiterals;

namespace {

struct Case {
    int status;
    const char *body;
    const char *version;
    Outcome outcome;
    const char *words; ///< must be in the sentence
};

std::ostream &operator<<(std::ostream &out, const Case &one) {
    return out << one.status << ' ' << one.body;
}

class Explain : public testing::TestWithParam<Case> {};

TEST_P(Explain, Answer) {
    const Case &one = GetParam();
    const Explanation explanation =
        explain(one.status, one.body, u"my-dep"_s, QString::fromUtf8(one.version));
    EXPECT_EQ(explanation.outcome, one.outcome) << explanation.text.toStdString();
    EXPECT_NE(explanation.text.toStdString().find(one.words), std::string::npos)
        << explanation.text.toStdString();
}

constexpr auto dated = "2024-10-21";
constexpr auto notFound = R"({"error":{"code":"404","message": "Resource not found"}})";
constexpr auto badGateway = "<html><head><title>502 Bad Gateway</title></head><body></body></html>";

const Case access[] = {
    {200, R"({"choices":[]})", dated, Outcome::Works, "\"my-dep\" answers"},
    {200, "\n<!DOCTYPE html><html><title>Sign in</title></html>", dated, Outcome::WrongAddress,
     "web page"},
    {401,
     R"({"error":{"code":"401","message":"Access denied due to invalid subscription key or wrong API endpoint. Make sure to provide a valid key for an active subscription and use a correct regional API endpoint for your resource."}})",
     dated, Outcome::WrongKey, "endpoint's host belongs to another resource"},
    {401, R"({"error":{"code":"Unauthorized","message":"Access denied."}})", "v1",
     Outcome::WrongKey, "refused the key"},
    {401, "", "v1", Outcome::WrongKey, "refused the key"},
    {401,
     R"({"error":{"code":"401","message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}})",
     "v1", Outcome::WrongKey, "Entra ID token"},
    {401,
     R"({"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://ai.azure.com), or have expired."})",
     "v1", Outcome::WrongKey, "Entra ID token"},
    {401,
     R"({"statusCode":401,"message":"Access denied due to missing subscription key. Make sure to include subscription key when making requests to an API."})",
     "v1", Outcome::WrongKey, "API Management"},
    {401,
     R"({"error":{"code":"PermissionDenied","message":"The principal `00000000-1111-4222-8333-444444444444` lacks the required data action `Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to perform `POST /openai/deployments/{deployment-id}/chat/completions` operation."}})",
     dated, Outcome::NoPermission, "Cognitive Services OpenAI User"},
    {403,
     R"({"error":{"code":"AuthenticationTypeDisabled","message":"Key based authentication is disabled for this resource."}})",
     dated, Outcome::KeyAuthDisabled, "Entra ID"},
    {403,
     R"({"error":{"code":"403","message":"Public access is disabled. Please configure private endpoint."}})",
     dated, Outcome::NetworkBlocked, "Networking"},
    {403,
     R"({"error":{"code":"AccessDenied","message":"Access denied due to Virtual Network/Firewall rules."}})",
     dated, Outcome::NetworkBlocked, "this network"},
    {403, "<html><title>403 Forbidden</title></html>", dated, Outcome::NetworkBlocked,
     "403 Forbidden"},
    {403, R"({"error":{"message":"Your resource has been temporarily blocked because of abuse."}})",
     dated, Outcome::Refused, "temporarily blocked"},
    {403, R"({"error":{"code":"Odd","message":"No."}})", dated, Outcome::Refused, "(403, Odd)"},
    {407, "", dated, Outcome::NetworkBlocked, "proxy"},
};
INSTANTIATE_TEST_SUITE_P(Access, Explain, testing::ValuesIn(access));

const Case addresses[] = {
    {404,
     R"({"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist. If you created the deployment within the last 5 minutes, please wait a moment and try again."}})",
     dated, Outcome::DeploymentNotFound, "no deployment named \"my-dep\""},
    {404,
     R"({"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}})",
     "v1", Outcome::DeploymentNotFound, "not of the model; a new deployment may take 5 minutes"},
    {404, notFound, dated, Outcome::WrongAddress, "\"2024-10-21\""},
    {404, notFound, "2099-01-01", Outcome::VersionNotSupported, "\"2099-01-01\""},
    {404, notFound, "v1", Outcome::WrongAddress, "API Management"},
    {404, notFound, "", Outcome::WrongAddress, "endpoint's host"},
    {404, R"({"statusCode":404,"message":"Resource not found"})", dated, Outcome::WrongAddress,
     "404"},
    {404, "<html><title>404 Not Found</title></html>", "v1", Outcome::WrongAddress, "404"},
    {405, "", "v1", Outcome::WrongAddress, "405"},
    {302, "", "v1", Outcome::WrongAddress, "redirect"},
    {400, R"({"error":{"code":"BadRequest","message":"API version not supported"}})", "preview",
     Outcome::VersionNotSupported, "\"preview\""},
    {400, R"({"error":{"code":"UnsupportedApiVersion","message":"x"}})", dated,
     Outcome::VersionNotSupported, "\"2024-10-21\""},
    {400,
     R"({"error":{"code":"BadRequest","message":"Missing required query parameter: api-version"}})",
     "v1", Outcome::WrongAddress, "project"},
    {400,
     R"({"error":{"code":"BadRequest","message":"Please provide a custom subdomain for token authentication, otherwise API key is required."}})",
     "v1", Outcome::WrongAddress, "regional"},
};
INSTANTIATE_TEST_SUITE_P(Addresses, Explain, testing::ValuesIn(addresses));

const Case requests[] = {
    {400,
     R"({"error":{"code":"OperationNotSupported","message":"The chatCompletion operation does not work with the specified model, text-embedding-3-small. Please choose different model and try again."}})",
     dated, Outcome::NotAChatModel, "\"my-dep\" exists"},
    {400, R"({"error":{"code":"OpperationNotSupported","message":"No."}})", dated,
     Outcome::NotAChatModel, "Responses API"},
    {400, R"({"error":{"message":"Model not supported"}})", "v1", Outcome::NotAChatModel, "exists"},
    {400,
     R"({"error":{"message":"The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please modify your prompt and retry.","type":null,"param":"prompt","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true,"severity":"high"}}}}})",
     dated, Outcome::ContentFiltered, "content filter"},
    {400,
     R"({"error":{"code":"contentFilter","message":"Your task failed as a result of our safety system."}})",
     dated, Outcome::ContentFiltered, "content filter"},
    {400,
     R"({"error":{"message":"Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.","type":"invalid_request_error","param":"max_tokens","code":"unsupported_parameter"}})",
     dated, Outcome::Refused, "'max_completion_tokens' instead"},
    {400,
     R"({"error":{"message":"Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.","type":"invalid_request_error","param":"temperature","code":"unsupported_value"}})",
     dated, Outcome::Refused, "unsupported_value"},
    {400,
     R"({"error":{"message":"This model's maximum context length is 128000 tokens.","type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}})",
     dated, Outcome::Refused, "128000"},
    {413,
     R"x({"error":{"message":"Maximum content size limit (26214400) exceeded (30000000 bytes read)","type":"server_error","code":null}})x",
     dated, Outcome::Refused, "26214400"},
    {415, "", dated, Outcome::Refused, "415"},
    {422, R"({"error":{"code":"Invalid","message":"bad","details":[]}})", dated, Outcome::Refused,
     "bad"},
    {429,
     R"({"error":{"code":"429","message":"Requests to the ChatCompletions_Create Operation under Azure OpenAI API version 2024-10-21 have exceeded token rate limit of your current OpenAI S0 pricing tier. Please retry after 26 seconds. Please go here: https://aka.ms/oai/quotaincrease if you would like to further increase the default rate limit."}})",
     dated, Outcome::RateLimited, "try again in 26 seconds"},
    {429, R"({"error":{"code":"429","message":"Rate limit is exceeded. Try again in 1 second."}})",
     dated, Outcome::RateLimited, "in 1 second,"},
    {429, R"({"statusCode":429,"message":"Rate limit is exceeded."})", dated, Outcome::RateLimited,
     "wait a little"},
    {429, R"({"error":{"code":"NoCapacity","message":"System is experiencing high demand."}})",
     dated, Outcome::RateLimited, "no capacity"},
    {431, "", dated, Outcome::Refused, "ten"},
};
INSTANTIATE_TEST_SUITE_P(Requests, Explain, testing::ValuesIn(requests));

const Case services[] = {
    {408, R"({"error":{"code":"Timeout","message":"The operation was timeout."}})", dated,
     Outcome::ServiceDown, "408"},
    {424, "", dated, Outcome::ServiceDown, "424"},
    {500,
     R"({"error":{"message":"The server had an error while processing your request. Sorry about that!","type":"server_error","param":null,"code":null}})",
     dated, Outcome::ServiceDown, "Sorry about that"},
    {500, R"({"error":{"code":"InternalServerError","message":"Internal server error"}})", dated,
     Outcome::ServiceDown, "500"},
    {502, badGateway, dated, Outcome::ServiceDown, "502 Bad Gateway"},
    {504, "", dated, Outcome::ServiceDown, "504"},
    {503,
     R"({"error":{"code":"ServiceUnavailable","message":"The service is temporarily unable to process your request. Please try again later."}})",
     dated, Outcome::ServiceDown, "503"},
};
INSTANTIATE_TEST_SUITE_P(Services, Explain, testing::ValuesIn(services));

TEST(Explain, SpeaksWithoutADeployment) {
    const auto notFoundBody = R"({"error":{"code":"DeploymentNotFound","message":"x"}})";
    EXPECT_TRUE(explain(404, notFoundBody, {}, u"v1"_s).text.contains(u"not the model"_s));
    EXPECT_EQ(explain(200, "{}", {}, {}).text, u"The deployment answers."_s);
}

TEST(ExplainError, ARefusedTokenIsNotCalledAKey) {
    const QByteArray body = R"({"error":{"code":"401","message":"Unauthorized. Access token is )"
                            R"(missing, invalid, audience is incorrect (https://ai.azure.com), )"
                            R"(or have expired."}})";
    const Explanation token = explain(401, body, u"d"_s, u"v1"_s, SignedWith::Token);
    EXPECT_EQ(token.outcome, Outcome::WrongKey);
    EXPECT_TRUE(token.text.contains(u"it wants one for https://ai.azure.com;"_s))
        << token.text.toStdString();
    EXPECT_TRUE(explain(401, body, u"d"_s, u"v1"_s).text.contains(u"check the key"_s));
    const QByteArray role = R"({"error":{"code":"PermissionDenied","message":"x"}})";
    EXPECT_EQ(explain(401, role, u"d"_s, u"v1"_s, SignedWith::Token).outcome,
              Outcome::NoPermission);
}

TEST(ExplainError, WithoutAClientACredentialIsAskedFor) {
    const Explanation asked = explain(401, "{}", u"d"_s, u"v1"_s, SignedWith::Nothing);
    EXPECT_EQ(asked.outcome, Outcome::Works);
    EXPECT_TRUE(asked.text.contains(u"each client sends"_s));
    EXPECT_EQ(explain(404, "{}", u"d"_s, u"v1"_s, SignedWith::Nothing).outcome,
              Outcome::WrongAddress);
}

TEST(SaysTokenExpired, OnlyWhereAnotherTokenMayHelp) {
    struct Row {
        int status;
        const char *header;
        const char *message;
        bool expected;
    };
    for (const Row &row : {
             Row{401, "",
                 "Unauthorized. Access token is missing, invalid, audience is incorrect "
                 "(https://cognitiveservices.azure.com), or have expired.",
                 true},
             Row{401, "Bearer error=\"invalid_token\"", "", true},
             Row{401, "", "The token is expired.", true},
             Row{401, "", "IDX10223: Lifetime validation failed.", true},
             Row{403, "", "The token is expired.", false},
             Row{401, "Bearer realm=x", "Access denied due to invalid subscription key", false},
             Row{401, "", "The principal `x` lacks the required data action `y`", false},
         }) {
        const QByteArray body =
            R"({"error":{"code":"401","message":")" + QByteArray(row.message) + "\"}}";
        EXPECT_EQ(saysTokenExpired(row.status, row.header, body), row.expected) << row.message;
    }
}

} // namespace

} // namespace quaygate
