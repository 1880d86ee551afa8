#include "app/notices.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate::test {

namespace {

TrafficRecord answered(int status) {
    TrafficRecord record;
    record.status = status;
    record.attempts = {{u"east"_s, status, {}, 1ms}};
    return record;
}

} // namespace

TEST(Notices, AKeyThatAzureRefusesIsNamed) {
    const auto notice = noticeOf(answered(401));
    ASSERT_TRUE(notice);
    EXPECT_EQ(notice->kind, Notice::Kind::KeyRejected);
    EXPECT_EQ(notice->backend, u"east"_s);
    EXPECT_TRUE(notice->text.contains(u"“east”"_s));

    TrafficRecord served = answered(200); // by another backend, after the one that was refused
    served.attempts.prepend({u"west"_s, 401, {}, 1ms});
    EXPECT_EQ(noticeOf(served)->backend, u"west"_s);
}

TEST(Notices, ABudgetThatIsUsedUpIsNamed) {
    TrafficRecord record;
    record.status = 429;
    record.verdicts = {{u"budget"_s, u"warned"_s, u"all requests"_s}};
    EXPECT_FALSE(noticeOf(record)) << "it is not used up";
    record.verdicts.append({u"budget"_s, u"refused"_s, u"route \"work\""_s});
    const auto notice = noticeOf(record);
    ASSERT_TRUE(notice);
    EXPECT_EQ(notice->kind, Notice::Kind::BudgetReached);
    EXPECT_TRUE(notice->text.contains(u"route \"work\""_s));
}

TEST(Notices, WhatIsTheClientsOwnAffairIsNotTold) {
    for (const int status : {200, 400, 403, 404, 429, 500})
        EXPECT_FALSE(noticeOf(answered(status))) << status;
    TrafficRecord wrongClientKey; // no backend was asked
    wrongClientKey.status = 401;
    wrongClientKey.verdicts = {{u"clientKey"_s, u"rejected"_s, {}}};
    EXPECT_FALSE(noticeOf(wrongClientKey));
}

TEST(Notices, AGatewayThatFailsIsToldOnce) {
    using State = Gateway::State;
    const Error error{ErrorCode::AddressInUse, u"Port 8080 is in use."_s, {}};
    const auto notice = noticeOf(State::Starting, State::Failed, error);
    ASSERT_TRUE(notice);
    EXPECT_EQ(notice->kind, Notice::Kind::GatewayStopped);
    EXPECT_EQ(notice->text, error.message);
    EXPECT_NE(noticeOf(State::Running, State::Failed, error)->title, notice->title);
    EXPECT_FALSE(noticeOf(State::Failed, State::Failed, error));
    EXPECT_FALSE(noticeOf(State::Stopping, State::Stopped, {})) << "the person did that";
    EXPECT_FALSE(noticeOf(State::Starting, State::Running, {}));
}

TEST(Notices, OneOfAKindAMinute) {
    using Kind = Notice::Kind;
    NoticePace pace;
    const NoticePace::Time start = std::chrono::steady_clock::now();
    EXPECT_TRUE(pace.admits(Kind::KeyRejected, start));
    EXPECT_FALSE(pace.admits(Kind::KeyRejected, start + 59s));
    EXPECT_TRUE(pace.admits(Kind::BudgetReached, start + 59s)) << "another kind";
    EXPECT_TRUE(pace.admits(Kind::KeyRejected, start + 60s));
    EXPECT_FALSE(pace.admits(Kind::KeyRejected, start + 61s));
}

} // namespace quaygate::test
