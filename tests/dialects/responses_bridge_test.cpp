#include "gateway/dialects/chat_to_response.h"
#include "gateway/dialects/responses_stream.h"
#include "gateway/dialects/responses_to_chat.h"
#include "tests/dialects/golden.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

// A client that speaks responses, a deployment that speaks chat completions.

namespace quaygate::dialects {

namespace {

/// Of the request that the goldens of responses answer.
ResponseContext sampleContext() {
    const auto chat = responsesToChat(
        R"({"model":"fast","input":"x","instructions":"Be brief.","temperature":0.50})", {});
    ResponseContext context = chat.value().context;
    context.fallbackId = "0";
    return context;
}

class ResponsesRequestGolden : public testing::TestWithParam<std::string> {};

TEST_P(ResponsesRequestGolden, BecomesAChatRequest) {
    ChatModel model;
    model.reasoning = GetParam().ends_with("_reasoning");
    model.maxOutputTokens = 16'384;
    const auto chat =
        responsesToChat(golden::file("responses_request", GetParam() + ".in.json"), model);
    ASSERT_TRUE(chat) << chat.error().message.toStdString();
    EXPECT_EQ(golden::compact(chat->body),
              golden::compact(golden::file("responses_request", GetParam() + ".out.json")));
    EXPECT_EQ(chat->stream, chat->body.contains("\"stream\":true"));
}

INSTANTIATE_TEST_SUITE_P(All, ResponsesRequestGolden,
                         testing::ValuesIn(golden::names("responses_request")),
                         [](const auto &info) { return info.param; });

class ResponsesAnswerGolden : public testing::TestWithParam<std::string> {};

TEST_P(ResponsesAnswerGolden, BecomesAResponse) {
    const auto response =
        chatToResponse(golden::file("responses_answer", GetParam() + ".in.json"), sampleContext());
    ASSERT_TRUE(response) << response.error().message.toStdString();
    EXPECT_EQ(golden::compact(*response),
              golden::compact(golden::file("responses_answer", GetParam() + ".out.json")));
}

INSTANTIATE_TEST_SUITE_P(All, ResponsesAnswerGolden,
                         testing::ValuesIn(golden::names("responses_answer")),
                         [](const auto &info) { return info.param; });

class ResponsesStreamGolden : public testing::TestWithParam<std::string> {};

TEST_P(ResponsesStreamGolden, BecomesTheEventsOfAResponse) {
    const ResponseContext context = sampleContext();
    golden::expectStream([&context] { return std::make_unique<ResponsesStream>(context); },
                         golden::file("responses_stream", GetParam() + ".in.sse"),
                         golden::file("responses_stream", GetParam() + ".out.sse"));
}

INSTANTIATE_TEST_SUITE_P(All, ResponsesStreamGolden,
                         testing::ValuesIn(golden::names("responses_stream")),
                         [](const auto &info) { return info.param; });

QByteArray requestWith(const QByteArray &members) {
    return R"({"model":"m","input":"x",)" + members + '}';
}

QByteArray requestWithItem(const QByteArray &item) {
    return requestWith(R"("input":[)" + item + ']');
}

struct Refusal {
    const char *what;
    QByteArray body;
    const char *where;
};

void PrintTo(const Refusal &c, std::ostream *out) {
    *out << c.what;
}

class RefusedResponsesRequest : public testing::TestWithParam<Refusal> {};

TEST_P(RefusedResponsesRequest, NamesTheParameter) {
    const auto chat = responsesToChat(GetParam().body, {});
    ASSERT_FALSE(chat) << chat->body.toStdString();
    EXPECT_EQ(chat.error().code, ErrorCode::BadRequest);
    EXPECT_EQ(chat.error().detail.toStdString(), GetParam().where);
    EXPECT_TRUE(chat.error().message.startsWith(QString::fromLatin1(GetParam().where) + u": "_s));
}

const Refusal refusals[] = {
    {"noModel", R"({"input":"x"})", "model"},
    {"noInput", R"({"model":"m"})", "input"},
    {"previousResponse", requestWith(R"("previous_response_id":"resp_1")"), "previous_response_id"},
    {"conversation", requestWith(R"("conversation":{"id":"c"})"), "conversation"},
    {"background", requestWith(R"("background":true)"), "background"},
    {"prompt", requestWith(R"("prompt":{"id":"p"})"), "prompt"},
    {"instructionItems", requestWith(R"("instructions":[])"), "instructions"},
    {"builtInTool",
     requestWith(R"("tools":[{"type":"function","name":"f"},{"type":"web_search"}])"),
     "tools.1.type"},
    {"customTool", requestWith(R"("tools":[{"type":"custom","name":"f"}])"), "tools.0.type"},
    {"toolWithoutName", requestWith(R"("tools":[{"type":"function"}])"), "tools.0.name"},
    {"builtInChoice",
     requestWith(
         R"("tools":[{"type":"function","name":"f"}],"tool_choice":{"type":"file_search"})"),
     "tool_choice"},
    {"allowedBuiltInTool",
     requestWith(R"("tools":[{"type":"function","name":"f"}],"tool_choice":)"
                 R"({"type":"allowed_tools","tools":[{"type":"web_search"}]})"),
     "tool_choice.tools.0"},
    {"grammar", requestWith(R"("text":{"format":{"type":"grammar"}})"), "text.format.type"},
    {"itemReference", requestWithItem(R"({"type":"item_reference","id":"i"})"), "input.0.type"},
    {"computerCall", requestWithItem(R"({"type":"computer_call_output"})"), "input.0.type"},
    {"unknownRole", requestWithItem(R"({"role":"tool","content":"x"})"), "input.0.role"},
    {"uploadedImage",
     requestWithItem(R"({"role":"user","content":[{"type":"input_image","file_id":"f"}]})"),
     "input.0.content.0.image_url"},
    {"linkedFile",
     requestWithItem(R"({"role":"user","content":[{"type":"input_file","file_url":"https://x"}]})"),
     "input.0.content.0.file_data"},
    {"audio", requestWithItem(R"({"role":"user","content":[{"type":"input_audio"}]})"),
     "input.0.content.0.type"},
    {"callWithoutArguments",
     requestWithItem(R"({"type":"function_call","call_id":"c","name":"f"})"), "input.0"},
    {"outputOfNoCall", requestWithItem(R"({"type":"function_call_output","output":"x"})"),
     "input.0.call_id"},
    {"fileOfATool",
     requestWithItem(R"({"type":"function_call_output","call_id":"c","output":[)"
                     R"({"type":"input_text","text":"a"},{"type":"input_file"}]})"),
     "input.0.output.1.type"},
};

INSTANTIATE_TEST_SUITE_P(Table, RefusedResponsesRequest, testing::ValuesIn(refusals),
                         [](const auto &info) { return std::string(info.param.what); });

TEST(ResponsesRequest, MustBeAnObject) {
    for (const QByteArray body : {"", "[]", "{\"model\":"})
        EXPECT_EQ(responsesToChat(body, {}).error().code, ErrorCode::BodyNotJson);
}

TEST(ResponsesRequest, DropsAChoiceWithoutTools) {
    const auto chat =
        responsesToChat(requestWith(R"("tool_choice":"required","parallel_tool_calls":true)"), {});
    ASSERT_TRUE(chat);
    EXPECT_FALSE(chat->body.contains("tool"));
}

TEST(ResponsesRequest, PutsImagesOfSeveralToolsBehindTheLastResult) {
    const auto output = [](const QByteArray &id) {
        return R"({"type":"function_call_output","call_id":")" + id +
               R"(","output":[{"type":"input_image","image_url":"https://)" + id + "\"}]}";
    };
    const auto chat = responsesToChat(requestWithItem(output("a") + ',' + output("b")), {});
    ASSERT_TRUE(chat);
    const qsizetype lastResult = chat->body.indexOf(R"("tool_call_id":"b")");
    EXPECT_GT(chat->body.indexOf("https://a"), lastResult);
    EXPECT_GT(chat->body.indexOf("https://b"), chat->body.indexOf("https://a"));
}

TEST(ResponsesAnswer, IsMadeOfAChatCompletionOnly) {
    for (const QByteArray body : {"", "[]", "{}", R"({"choices":[]})"})
        EXPECT_EQ(chatToResponse(body, {}).error().code, ErrorCode::UpstreamProtocol);
}

TEST(ResponsesStream, RepeatsARequestOfSeveralLinesInOne) {
    const auto request =
        responsesToChat("{\"model\":\"m\",\"input\":\"x\",\"metadata\":{\r\n\"a\":\n\"b\"}}", {});
    ASSERT_TRUE(request);
    ResponsesStream stream(request->context);
    const QByteArray out = stream.feed("data: [DONE]\n\n");
    EXPECT_TRUE(out.contains(R"("metadata":{  "a": "b"})"));
    EXPECT_FALSE(out.contains('\r'));
    for (const QByteArray &line : out.split('\n'))
        EXPECT_TRUE(line.isEmpty() || line.startsWith("event: ") || line.startsWith("data: "));
}

TEST(ResponsesStream, GivesUpOnAnAnswerThatIsTooLongToBeKept) {
    ResponsesStream stream(sampleContext());
    const QByteArray chunk =
        R"(data: {"choices":[{"delta":{"content":")" + QByteArray(1024 * 1024, 'x') + "\"}}]}\n\n";
    QByteArray last;
    for (int i = 0; i < 33; ++i)
        last = stream.feed(chunk);
    EXPECT_TRUE(last.startsWith("event: response.failed\n"));
    EXPECT_EQ(last.count("event: "), 1);
    EXPECT_TRUE(stream.feed(chunk).isEmpty());
    EXPECT_TRUE(stream.end().isEmpty());
}

} // namespace

} // namespace quaygate::dialects
