#include "tests/traffic/sample_records.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate::test {

TrafficRecord fullRecord(int seconds) {
    TrafficRecord record;
    record.time = noon(seconds) + 123456us;
    record.clientKey = u"laptop"_s;
    record.tool = u"curl/8 – “é”"_s;
    record.method = "POST";
    record.path = "/azure-openai/chat/completions";
    record.route = u"azure-openai"_s;
    record.operation = u"chat"_s;
    record.attempts = {{u"east"_s, 429, {}, 1500us},
                       {u"west"_s, 0, u"refused \"x\""_s, 0us},
                       {u"spare"_s, 200, {}, 250ms}};
    record.modelAsked = u"fast"_s;
    record.modelSent = u"gpt-4.1-mini"_s;
    record.modelReturned = u"gpt-4.1-mini-2025-04-14"_s;
    record.status = 200;
    record.streamed = true;
    record.firstByte = 260ms;
    record.firstToken = 300ms;
    record.duration = 2s;
    record.bytesIn = 5'000'000'000;
    record.bytesOut = 17;
    record.usage = {.input = 1000, .output = 24, .cached = 512, .cacheWritten = 3, .reasoning = 8};
    record.cost = 0.0123456789;
    record.verdicts = {{u"guard"_s, u"masked"_s, u"email"_s}, {u"budget"_s, u"warned"_s, {}}};
    record.error = u"An error."_s;
    record.errorCode = u"upstream_closed"_s;
    record.cancelled = true;
    record.azureRequestId = "11111111-2222";
    record.modelRequestId = "66666666-7777";
    record.requestBody = QByteArray("{\"a\":\0}", 7);
    record.responseBody = "data: {}\n\n";
    return record;
}

TrafficRecord bareRecord(int seconds) {
    TrafficRecord record;
    record.time = noon(seconds);
    record.status = 403;
    record.verdicts = {{u"host"_s, u"rejected"_s, u"evil.example"_s}};
    return record;
}

} // namespace quaygate::test
