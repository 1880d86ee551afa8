#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

SimulatedAnswer withFault(Resource &resource, const char *fault, bool stream = false) {
    return resource.post(chatPath, saying(u"hi"_s, stream ? R"({"stream":true})" : "{}"),
                         {{"x-simulator-fault", fault}});
}

struct StatusFault {
    const char *fault;
    int status;
    HeaderList headers; ///< that must be there
    const char *absent; ///< header that must not
    const char *body;   ///< that it contains
};

class SimulatedStatusFaults : public ::testing::TestWithParam<StatusFault> {};

TEST_P(SimulatedStatusFaults, AnswerInPlaceOfTheModel) {
    const StatusFault &given = GetParam();
    for (const bool stream : {false, true}) {
        Resource resource;
        const SimulatedAnswer answer = withFault(resource, given.fault, stream);
        EXPECT_EQ(answer.status, given.status) << given.fault;
        EXPECT_FALSE(answer.streamed) << "an error before the stream is plain JSON";
        for (const Header &each : given.headers)
            EXPECT_EQ(header(answer, each.name), each.value) << given.fault;
        EXPECT_FALSE(answer.headers.contains(given.absent)) << given.fault;
        EXPECT_TRUE(answer.body().contains(given.body)) << answer.body().toStdString();
        EXPECT_TRUE(answer.headers.contains("apim-request-id"));
    }
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedStatusFaults,
    ::testing::Values(
        StatusFault{"429",
                    429,
                    {{"retry-after", "2"}, {"retry-after-ms", "2000"}},
                    "-",
                    "Please retry after 2 seconds."},
        StatusFault{
            "429-both;retry=7",
            429,
            {{"retry-after", "7"},
             {"retry-after-ms", "7000"},
             {"policy-id", "DeploymentRatelimit-Token"}},
            "-",
            "Requests to the ChatCompletions_Create Operation under Azure OpenAI API version "
            "2024-10-21 have exceeded token rate limit"},
        StatusFault{"429-ms;retry=3",
                    429,
                    {{"retry-after-ms", "3000"}},
                    "retry-after",
                    "Your requests to chat for gpt-4.1-mini in East US 2 have exceeded"},
        StatusFault{
            "429-seconds", 429, {{"retry-after", "2"}}, "retry-after-ms", "\"code\":\"429\""},
        StatusFault{"429-date;retry=90",
                    429,
                    {{"retry-after", "Tue, 31 Mar 2026 00:01:30 GMT"}},
                    "retry-after-ms",
                    "exceeded token rate limit"},
        StatusFault{"429-text;retry=3",
                    429,
                    {{"policy-id", "DeploymentRatelimit-Call"}},
                    "retry-after",
                    "Rate limit is exceeded. Try again in 3 seconds."},
        StatusFault{"429-none", 429, {}, "retry-after", "pricing tier. Please go here"},
        StatusFault{"429-reset;retry=5",
                    429,
                    {{"x-ratelimit-reset-tokens", "5"}},
                    "retry-after",
                    "exceeded token rate limit"},
        StatusFault{
            "429-apim;retry=23",
            429,
            {{"retry-after", "23"}},
            "retry-after-ms",
            R"({"message":"Rate limit is exceeded. Try again in 23 seconds.","statusCode":429})"},
        StatusFault{"429-capacity", 429, {}, "retry-after", "NoCapacity"},
        StatusFault{"401-permission", 401, {}, "-", "PermissionDenied"},
        StatusFault{"403-keys-disabled",
                    403,
                    {},
                    "-",
                    "Key based authentication is disabled for this resource."},
        StatusFault{"403-network",
                    403,
                    {{"policy-id", "ThrowExceptionDueToTrafficDenied"}},
                    "-",
                    "Public access is disabled."},
        StatusFault{"404-deployment", 404, {}, "-", "DeploymentNotFound"},
        StatusFault{"408", 408, {}, "-", "The operation was timeout."},
        StatusFault{"424;status=429",
                    424,
                    {{"ms-azureml-model-error-statuscode", "429"}},
                    "-",
                    "server_error"},
        StatusFault{"500", 500, {}, "-", "Sorry about that!"},
        StatusFault{
            "html-502", 502, {{"Content-Type", "text/html"}}, "-", "502 Bad Gateway</title>"},
        StatusFault{"503", 503, {}, "-", "temporarily unable to process your request"}));

TEST(SimulatedFaults, ThatDoNotExistAreNamed) {
    for (const char *fault : {"", "430", "slow", "429 ;ms=1", "500;ms=1", "429;retry=-1",
                              "429;retry=x", "429;retry", "429;=1", "cut;after=9999999"}) {
        Resource resource;
        const SimulatedAnswer answer = withFault(resource, fault);
        EXPECT_EQ(answer.status, 400) << fault;
        EXPECT_EQ(error(answer)[u"code"], u"UnknownSimulatorFault"_s);
    }
    Resource resource;
    const QString unknown = error(withFault(resource, "nope"))[u"message"].toString();
    for (const QString &name : {u"429-apim"_s, u"silent-gap"_s, u"one-byte-writes"_s, u"quota"_s})
        EXPECT_TRUE(unknown.contains(name)) << unknown.toStdString();
    const QString param = error(withFault(resource, "429;when=1"))[u"message"].toString();
    EXPECT_TRUE(param.contains(u"retry, every, first, label"_s)) << param.toStdString();
}

QList<int> statuses(Resource &resource, const char *fault, int count) {
    QList<int> list;
    for (int i = 0; i < count; ++i)
        list.append(withFault(resource, fault).status);
    return list;
}

