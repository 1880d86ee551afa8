#include "gateway/dialects/messages_to_chat.h"
#include "tests/dialects/golden.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::dialects {

namespace {

/// What the model of a golden can is part of its name.
ChatModel modelOf(const std::string &name) {
    ChatModel model;
    model.reasoning = name.ends_with("_reasoning");
    model.maxOutputTokens = 16'384;
    return model;
}

class MessagesRequestGolden : public testing::TestWithParam<std::string> {};

TEST_P(MessagesRequestGolden, BecomesAChatRequest) {
    const QByteArray request = golden::file("messages_request", GetParam() + ".in.json");
    const QByteArray expected = golden::file("messages_request", GetParam() + ".out.json");
    const auto chat = messagesToChat(request, modelOf(GetParam()));
    ASSERT_TRUE(chat) << chat.error().message.toStdString();
    EXPECT_EQ(golden::compact(chat->body), golden::compact(expected));
}

INSTANTIATE_TEST_SUITE_P(All, MessagesRequestGolden,
                         testing::ValuesIn(golden::names("messages_request")),
                         [](const auto &info) { return info.param; });

/// A request with one member more, or instead of another: the last of a name counts.
QByteArray requestWith(const QByteArray &members) {
    return R"({"model":"m","max_tokens":100,"messages":[{"role":"user","content":"x"}],)" +
           members + '}';
}

QByteArray requestWithBlock(const QByteArray &role, const QByteArray &block) {
    return requestWith(R"("messages":[{"role":")" + role + R"(","content":[)" + block + "]}]");
}

struct Refusal {
    const char *what;
    QByteArray body;
    const char *where;
    const char *says;
};

void PrintTo(const Refusal &c, std::ostream *out) {
    *out << c.what;
}

class RefusedMessagesRequest : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedMessagesRequest, NamesTheParameter) {
    const auto chat = messagesToChat(GetParam().body, {});
    ASSERT_FALSE(chat) << chat->body.toStdString();
    EXPECT_EQ(chat.error().code, ErrorCode::BadRequest);
    EXPECT_EQ(chat.error().detail.toStdString(), GetParam().where);
    EXPECT_TRUE(chat.error().message.startsWith(QString::fromLatin1(GetParam().where) + u": "_s));
    EXPECT_TRUE(chat.error().message.contains(QString::fromUtf8(GetParam().says)))
        << chat.error().message.toStdString();
}

