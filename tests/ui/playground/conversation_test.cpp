#include "ui/playground/conversation.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

Turn answered(const QString &question, const QString &text) {
    Turn turn{question, {}, {}};
    turn.answer.end = Answer::End::Complete;
    turn.answer.text = text;
    return turn;
}

QJsonObject bodyOf(const ChatParameters &parameters, bool askForUsage = true) {
    return QJsonDocument::fromJson(
               chatRequestBody({{ChatMessage::Role::User, u"hé"_s}}, parameters, askForUsage))
        .object();
}

TEST(Conversation, SendsEarlierTurnsAndTheSystemPrompt) {
    Conversation conversation;
    conversation.systemPrompt = u"Be brief."_s;
    conversation.turns = {answered(u"one"_s, u"first"_s), {u"two"_s, {}, {}}};
    const QList<ChatMessage> expected{{ChatMessage::Role::System, u"Be brief."_s},
                                      {ChatMessage::Role::User, u"one"_s},
                                      {ChatMessage::Role::Assistant, u"first"_s},
                                      {ChatMessage::Role::User, u"two"_s}};
    EXPECT_EQ(conversation.messages(), expected);
}

TEST(Conversation, LeavesOutTurnsThatFailedAndABlankSystemPrompt) {
    Conversation conversation;
    conversation.systemPrompt = u" \n"_s;
    conversation.turns = {
        {u"refused"_s, {}, {}}, answered(u"kept"_s, u"partly"_s), {u"now"_s, {}, {}}};
    conversation.turns[0].answer.end = Answer::End::Failed;
    conversation.turns[1].answer.end = Answer::End::Stopped;
    const QList<ChatMessage> expected{{ChatMessage::Role::User, u"kept"_s},
                                      {ChatMessage::Role::Assistant, u"partly"_s},
                                      {ChatMessage::Role::User, u"now"_s}};
    EXPECT_EQ(conversation.messages(), expected);
}

TEST(Conversation, DropsTheOldestTurnsOverTheLimit) {
    Conversation conversation;
    for (int i = 0; i < Conversation::maxTurns + 3; ++i)
        conversation.turns.append(answered(QString::number(i), u"a"_s));
    EXPECT_EQ(conversation.trim(), 3);
    EXPECT_EQ(conversation.turns.size(), Conversation::maxTurns);
    EXPECT_EQ(conversation.turns.first().question, u"3"_s);
    EXPECT_EQ(conversation.trim(), 0);
}

TEST(Conversation, DropsTheOldestTextsOverTheLimitButNeverTheLastQuestion) {
    Conversation conversation;
    conversation.turns = {answered(u"a"_s, QString(Conversation::maxCharacters, u'x')),
                          {u"last"_s, {}, {}}};
    EXPECT_EQ(conversation.trim(), 1);
    EXPECT_EQ(conversation.turns.first().question, u"last"_s);
    conversation.turns.first().question = QString(Conversation::maxCharacters + 1, u'x');
    EXPECT_EQ(conversation.trim(), 0);
}

TEST(ChatRequestBody, StreamsAndSendsNoParameterUnasked) {
    const QJsonObject body = bodyOf({});
    EXPECT_EQ(body.keys(), (QStringList{u"messages"_s, u"stream"_s, u"stream_options"_s}));
    EXPECT_TRUE(body.value("stream"_L1).toBool());
    EXPECT_TRUE(body.value("stream_options"_L1).toObject().value("include_usage"_L1).toBool());
    const QJsonObject message = body.value("messages"_L1).toArray().first().toObject();
    EXPECT_EQ(message, (QJsonObject{{u"role"_s, u"user"_s}, {u"content"_s, u"hé"_s}}));
}

TEST(ChatRequestBody, LeavesTheUsageOutWhereItIsRefused) {
    EXPECT_FALSE(bodyOf({}, false).contains("stream_options"_L1));
}

TEST(ChatRequestBody, SendsWhatWasAskedFor) {
    ChatParameters parameters{0.3, 500, false};
    QJsonObject body = bodyOf(parameters);
    EXPECT_DOUBLE_EQ(body.value("temperature"_L1).toDouble(), 0.3);
    EXPECT_EQ(body.value("max_completion_tokens"_L1).toInt(), 500);
    EXPECT_FALSE(body.contains("max_tokens"_L1));
    parameters.olderTokenName = true;
    body = bodyOf(parameters);
    EXPECT_EQ(body.value("max_tokens"_L1).toInt(), 500);
    EXPECT_FALSE(body.contains("max_completion_tokens"_L1));
}

} // namespace
} // namespace quaygate
