#include "app/notices.h"

#include <QCoreApplication>

#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Notices)
};

constexpr auto pause = 1min;

} // namespace

std::optional<Notice> noticeOf(const TrafficRecord &record) {
    for (const Attempt &attempt : record.attempts) {
        if (attempt.status == 401)
            return Notice{Notice::Kind::KeyRejected, Words::tr("Azure refuses a key"),
                          Words::tr("The backend “%1” was answered with 401. Its requests fail "
                                    "until its key or its sign-in is changed.")
                              .arg(attempt.backend),
                          attempt.backend};
    }
    for (const RuleVerdict &verdict : record.verdicts) {
        if (verdict.rule == u"budget" && verdict.verdict == u"refused")
            return Notice{Notice::Kind::BudgetReached, Words::tr("A budget is used up"),
                          Words::tr("The budget of %1. Requests that it covers are refused until "
                                    "its next period begins.")
                              .arg(verdict.detail)};
    }
    return std::nullopt;
}

std::optional<Notice> noticeOf(Gateway::State before, Gateway::State now, const Error &error) {
    using State = Gateway::State;
    if (now != State::Failed || before == State::Failed)
        return std::nullopt;
    const QString title = before == State::Running ? Words::tr("The gateway stopped")
                                                   : Words::tr("The gateway did not start");
    return Notice{Notice::Kind::GatewayStopped, title, error.message};
}

bool NoticePace::admits(Notice::Kind kind, Time now) {
    std::optional<Time> &last = m_last.at(size_t(kind));
    if (last && now - *last < pause)
        return false;
    last = now;
    return true;
}

} // namespace quaygate
