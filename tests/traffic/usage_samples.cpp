#include "tests/traffic/usage_samples.h"

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

constexpr const char *jsonType = "application/json";
constexpr const char *eventsType = "text/event-stream; charset=utf-8";

TokenUsage tokens(std::optional<qint64> input, std::optional<qint64> output) {
    TokenUsage usage;
    usage.input = input;
    usage.output = output;
    return usage;
}

TokenUsage tokens(qint64 input, qint64 output, qint64 cached, qint64 reasoning) {
    TokenUsage usage = tokens(input, output);
    usage.cached = cached;
    usage.reasoning = reasoning;
    return usage;
}

QByteArray events(const QByteArrayList &data, const QByteArray &lineEnd = "\n") {
    QByteArray stream;
    for (const QByteArray &event : data)
        stream += "data: " + event + lineEnd + lineEnd;
    return stream;
}

/// With the type of each event in a line of its own, as responses and messages have it.
QByteArray typedEvents(const QByteArrayList &data) {
    QByteArray stream;
    for (const QByteArray &event : data) {
        const qsizetype begin = event.indexOf("\"type\":\"") + 8;
        const QByteArray type = event.mid(begin, event.indexOf('"', begin) - begin);
        stream += "event: " + type + "\ndata: " + event + "\n\n";
    }
    return stream;
}

const QByteArray chatUsage =
    R"({"completion_tokens":24,"completion_tokens_details":{"accepted_prediction_tokens":0,)"
    R"("audio_tokens":0,"reasoning_tokens":8},"prompt_tokens":16,)"
    R"("prompt_tokens_details":{"audio_tokens":0,"cached_tokens":12},"total_tokens":40})"_ba;

const QByteArray annotations =
    R"({"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[)"
    R"({"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]})"_ba;

QByteArray chunk(const QByteArray &delta, const QByteArray &more = R"(,"usage":null)") {
    return R"({"choices":[{"content_filter_results":{},"delta":)" + delta +
           R"(,"finish_reason":null,"index":0,"logprobs":null}],"created":1774960000,"id":"chatcmpl-1",)"
           R"("model":"gpt-4.1-mini-2025-04-14","object":"chat.completion.chunk")" +
           more + "}";
}

const QByteArray usageChunk =
    R"({"choices":[],"created":1774960000,"id":"chatcmpl-1","model":"gpt-4.1-mini-2025-04-14",)"
    R"("object":"chat.completion.chunk","usage":)"_ba +
    chatUsage + "}";

const QByteArray role = chunk(R"({"content":"","refusal":null,"role":"assistant"})");