const Refusal refusals[] = {
    {"noModel", R"({"max_tokens":1,"messages":[]})", "model", "required"},
    {"noLimit", R"({"model":"m","messages":[]})", "max_tokens", "required"},
    {"limitIsNoNumber", requestWith(R"("max_tokens":"9")"), "max_tokens", "whole number"},
    {"noMessages", R"({"model":"m","max_tokens":1})", "messages", "at least one"},
    {"emptyMessages", requestWith(R"("messages":[])"), "messages", "at least one"},
    {"messageWithoutContent", requestWith(R"("messages":[{"role":"user"}])"), "messages.0.content",
     "list of blocks"},
    {"unknownRole", requestWith(R"("messages":[{"role":"tool","content":"x"}])"), "messages.0.role",
     "“assistant”"},
    {"systemIsNoText", requestWith(R"("system":[{"type":"image"}])"), "system.0", "“image”"},
    {"blockWithoutType", requestWithBlock("user", "{}"), "messages.0.content.0", "type"},
    {"uploadedImage", requestWithBlock("user", R"({"type":"image","source":{"type":"file"}})"),
     "messages.0.content.0.source", "base64"},
    {"imageWithoutData", requestWithBlock("user", R"({"type":"image","source":{"type":"base64"}})"),
     "messages.0.content.0.source", "media_type"},
    {"linkedDocument",
     requestWithBlock("user", R"({"type":"document","source":{"type":"url","url":"https://x"}})"),
     "messages.0.content.0.source", "“url”"},
    {"thinkingOfTheUser", requestWithBlock("user", R"({"type":"thinking","thinking":"x"})"),
     "messages.0.content.0", "“thinking”"},
    {"containerUpload", requestWithBlock("user", R"({"type":"container_upload"})"),
     "messages.0.content.0", "Claude deployment"},
    {"serverToolUse", requestWithBlock("assistant", R"({"type":"server_tool_use","id":"s"})"),
     "messages.0.content.0", "“server_tool_use”"},
    {"imageOfTheAssistant", requestWithBlock("assistant", R"({"type":"image"})"),
     "messages.0.content.0", "“image”"},
    {"callWithoutName", requestWithBlock("assistant", R"({"type":"tool_use","id":"t"})"),
     "messages.0.content.0", "name"},
    {"resultOfNoCall", requestWithBlock("user", R"({"type":"tool_result","content":"x"})"),
     "messages.0.content.0.tool_use_id", "call"},
    {"documentInAResult",
     requestWithBlock("user", R"({"type":"tool_result","tool_use_id":"t","content":[)"
                              R"({"type":"text","text":"a"},{"type":"document"}]})"),
     "messages.0.content.0.content.1", "“document”"},
    {"serverTool",
     requestWith(R"("tools":[{"name":"f"},{"type":"web_search_20250305","name":"web_search"}])"),
     "tools.1.type", "“web_search_20250305”"},
    {"toolWithoutName", requestWith(R"("tools":[{"input_schema":{}}])"), "tools.0.name", "name"},
    {"unknownChoice", requestWith(R"("tool_choice":{"type":"some"})"), "tool_choice", "auto, any"},
    {"fiveStops", requestWith(R"("stop_sequences":["a","b","c","d","e"])"), "stop_sequences",
     "at most 4"},
    {"container", requestWith(R"("container":"c")"), "container", "Anthropic"},
    {"mcpServers", requestWith(R"("mcp_servers":[{"type":"url"}])"), "mcp_servers", "MCP"},
};

INSTANTIATE_TEST_SUITE_P(Table, RefusedMessagesRequest, testing::ValuesIn(refusals),
                         [](const auto &info) { return std::string(info.param.what); });

TEST(MessagesRequest, MustBeAnObject) {
    for (const QByteArray body : {"", "[]", "\"x\"", "{\"model\":"}) {
        const auto chat = messagesToChat(body, {});
        ASSERT_FALSE(chat);
        EXPECT_EQ(chat.error().code, ErrorCode::BodyNotJson) << body.toStdString();
    }
}

/// A member of the request, and the one that it becomes ("" if none).
struct Mapping {
    const char *given;
    const char *reasoning;
    const char *other;
};

TEST(MessagesRequest, MapsParametersByWhatTheModelKnows) {
    const Mapping table[] = {
        {R"("temperature":0.70)", "", R"("temperature":0.70)"},
        {R"("temperature":null)", "", ""},
        {R"("top_p":1e-1)", "", R"("top_p":1e-1)"},
        {R"("thinking":{"type":"enabled","budget_tokens":1024})", R"("reasoning_effort":"low")",
         ""},
        {R"("thinking":{"type":"enabled","budget_tokens":4096})", R"("reasoning_effort":"low")",
         ""},
        {R"("thinking":{"type":"enabled","budget_tokens":4097})", R"("reasoning_effort":"medium")",
         ""},
        {R"("thinking":{"type":"enabled","budget_tokens":31999})", R"("reasoning_effort":"high")",
         ""},
        {R"("thinking":{"type":"disabled"})", "", ""},
        {R"("thinking":{"type":"adaptive"},"output_config":{"effort":"low"})",
         R"("reasoning_effort":"low")", ""},
        {R"("output_config":{"effort":"max"})", R"("reasoning_effort":"high")", ""},
        {R"("service_tier":"auto")", "", ""},
        {R"("stop_sequences":["a"])", R"("stop":["a"])", R"("stop":["a"])"},
        {R"("tool_choice":{"type":"any"})", "", ""},
        {R"("top_k":3,"inference_geo":"eu","cache_control":{"type":"ephemeral"})", "", ""},
    };
    for (const Mapping &mapping : table) {
        for (const bool reasoning : {true, false}) {
            ChatModel model;
            model.reasoning = reasoning;
            const QByteArray extra = reasoning ? mapping.reasoning : mapping.other;
            const QByteArray limit = reasoning ? "max_completion_tokens" : "max_tokens";
            const auto chat = messagesToChat(requestWith(mapping.given), model);
            ASSERT_TRUE(chat) << mapping.given;
            EXPECT_EQ(chat->body, R"({"model":"m","messages":[{"role":"user","content":"x"}],")" +
                                      limit + "\":100" + (extra.isEmpty() ? "" : ",") + extra +
                                      '}');
        }
    }
}

TEST(MessagesRequest, KeepsForTheAnswerWhatItNeeds) {
    const QByteArray name(100, 'n');
    const auto chat = messagesToChat(
        requestWith(R"("model":"fast \"1\"","stream":true,"tools":[{"name":")" + name + R"("}])"),
        {});
    ASSERT_TRUE(chat);
    EXPECT_TRUE(chat->stream);
    EXPECT_EQ(chat->context.model, "fast \"1\"");
    const qsizetype begin = chat->body.indexOf(R"("name":")") + 8;
    const QByteArray shorter = chat->body.sliced(begin, chat->body.indexOf('"', begin) - begin);
    EXPECT_EQ(shorter.size(), 64);
    EXPECT_EQ(chat->context.toolNames.original(shorter), name);
}

TEST(ToolNames, TellLongNamesWithTheSameBeginningApart) {
    ToolNames names;
    const QByteArray a = QByteArray(70, 'x') + 'a';
    const QByteArray b = QByteArray(70, 'x') + 'b';
    EXPECT_NE(names.shorten(a), names.shorten(b));
    EXPECT_EQ(names.original(names.shorten(a)), a);
    EXPECT_EQ(names.shorten(QByteArray(64, 'x')), QByteArray(64, 'x'));
    EXPECT_EQ(names.original("unknown"), "unknown");
}

} // namespace

} // namespace quaygate::dialects
