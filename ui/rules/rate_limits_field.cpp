#include "ui/rules/rate_limits_field.h"

#include "gateway/config/ranges.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/wheel_guard.h"

#include <QBoxLayout>
#include <QComboBox>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

struct Kind {
    int RateLimit::*amount;
    RateLimit::Per per;
    QString text;
};

const QList<Kind> &kinds() {
    using enum RateLimit::Per;
    static const QList<Kind> kinds{
        {&RateLimit::requests, Second, RateLimitsField::tr("requests a second")},
        {&RateLimit::requests, Minute, RateLimitsField::tr("requests a minute")},
        {&RateLimit::requests, Hour, RateLimitsField::tr("requests an hour")},
        {&RateLimit::tokens, Second, RateLimitsField::tr("tokens a second")},
        {&RateLimit::tokens, Minute, RateLimitsField::tr("tokens a minute")},
        {&RateLimit::tokens, Hour, RateLimitsField::tr("tokens an hour")},
    };
    return kinds;
}

class RateLimitLine : public FormLine {
public:
    explicit RateLimitLine(QWidget *parent)
        : FormLine(parent)
        , m_amount(
              new MeasureField(wholeNumbers(rateRange), 0, RateLimitsField::tr("how many"), this))
        , m_kind(new QComboBox(this))
        , m_burst(new MeasureField(wholeNumbers(rateRange), 0, RateLimitsField::tr("all at once"),
                                   this)) {
        for (const Kind &kind : kinds())
            m_kind->addItem(kind.text);
        m_kind->setCurrentIndex(1);
        m_kind->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_kind->setMinimumContentsLength(6);
        leaveWheelToForm(m_kind);
        m_burst->setToolTip(RateLimitsField::tr("How many at once; empty: as many as the limit"));
        addPart(m_amount, u"Amount"_s, RateLimitsField::tr("Amount"), u"/requests"_s, 4);
        addPart(m_kind, u"Kind"_s, RateLimitsField::tr("Of what, in how long"), u"/per"_s, 9);
        addPart(m_burst, u"Burst"_s, RateLimitsField::tr("At once"), u"/burst"_s, 4);
    }

    void setLimit(const RateLimit &limit) {
        m_original = limit;
        const auto member = limit.tokens > 0 ? &RateLimit::tokens : &RateLimit::requests;
        m_amount->setValue(limit.*member);
        m_burst->setValue(limit.burst);
        for (qsizetype i = 0; i < kinds().size(); ++i)
            if (kinds().at(i).amount == member && kinds().at(i).per == limit.per)
                m_kind->setCurrentIndex(int(i));
    }

    RateLimit limit() const {
        const Kind &kind = kinds().at(m_kind->currentIndex());
        RateLimit limit = m_original; // keeps what this version does not know
        limit.requests = 0;
        limit.tokens = 0;
        limit.*kind.amount = int(m_amount->value());
        limit.per = kind.per;
        limit.burst = int(m_burst->value());
        return limit;
    }

    bool isEmpty() const override {
        return m_amount->text().trimmed().isEmpty() && m_burst->text().trimmed().isEmpty();
    }

    Problems unreadable() const override {
        Problems problems;
        if (!m_amount->problem().isEmpty())
            problems.append(
                {0, u"/requests"_s,
                 RateLimitsField::tr("This must be %1.").arg(wholeNumberRule(rateRange))});
        if (!m_burst->problem().isEmpty())
            problems.append({0, u"/burst"_s, m_burst->problem()});
        return problems;
    }

    /// A limit without an amount is told in the words of the form.
    void setProblems(const Problems &problems) override {
        Problems told = problems;
        for (Problem &problem : told)
            if (problem.pointer.isEmpty())
                problem = {0, u"/requests"_s,
                           RateLimitsField::tr("Write how many there may be, more than 0.")};
        FormLine::setProblems(told);
    }

private:
    MeasureField *m_amount;
    QComboBox *m_kind;
    MeasureField *m_burst;
    RateLimit m_original;
};

} // namespace

RateLimitsField::RateLimitsField(QWidget *parent)
    : LinesField(
          {tr("Rate limits"), tr("Limit"), tr("Add a limit"), u"limit"_s, u"/rateLimit"_s},
          [](QWidget *table) -> FormLine * { return new RateLimitLine(table); }, parent) {
    setHint(tr("How much in how long, and how much of it at once. Each limit holds by itself; what "
               "is beyond it is refused with 429 and told when to come again."));
}

void RateLimitsField::setLimits(const QList<RateLimit> &limits) {
    clear();
    for (const RateLimit &limit : limits)
        static_cast<RateLimitLine *>(addLine())->setLimit(limit);
}

QList<RateLimit> RateLimitsField::limits() const {
    QList<RateLimit> limits;
    for (const FormLine *line : filled())
        limits.append(static_cast<const RateLimitLine *>(line)->limit());
    return limits;
}

} // namespace quaygate
