#include "gateway/azure/retry_after.h"

#include <QMap>
#include <QTimeZone>

#include <gtest/gtest.h>

namespace quaygate {

using namespace std::chrono_literals;

namespace {

using Headers = QMap<QByteArray, QByteArray>;
using Delay = std::optional<std::chrono::milliseconds>;

struct Case {
    const char *name;
    Headers headers;
    QByteArray body;
    Delay delay;
};

std::ostream &operator<<(std::ostream &out, const Case &one) {
    return out << one.name;
}

const QDateTime now(QDate(2026, 3, 31), QTime(13, 12, 32), QTimeZone::utc());

class RetryAfter : public testing::TestWithParam<Case> {};

TEST_P(RetryAfter, IsRead) {
    const Case &one = GetParam();
    const auto header = [&](QByteArrayView name) {
        return one.headers.value(name.toByteArray().toLower());
    };
    EXPECT_EQ(retryAfter(header, one.body, now), one.delay);
}

const QByteArray azure26 =
    R"({"error":{"code":"429","message":"Requests have exceeded token rate limit. Please retry after 26 seconds. Please go here"}})";

const Case cases[] = {
    {"nothing", {}, {}, {}},
    {"milliseconds first",
     {{"retry-after-ms", "1500"}, {"retry-after", "7"}, {"x-ratelimit-reset-tokens", "9"}},
     azure26,
     1500ms},
    {"milliseconds with a fraction", {{"retry-after-ms", "1499.2"}}, {}, 1500ms},
    {"seconds next", {{"retry-after", "7"}, {"x-ratelimit-reset-tokens", "9"}}, azure26, 7s},
    {"zero is an answer", {{"retry-after", "0"}}, azure26, 0s},
    {"a date", {{"retry-after", "Tue, 31 Mar 2026 13:13:02 GMT"}}, azure26, 30s},
    {"a date with a wrong weekday", {{"retry-after", "Mon, 31 Mar 2026 13:13:02 GMT"}}, {}, 30s},
    {"a date in the past", {{"retry-after", "Tue, 31 Mar 2026 13:00:00 GMT"}}, azure26, 0s},
    {"a bad value falls through",
     {{"retry-after-ms", "soon"}, {"retry-after", "later"}},
     azure26,
     26s},
    {"a negative one falls through",
     {{"retry-after-ms", "-1"}, {"retry-after", "-1"}},
     azure26,
     26s},
    {"not a number", {{"retry-after-ms", "nan"}, {"retry-after", "inf"}}, {}, {}},
    {"the text before the counters", {{"x-ratelimit-reset-tokens", "9"}}, azure26, 26s},
    {"API Management's text",
     {},
     R"({"statusCode":429,"message":"Rate limit is exceeded. Try again in 23 seconds."})",
     23s},
    {"one second", {}, "Try again in 1 second.", 1s},
    {"milliseconds in words", {}, "please RETRY AFTER 300 milliseconds", 300ms},
    {"OpenAI's text", {}, "Please try again in 1.5s. Visit", 1500ms},
    {"a text without a number", {}, "Please try again later.", {}},
    {"a free trial", {}, "Please retry after 86400 seconds", 24h},
    {"no longer than a day", {{"retry-after", "99999999999999999999"}}, {}, 24h},
    {"counter in seconds", {{"x-ratelimit-reset-tokens", "9"}}, {}, 9s},
    {"the longer counter",
     {{"x-ratelimit-reset-tokens", "9"}, {"x-ratelimit-reset-requests", "12"}},
     {},
     12s},
    {"counter in milliseconds", {{"x-ratelimit-reset-requests", "500"}}, {}, 500ms},
    {"older spelling", {{"x-rate-limit-reset-tokens", "40"}}, {}, 40s},
    {"unknown counters",
     {{"x-ratelimit-reset-tokens", "-1"}, {"x-ratelimit-reset-requests", "0"}},
     {},
     {}},
    {"OpenAI's counter", {{"x-ratelimit-reset-tokens", "1m30s"}}, {}, 90s},
    {"OpenAI's short counter", {{"x-ratelimit-reset-requests", "20ms"}}, {}, 20ms},
    {"not a duration", {{"x-ratelimit-reset-requests", "m"}}, {}, {}},
};
INSTANTIATE_TEST_SUITE_P(Cases, RetryAfter, testing::ValuesIn(cases));

} // namespace

} // namespace quaygate
