#include "gateway/pipeline/error_answer.h"
#include "ui/playground/answer_problem.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

const ChatTarget target{QUrl(u"http://127.0.0.1:8080/azure-openai/chat/completions"_s),
                        u"azure-openai"_s, u"my-deployment"_s, u"2025-01-01-preview"_s, false};

TEST(AnswerProblem, ExplainsAzuresErrorsWithTheNamesOfTheRoute) {
    const AnswerProblem problem = problemOfStatus(
        404,
        R"({"error":{"code":"DeploymentNotFound","message":"The API deployment for this resource does not exist."}})"_ba,
        target);
    EXPECT_TRUE(problem.text.contains(u"my-deployment"_s)) << problem.text.toStdString();
    EXPECT_EQ(problem.detail, u"The API deployment for this resource does not exist."_s);
}

struct SignedCase {
    Auth auth;
    QString said;
    QString notSaid;
};

TEST(AnswerProblem, ARefusalSpeaksOfTheWayThatWasSignedInWith) {
    const QByteArray refused =
        R"({"error":{"code":"401","message":"Access denied due to invalid credentials."}})"_ba;
    Auth app;
    app.kind = Auth::Kind::EntraClientSecret;
    app.clientId = u"1111-2222"_s;
    Auth identity;
    identity.kind = Auth::Kind::EntraManagedIdentity;
    Auth cli;
    cli.kind = Auth::Kind::AzureCli;
    const SignedCase cases[] = {
        {{Auth::Kind::Keychain, u"east"_s, {}}, u"“east” in the keychain"_s, u"token"_s},
        {{Auth::Kind::Environment, u"MY_KEY"_s, {}}, u"variable MY_KEY"_s, u"token"_s},
        {app, u"application 1111-2222"_s, u"key"_s},
        {identity, u"this machine's managed identity"_s, u"key"_s},
        {cli, u"az login"_s, u"key"_s},
    };
    for (const SignedCase &one : cases) {
        ChatTarget signedTarget = target;
        signedTarget.auth = one.auth;
        const QString text = problemOfStatus(401, refused, signedTarget).text;
        EXPECT_TRUE(text.contains(one.said)) << text.toStdString();
        EXPECT_FALSE(text.contains(one.notSaid)) << text.toStdString();
    }
}

TEST(AnswerProblem, ARouteThatPassesCredentialsOnIsNotForThePlayground) {
    const ErrorAnswer answer =
        errorAnswer({ErrorCode::CredentialMissing, u"Send the header api-key."_s, {}});
    const AnswerProblem problem = problemOfStatus(answer.status, answer.body, target);
    EXPECT_TRUE(problem.text.contains(u"Choose a route"_s)) << problem.text.toStdString();
    EXPECT_EQ(problem.detail, u"Send the header api-key."_s);
}

TEST(AnswerProblem, PassesEveryMessageOfQuaygatesOwnOn) {
    for (int code = 0; code <= static_cast<int>(ErrorCode::Internal); ++code) {
        // The playground cannot do what the one says; the other is a code of Azure's too, and the
        // playground names no model.
        if (code == static_cast<int>(ErrorCode::CredentialMissing) ||
            code == static_cast<int>(ErrorCode::ModelNotFound))
            continue;
        const ErrorAnswer answer =
            errorAnswer({static_cast<ErrorCode>(code), u"Do this. Then that."_s, {}});
        const AnswerProblem problem = problemOfStatus(answer.status, answer.body, target);
        EXPECT_EQ(problem.text, u"Do this. Then that."_s) << answer.body.toStdString();
        EXPECT_TRUE(problem.detail.isEmpty());
    }
}

TEST(AnswerProblem, HasWordsForEveryStatusAndBody) {
    for (const int status :
         {301, 400, 401, 403, 404, 408, 413, 424, 429, 431, 500, 502, 503, 504, 599}) {
        for (const QByteArray &body : {QByteArray(), "<html><body>Bad Gateway</body></html>"_ba,
                                       "{}"_ba, "{\"error\":\"x\"}"_ba}) {
            const AnswerProblem problem = problemOfStatus(status, body, target);
            EXPECT_GT(problem.text.size(), 15) << status << body.toStdString();
            EXPECT_FALSE(problem.text.contains(u"<html"_s));
            EXPECT_FALSE(problem.detail.contains(u"<html"_s));
        }
    }
}

TEST(AnswerProblem, ReadsErrorsInTheMidstOfAStream) {
    AnswerProblem problem = problemOfStreamError(
        R"({"error":{"message":"The server had an error.","type":"server_error","code":null}})"_ba,
        target);
    EXPECT_EQ(problem.detail, u"The server had an error."_s);
    EXPECT_TRUE(problem.text.contains(u"Try again"_s));
    const QByteArray limit =
        R"({"error":{"code":"429","message":"Rate limit is exceeded. Try again in 3 seconds."}})"_ba;
    EXPECT_EQ(problemOfStreamError(limit, target).text, problemOfStatus(429, limit, target).text);
}

TEST(AnswerProblem, SaysWhereNothingAnswers) {
    EXPECT_EQ(problemOfConnection(QNetworkReply::ConnectionRefusedError, u"x"_s, target).text,
              u"Nothing answers at 127.0.0.1:8080. Start the gateway, then try again."_s);
    EXPECT_EQ(problemOfConnection(QNetworkReply::UnknownNetworkError, u"lib"_s, target).detail,
              u"lib"_s);
}

TEST(AnswerProblem, KnowsARefusalOfStreamOptions) {
    const QByteArray parameter =
        R"({"error":{"message":"Unknown parameter: 'stream_options'.","param":"stream_options","code":"unknown_parameter"}})"_ba;
    EXPECT_TRUE(refusesStreamOptions(400, parameter));
    EXPECT_TRUE(refusesStreamOptions(
        400,
        R"({"error":{"message":"Unrecognized request argument supplied: stream_options"}})"_ba));
    EXPECT_FALSE(refusesStreamOptions(401, parameter));
    EXPECT_FALSE(refusesStreamOptions(
        400, R"({"error":{"message":"Unsupported parameter","param":"temperature"}})"_ba));
}

QString noteFor(const QByteArray &lastChunk) {
    AnswerReader reader;
    reader.take(lastChunk);
    return noteOnEnd(reader);
}

TEST(AnswerProblem, NotesWhatIsToBeKnownAboutAWholeAnswer) {
    EXPECT_EQ(noteFor(R"({"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}]})"_ba),
              QString());
    EXPECT_TRUE(noteFor(R"({"choices":[{"delta":{"content":"x"},"finish_reason":"length"}]})"_ba)
                    .contains(u"token limit"_s));
    EXPECT_TRUE(noteFor(R"({"choices":[{"delta":{},"finish_reason":"length"}]})"_ba)
                    .contains(u"reasoning model"_s));
    EXPECT_TRUE(noteFor(R"({"choices":[{"finish_reason":"content_filter"}]})"_ba)
                    .contains(u"content filter"_s));
    EXPECT_TRUE(
        noteFor(R"({"choices":[{"delta":{},"finish_reason":"stop"}]})"_ba).contains(u"no text"_s));
}

} // namespace
} // namespace quaygate
