#include "gateway/config/config_json.h"
#include "tests/config/sample_config.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

Problems problemsWith(const QByteArray &member) {
    QByteArray text = test::documentedText();
    return parseConfig(text.replace("\"auth\":", member + ", \"auth\":")).problems;
}

struct Wrong {
    const char *member;
    const char *pointer;
};

class WrongConnection : public testing::TestWithParam<Wrong> {};

TEST_P(WrongConnection, IsToldWithItsPlace) {
    const Problems problems = problemsWith(GetParam().member);
    ASSERT_EQ(problems.size(), 1) << describe(problems).toStdString();
    EXPECT_EQ(problems[0].pointer, QLatin1StringView(GetParam().pointer));
    EXPECT_EQ(problems[0].line, 5);
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongConnection,
    testing::Values(Wrong{R"("timeouts": {"connect": 10})", "/backends/0/timeouts/connect"},
                    Wrong{R"("timeouts": {"idle": "soon"})", "/backends/0/timeouts/idle"},
                    Wrong{R"("timeouts": [])", "/backends/0/timeouts"},
                    Wrong{R"("tls": {"minVersion": "1.1"})", "/backends/0/tls/minVersion"},
                    Wrong{R"("tls": {"caFile": 7})", "/backends/0/tls/caFile"},
                    Wrong{R"("http2": "yes")", "/backends/0/http2"},
                    Wrong{R"("proxy": "proxy:3128")", "/backends/0/proxy"},
                    Wrong{R"("proxy": "ftp://proxy")", "/backends/0/proxy"},
                    Wrong{R"("maxConnections": -1)", "/backends/0/maxConnections"}));

TEST(Connection, APasswordOfAProxyIsRefusedAndNotRepeated) {
    const Problems problems = problemsWith(R"("proxy": "http://me:canary-77aa@proxy:3128")");
    ASSERT_EQ(problems.size(), 1);
    EXPECT_FALSE(describe(problems).contains(u"canary-77aa"_s));
}

} // namespace
} // namespace quaygate
