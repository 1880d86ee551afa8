#include "gateway/traffic/metrics.h"
#include "tests/traffic/exposition_parser.h"
#include "tests/traffic/sample_records.h"

#include <gtest/gtest.h>

#include <thread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {
namespace {

using test::Exposition;
using test::LabelMap;

Exposition read(const Metrics &metrics) {
    Exposition found = test::parseExposition(metrics.text());
    EXPECT_EQ(found.error, "");
    return found;
}

const LabelMap modelLabels{{"gen_ai_operation_name", "chat"},
                           {"gen_ai_system", "azure.ai.openai"},
                           {"gen_ai_request_model", "fast"},
                           {"gen_ai_response_model", "gpt-4.1-mini-2025-04-14"}};

LabelMap with(LabelMap labels, const std::string &name, const std::string &value) {
    labels[name] = value;
    return labels;
}

TEST(Metrics, SayNothingAsLongAsNothingHappened) {
    EXPECT_EQ(Metrics().text(), "");
}

TEST(Metrics, CountWhatAnExchangeWas) {
    Metrics metrics;
    TrafficRecord record = test::fullRecord();
    record.firstToken = 300ms;
    record.duration = 2600ms;
    record.usage = {.input = 1000, .output = 24, .cached = {}, .cacheWritten = {}, .reasoning = {}};
    record.cost = 0.5;
    metrics.observe(record);
    metrics.observe(record);
    const Exposition found = read(metrics);

    EXPECT_EQ(found.value("requests_total", {{"route", "azure-openai"},
                                             {"backend", "spare"},
                                             {"client_key", "laptop"},
                                             {"status", "200"}}),
              2);
    EXPECT_EQ(found.value("backend_attempts_total", {{"backend", "east"}, {"status", "429"}}), 2);
    EXPECT_EQ(found.value("backend_attempts_total", {{"backend", "west"}, {"status", "0"}}), 2);
    EXPECT_EQ(found.value("guardrail_checks", {{"route", "azure-openai"}, {"action", "masked"}}),
              2);
    EXPECT_EQ(found.value("rule_verdicts_total",
                          {{"route", "azure-openai"}, {"rule", "budget"}, {"verdict", "warned"}}),
              2);
    EXPECT_DOUBLE_EQ(found.value("gen_ai_client_cost_dollars_total", modelLabels), 1);

    const LabelMap input = with(modelLabels, "gen_ai_token_type", "input");
    EXPECT_EQ(found.value("gen_ai_client_token_usage_sum", input), 2000);
    EXPECT_EQ(found.value("gen_ai_client_token_usage_bucket", with(input, "le", "256")), 0);
    EXPECT_EQ(found.value("gen_ai_client_token_usage_bucket", with(input, "le", "1024")), 2);
    EXPECT_EQ(found.value("gen_ai_client_token_usage_count",
                          with(modelLabels, "gen_ai_token_type", "output")),
              2);
    EXPECT_DOUBLE_EQ(found.value("gen_ai_server_request_duration_sum", modelLabels), 5.2);
    EXPECT_DOUBLE_EQ(found.value("gen_ai_server_time_to_first_token_sum", modelLabels), 0.6);
    // 2.3 s for 23 tokens, twice.
    EXPECT_DOUBLE_EQ(found.value("gen_ai_server_time_per_output_token_sum", modelLabels), 0.2);
    EXPECT_EQ(
        found.value("gen_ai_server_time_per_output_token_bucket", with(modelLabels, "le", "0.1")),
        2)
        << "a bound is part of its bucket";
    EXPECT_EQ(found.types.at("gen_ai_client_token_usage"), "histogram");
    EXPECT_EQ(found.types.at("requests_total"), "counter");
}

TEST(Metrics, LeaveOutWhatIsNotKnown) {
    Metrics metrics;
    TrafficRecord record = test::fullRecord();
    record.usage = {};
    record.cost.reset();
    record.firstToken.reset();
    metrics.observe(record);
    metrics.observe(test::bareRecord());
    const Exposition found = read(metrics);
    EXPECT_FALSE(found.types.contains("gen_ai_client_token_usage"));
    EXPECT_FALSE(found.types.contains("gen_ai_client_cost_dollars_total"));
    EXPECT_FALSE(found.types.contains("gen_ai_server_time_to_first_token"));
    EXPECT_EQ(found.value("gen_ai_server_request_duration_count", modelLabels), 1)
        << "only what went to a backend";
    EXPECT_EQ(found.value("requests_total",
                          {{"route", ""}, {"backend", ""}, {"client_key", ""}, {"status", "403"}}),
              1);
    EXPECT_EQ(found.value("rule_verdicts_total",
                          {{"route", ""}, {"rule", "host"}, {"verdict", "rejected"}}),
              1);
}

TEST(Metrics, TellAnthropicFromAzure) {
    Metrics metrics;
    TrafficRecord record = test::fullRecord();
    record.modelReturned = u"claude-opus-4-1"_s;
    metrics.observe(record);
    LabelMap labels = with(modelLabels, "gen_ai_system", "anthropic");
    labels["gen_ai_response_model"] = "claude-opus-4-1";
    EXPECT_EQ(read(metrics).value("gen_ai_server_request_duration_count", labels), 1);
}

TEST(Metrics, WriteAnyNameSoThatItCanBeRead) {
    Metrics metrics;
    TrafficRecord record = test::fullRecord();
    record.modelAsked = u"a\"b\\c\nd{}=,é \U0001F600"_s;
    record.route = QString(300, u'é');              // cut at 100 bytes
    record.clientKey = u"x"_s + QString(300, u'é'); // which is in the middle of an é
    metrics.observe(record);
    const Exposition found = read(metrics);
    EXPECT_EQ(
        found.value("gen_ai_server_request_duration_count",
                    with(modelLabels, "gen_ai_request_model", record.modelAsked.toStdString())),
        1);
    EXPECT_EQ(found.value("requests_total", {{"route", QString(50, u'é').toStdString()},
                                             {"backend", "spare"},
                                             {"client_key", "x" + QString(49, u'é').toStdString()},
                                             {"status", "200"}}),
              1);
}

TEST(Metrics, StayBoundedWhateverClientsAskFor) {
    Metrics metrics;
    TrafficRecord record = test::fullRecord();
    record.usage = {};
    record.cost.reset();
    record.firstToken.reset();
    constexpr int asked = 3000;
    for (int i = 0; i < asked; ++i) {
        record.modelAsked = u"model-%1"_s.arg(i);
        metrics.observe(record);
    }
    const Exposition found = read(metrics);
    int series = 0;
    double sum = 0;
    for (const test::Sample &sample : found.samples) {
        if (sample.name == "gen_ai_server_request_duration_count") {
            ++series;
            sum += sample.value;
        }
    }
    EXPECT_LE(series, int(traffic::MetricFamily::mostSeries) + 1);
    EXPECT_EQ(sum, asked) << "what is beyond is counted together";
    EXPECT_EQ(found.value("requests_total", {{"route", "azure-openai"},
                                             {"backend", "spare"},
                                             {"client_key", "laptop"},
                                             {"status", "200"}}),
              asked);
}

TEST(Metrics, CanBeAskedWhileTheyGrow) {
    Metrics metrics;
    std::thread writer([&] {
        for (int i = 0; i < 2000; ++i) {
            metrics.observe(test::fullRecord());
            metrics.countLost(1);
        }
    });
    for (int i = 0; i < 20; ++i)
        read(metrics);
    writer.join();
    EXPECT_EQ(read(metrics).value("traffic_records_lost_total", {}), 2000);
}

TEST(ExpositionParser, RefusesWhatPrometheusRefuses) {
    for (const char *text : {
             "a 1",
             "# TYPE a counter\nb 1\n",
             "# TYPE a counter\na{x=1} 1\n",
             "# TYPE a counter\na{x=\"1\"} 1\na{x=\"1\"} 2\n",
             "# TYPE a counter\na x\n",
             "# TYPE a counter\na{x=\"\\x\"} 1\n",
             "# TYPE a counters\n",
             "# TYPE a histogram\na_bucket{le=\"1\"} 2\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count "
             "1\n",
             "# TYPE a histogram\na_bucket{le=\"+Inf\"} 1\na_sum 1\na_count 2\n",
         })
        EXPECT_NE(test::parseExposition(text).error, "") << text;
}

} // namespace
} // namespace quaygate