std::vector<UsageSample> wholeAnswers() {
    const QString mini = u"gpt-4.1-mini-2025-04-14"_s;
    return {
        {"chat", jsonType,
         R"({"choices":[{"message":{"content":"He said \"usage\":{\"prompt_tokens\":1} \\","role":"assistant"}}],)"
         R"("id":"chatcmpl-1","model":"gpt-4.1-mini-2025-04-14","usage":)" +
             chatUsage + "}\n",
         mini, tokens(16, 24, 12, 8), ""},
        {"chat spaced, charset in another case", "Application/JSON ; charset=utf-8",
         "{\r\n\t\"model\" : \"m\",\n \"usage\" :\n {\"prompt_tokens\" : 3, \"completion_tokens\": "
         "4 } }",
         u"m"_s, tokens(3, 4), ""},
        {"embeddings", jsonType,
         R"({"object":"list","data":[{"object":"embedding","index":0,"embedding":[-0.0123,4.5e-7,1]}],)"
         R"("model":"text-embedding-3-small","usage":{"prompt_tokens":5,"total_tokens":5}})",
         u"text-embedding-3-small"_s, tokens(5, 0), ""},
        {"responses, whose tools name usage and model too", jsonType,
         R"({"id":"resp_1","tools":[{"type":"image_generation","model":"gpt-image-1"},)"
         R"({"parameters":{"properties":{"usage":{"input_tokens":999},"model":{"type":"string"}}}}],)"
         R"("metadata":{"model":"x","usage":"{"},"model":"my-deployment","usage":{"input_tokens":75,)"
         R"("input_tokens_details":{"cached_tokens":1},"output_tokens":1186,)"
         R"("output_tokens_details":{"reasoning_tokens":1024},"total_tokens":1261}})",
         u"my-deployment"_s, tokens(75, 1186, 1, 1024), ""},
        {"messages with a cache", jsonType,
         R"({"type":"message","model":"claude-sonnet-4-5-20250929","content":[{"type":"text","text":"Hi"}],)"
         R"("usage":{"input_tokens":10,"cache_creation_input_tokens":100,"cache_read_input_tokens":1000,"output_tokens":7}})",
         u"claude-sonnet-4-5-20250929"_s,
         [] {
             TokenUsage usage = tokens(1110, 7);
             usage.cached = 1000;
             usage.cacheWritten = 100;
             return usage;
         }(),
         ""},
        {"images", jsonType,
         R"({"created":1,"data":[{"b64_json":"iVBORw0KGgo="}],"usage":{"input_tokens":8,"output_tokens":1056,)"
         R"("total_tokens":1064,"input_tokens_details":{"text_tokens":8,"image_tokens":0}}})",
         QString(), tokens(8, 1056), ""},
        {"no usage", jsonType, R"({"model":"m","usage":null})", u"m"_s, {}, ""},
        {"usage that is no count",
         jsonType,
         R"({"model":"m","usage":{"prompt_tokens":-1,"completion_tokens":1.5,"total_tokens":"9"}})",
         u"m"_s,
         {},
         ""},
        {"usage cut off",
         jsonType,
         R"({"model":"m","usage":{"prompt_tokens":1,"completion)",
         u"m"_s,
         {},
         ""},
        {"usage that is endless",
         jsonType,
         R"({"model":"m","usage":{"prompt_tokens":1,"x":")" + QByteArray(20'000, 'x') + "\"}}",
         u"m"_s,
         {},
         ""},
        {"model with an escape", jsonType, R"({"model":"a\/b\u00e9","usage":{"prompt_tokens":1}})",
         u"a/b\u00e9"_s, tokens(1, std::nullopt), ""},
        {"not JSON", jsonType, "}}]]\"\\\"<html>{\"usage\"", QString(), {}, ""},
        {"sound", "audio/mpeg", R"({"model":"m","usage":{"prompt_tokens":1}})", QString(), {}, ""},
        {"no type", "", R"({"model":"m","usage":{"prompt_tokens":1}})", QString(), {}, ""},
    };
}

std::vector<UsageSample> chatStreams() {
    const QString mini = u"gpt-4.1-mini-2025-04-14"_s;
    const TokenUsage usage = tokens(16, 24, 12, 8);
    const QByteArray text = chunk(R"({"content":"Hel"})");
    const QByteArray more = chunk(R"({"content":"lo \"usage\":{ "})");
    const QByteArray call =
        chunk(R"({"tool_calls":[{"index":0,"id":"call_1","type":"function","function":)"
              R"({"name":"f","arguments":""}}]})");
    const QByteArrayList whole{annotations, role, text, more, chunk("{}"), usageChunk, "[DONE]"};
    return {
        {"chat stream", eventsType, events(whole), mini, usage, R"("content":"H)"},
        {"chat stream, CR LF", eventsType, events(whole, "\r\n"), mini, usage, R"("content":"H)"},
        {"chat stream, CR", eventsType, events(whole, "\r"), mini, usage, R"("content":"H)"},
        {"chat stream with a mark and comments", eventsType,
         "\xEF\xBB\xBF: hello\nid: 1\ndat\n" + events(whole).replace("\n\n", "\n: x\n\n"), mini,
         usage, R"("content":"H)"},
        {"data in several lines", eventsType,
         "data: {\"model\":\ndata: \"m\",\"usage\"\ndata::{}\ndata:\n\n"
         "data: {\"usage\":\ndata: {\"prompt_tokens\":1}}\n\n",
         u"m"_s, tokens(1, std::nullopt), ""},
        {"call of a tool", eventsType, events({role, call, usageChunk, "[DONE]"}), mini, usage,
         R"([{"index":0,"id":"c)"},
        {"reasoning first", eventsType,
         events({role, chunk(R"({"reasoning_content":"Hm"})"), text, usageChunk}), mini, usage,
         R"("reasoning_content":"H)"},
        {"without usage",
         eventsType,
         events({annotations, role, text, "[DONE]"}),
         mini,
         {},
         R"("content":"H)"},
        {"cut before the usage",
         eventsType,
         events({annotations, role, text, usageChunk.chopped(2)}).chopped(2),
         mini,
         {},
         R"("content":"H)"},
        {"nothing said", eventsType, events({annotations, role, usageChunk, "[DONE]"}), mini, usage,
         ""},
        {"completions", eventsType,
         events(
             {R"({"choices":[{"text":"","index":0}],"model":"m"})",
              R"({"choices":[{"text":"a","index":0}],"model":"m","usage":{"prompt_tokens":1,"completion_tokens":1}})"}),
         u"m"_s, tokens(1, 1), R"("text":"a)"},
    };
}