TEST(SimulatedFaults, StrikeOnlyAsOftenAsAskedFor) {
    Resource resource;
    EXPECT_EQ(statuses(resource, "500;first=2", 4), QList<int>({500, 500, 200, 200}));
    EXPECT_EQ(statuses(resource, "503;every=3", 6), QList<int>({200, 200, 503, 200, 200, 503}));
    EXPECT_EQ(statuses(resource, "500;first=2", 1), QList<int>({200}))
        << "counted by the whole text";
    EXPECT_EQ(statuses(resource, "500;first=2;label=other test", 1), QList<int>({500}));
}

TEST(SimulatedFaults, OfADeploymentYieldToTheRequests) {
    SimulatorSettings settings = testSettings();
    settings.deployments[0].fault = u"503;first=1"_s;
    settings.deployments.append({u"twin"_s, u"gpt-4o"_s, u"503;first=1"_s});
    Resource resource(settings);
    EXPECT_EQ(withFault(resource, "408").status, 408);
    EXPECT_EQ(resource.post(chatPath, saying(u"hi"_s)).status, 503);
    EXPECT_EQ(resource.post(chatPath, saying(u"hi"_s)).status, 200);
    EXPECT_EQ(resource
                  .post("/openai/deployments/twin/chat/completions?api-version=2024-10-21",
                        saying(u"hi"_s))
                  .status,
              503)
        << "each deployment counts for itself";
}

TEST(SimulatedFaults, OfADeploymentMustExist) {
    SimulatorSettings settings = testSettings();
    settings.deployments[0].fault = u"nonsense"_s;
    const auto resource = SimulatedResource::make(settings, 1);
    ASSERT_FALSE(resource.ok());
    EXPECT_TRUE(resource.error().message.contains(u"\"nonsense\""_s));
    EXPECT_TRUE(checkSimulatorFault(u"nonsense"_s).has_value());
    EXPECT_FALSE(checkSimulatorFault(u"429;retry=1"_s).has_value());
}

TEST(SimulatedFaults, QuotaRefusesWhenTheCountersHaveRunOut) {
    SimulatorSettings settings = testSettings();
    settings.deployments[0].fault = u"quota;requests=2"_s;
    Resource resource(settings);
    const auto ask = [&] { return resource.post(chatPath, saying(u"hi"_s)); };
    EXPECT_EQ(header(ask(), "x-ratelimit-limit-requests"), "2");
    EXPECT_EQ(header(ask(), "x-ratelimit-remaining-requests"), "0");
    resource.now += std::chrono::seconds(20);
    const SimulatedAnswer refused = ask();
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "retry-after"), "40");
    resource.now += std::chrono::seconds(40);
    EXPECT_EQ(ask().status, 200);
}

TEST(SimulatedFaults, PaceTheAnswer) {
    Resource resource;
    EXPECT_EQ(withFault(resource, "slow-first-byte;ms=700", true).firstByteDelay,
              Milliseconds(700));
    EXPECT_EQ(withFault(resource, "slow-first-byte").firstByteDelay, Milliseconds(3000));
    const SimulatedAnswer gap = withFault(resource, "silent-gap;ms=900;after=5", true);
    EXPECT_EQ(gap.pieces[5].delay, Milliseconds(900));
    const SimulatedAnswer whole = withFault(resource, "silent-gap;ms=900");
    ASSERT_EQ(whole.pieces.size(), 2U);
    EXPECT_EQ(whole.pieces[1].delay, Milliseconds(900));
    EXPECT_TRUE(withFault(resource, "one-byte-writes", true).byteByByte);
}

TEST(SimulatedFaults, BreakTheStream) {
    Resource resource;
    const SimulatedAnswer whole = resource.post(chatPath, saying(u"hi"_s, R"({"stream":true})"));

    const SimulatedAnswer broken = withFault(resource, "mid-stream-error;after=4", true);
    ASSERT_EQ(broken.pieces.size(), 5U);
    EXPECT_EQ(chunks(broken)[4][u"error"][u"type"], u"server_error"_s);
    EXPECT_EQ(broken.ending, SimulatedAnswer::Ending::Whole);

    const SimulatedAnswer cut = withFault(resource, "cut;after=4", true);
    EXPECT_EQ(cut.pieces.size(), 4U);
    EXPECT_EQ(cut.ending, SimulatedAnswer::Ending::Cut);

    const SimulatedAnswer endless = withFault(resource, "no-done", true);
    EXPECT_EQ(endless.pieces.size(), whole.pieces.size() - 1);
    EXPECT_FALSE(endless.body().contains("[DONE]"));

    EXPECT_EQ(withFault(resource, "cut;after=3600000", true).pieces.size(), whole.pieces.size() - 1)
        << "never the whole answer";
    EXPECT_EQ(withFault(resource, "reset", true).ending, SimulatedAnswer::Ending::Reset);
}

TEST(SimulatedFaults, BreakAWholeAnswerToo) {
    Resource resource;
    EXPECT_EQ(withFault(resource, "mid-stream-error").status, 500);
    const SimulatedAnswer cut = withFault(resource, "cut");
    EXPECT_TRUE(cut.streamed) << "a truncated chunked body";
    EXPECT_EQ(cut.ending, SimulatedAnswer::Ending::Cut);
    EXPECT_FALSE(cut.body().isEmpty());
    EXPECT_TRUE(json(cut).isEmpty());
}

TEST(SimulatedFaults, WaitForTheRightKey) {
    Resource resource;
    EXPECT_EQ(resource.ask("POST", chatPath, "{}", {{"x-simulator-fault", "503"}}).status, 401);
}

} // namespace
} // namespace quaygate::simulator::test