std::vector<UsageSample> otherStreams() {
    const QByteArray begun =
        R"({"type":"response.created","response":{"id":"r","model":"dep","usage":null,"tools":[{"model":"no"}]}})";
    const QByteArray finished =
        R"({"type":"response.completed","response":{"id":"r","model":"dep","output":[{"usage":{"input_tokens":9}}],)"
        R"("usage":{"input_tokens":5,"input_tokens_details":{"cached_tokens":2},"output_tokens":6,)"
        R"("output_tokens_details":{"reasoning_tokens":4},"total_tokens":11}}})";
    const QByteArray messageStart =
        R"({"type":"message_start","message":{"id":"msg_1","model":"claude-opus-4-1-20250805","content":[],)"
        R"("usage":{"input_tokens":25,"cache_read_input_tokens":3,"cache_creation_input_tokens":0,"output_tokens":1}}})";
    const QByteArray messageDelta =
        R"({"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":15}})";
    const auto claude = [](std::optional<qint64> output) {
        TokenUsage usage = tokens(28, output);
        usage.cached = 3;
        usage.cacheWritten = 0;
        return usage;
    };
    const QString opus = u"claude-opus-4-1-20250805"_s;
    return {
        {"responses stream", eventsType,
         typedEvents({begun, R"({"type":"response.output_item.added","item":{"type":"message"}})",
                      R"({"type":"response.output_text.delta","delta":"Hi"})", finished}),
         u"dep"_s, tokens(5, 6, 2, 4), R"("delta":"H)"},
        {"responses stream with a call", eventsType,
         typedEvents(
             {begun,
              R"({"type":"response.output_item.added","item":{"type":"function_call","name":"f"}})",
              finished}),
         u"dep"_s, tokens(5, 6, 2, 4), R"("name":"f)"},
        {"messages stream", eventsType,
         typedEvents({messageStart,
                      R"({"type":"content_block_start","content_block":{"type":"text","text":""}})",
                      R"({"type":"ping"})",
                      R"({"type":"content_block_delta","delta":{"type":"text_delta","text":"Hi"}})",
                      messageDelta, R"({"type":"message_stop"})"}),
         opus, claude(15), R"("text":"H)"},
        {"messages stream, cut", eventsType,
         typedEvents(
             {messageStart,
              R"({"type":"content_block_delta","delta":{"type":"thinking_delta","thinking":"Hm"}})"}),
         opus, claude(std::nullopt), R"("thinking":"H)"},
        {"images stream", eventsType,
         typedEvents(
             {R"({"type":"image_generation.partial_image","b64_json":")" + QByteArray(70'000, 'A') +
                  R"(","partial_image_index":0})",
              R"({"type":"image_generation.completed","b64_json":"BB","usage":{"input_tokens":8,"output_tokens":100}})"}),
         QString(), tokens(8, 100), R"("b64_json":"A)"},
    };
}

} // namespace

std::vector<UsageSample> usageSamples() {
    std::vector<UsageSample> all = wholeAnswers();
    for (const auto &more : {chatStreams(), otherStreams()})
        all.insert(all.end(), more.begin(), more.end());
    return all;
}

} // namespace quaygate::test
