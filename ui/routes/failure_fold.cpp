#include "ui/routes/failure_fold.h"

#include "gateway/config/duration.h"
#include "gateway/config/ranges.h"
#include "ui/routes/status_list.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/measure_field.h"

#include <QCheckBox>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

const Retry &usualRetry() {
    static const Retry usual;
    return usual;
}

} // namespace

FailureFold::FailureFold(QWidget *parent)
    : FormFold(tr("When a backend fails"), u"failure"_s, parent)
    , m_retry(new QCheckBox(tr("Try again, at the same backend or at another"), contents()))
    , m_attempts(
          new MeasureField(wholeNumbers(attemptsRange), usualRetry().attempts, {}, contents()))
    , m_statuses(new QLineEdit(contents()))
    , m_backoff(makeTime(usualRetry().backoff))
    , m_maxWait(makeTime(usualRetry().maxWait))
    , m_failures(new MeasureField(wholeNumbers(failuresRange), Cooldown().failures, {}, contents()))
    , m_duration(makeTime(Cooldown().duration))
    , m_firstByte(makeTime(RouteTimeouts().firstByte, tr("as the backend says")))
    , m_total(makeTime(RouteTimeouts().total, tr("as the backend says"))) {
    buildRetry();
    buildCooldown();
    buildTimeouts();
    connect(m_retry, &QCheckBox::toggled, this, &FailureFold::showRetry);
    showRetry();
}

MeasureField *FailureFold::makeTime(std::chrono::milliseconds usual, const QString &usualText) {
    return new MeasureField(durations(), usual.count(), usualText, contents());
}

void FailureFold::buildRetry() {
    addRow(tr("Tries"), m_retry, u"/retry"_s, u"retry"_s,
           tr("Without this, each backend is asked once. Nothing is tried again once a byte of the "
              "answer has gone to the client."));
    m_retry->setAccessibleName(m_retry->text());
    m_statuses->setPlaceholderText(tr("none: only when there is no answer"));
    m_retryRows = {
        addRow(tr("Tries in all"), m_attempts, u"/retry/attempts"_s, u"retryAttempts"_s),
        addRow(tr("After these answers"), m_statuses, u"/retry/statuses"_s, u"retryStatuses"_s),
        addRow(tr("Pause before the second"), m_backoff, u"/retry/backoff"_s, u"retryBackoff"_s,
               tr("Doubled for each more.")),
        addRow(tr("All pauses together"), m_maxWait, u"/retry/maxWait"_s, u"retryMaxWait"_s,
               tr("What a backend asks for included.")),
    };
    addPair(m_retryRows.at(0), m_retryRows.at(1));
    addPair(m_retryRows.at(2), m_retryRows.at(3));
}

void FailureFold::buildCooldown() {
    addCaption(tr("Setting a backend aside"));
    FormField *failures = addRow(tr("After failures in a row"), m_failures, u"/cooldown/failures"_s,
                                 u"cooldownFailures"_s);
    FormField *duration = addRow(tr("For"), m_duration, u"/cooldown/duration"_s,
                                 u"cooldownDuration"_s, tr("Unless it says for how long itself."));
    addPair(failures, duration);
}

void FailureFold::buildTimeouts() {
    addCaption(tr("Time limits, as in 500ms, 30s or 10m"));
    FormField *firstByte = addRow(tr("Each try, to the first byte"), m_firstByte,
                                  u"/timeouts/firstByte"_s, u"routeFirstByte"_s);
    FormField *total = addRow(tr("All tries together"), m_total, u"/timeouts/total"_s,
                              u"routeTotal"_s, tr("To the end of the answer."));
    addPair(firstByte, total);
}

void FailureFold::showRetry() {
    for (FormField *row : m_retryRows)
        row->setVisible(m_retry->isChecked());
}

void FailureFold::fill(const Route &route) {
    m_original = route.retry ? *route.retry : usualRetry();
    m_retry->setChecked(route.retry.has_value());
    m_attempts->setValue(m_original.attempts);
    m_statuses->setText(writeStatuses(m_original.statuses));
    m_statuses->setCursorPosition(0);
    m_backoff->setValue(m_original.backoff.count());
    m_maxWait->setValue(m_original.maxWait.count());
    m_failures->setValue(route.cooldown.failures);
    m_duration->setValue(route.cooldown.duration.count());
    m_firstByte->setValue(route.timeouts.firstByte.count());
    m_total->setValue(route.timeouts.total.count());
    setOpen(false);
}

void FailureFold::apply(Route &route) const {
    using std::chrono::milliseconds;
    route.retry.reset();
    if (m_retry->isChecked()) {
        Retry retry = m_original;
        retry.attempts = int(m_attempts->value());
        retry.statuses = readStatuses(m_statuses->text()).value_or(m_original.statuses);
        retry.backoff = milliseconds(m_backoff->value());
        retry.maxWait = milliseconds(m_maxWait->value());
        route.retry = retry;
    }
    route.cooldown.failures = int(m_failures->value());
    route.cooldown.duration = milliseconds(m_duration->value());
    route.timeouts.firstByte = milliseconds(m_firstByte->value());
    route.timeouts.total = milliseconds(m_total->value());
}

Problems FailureFold::unreadable() const {
    Problems problems = FormFold::unreadable();
    if (!readStatuses(m_statuses->text()))
        problems.append({0, u"/retry/statuses"_s,
                         tr("Write statuses with commas between them, as in 429, 503.")});
    if (!m_retry->isChecked())
        problems.removeIf(
            [](const Problem &problem) { return problem.pointer.startsWith(u"/retry"); });
    return problems;
}

void FailureFold::summarise(const Route &route) {
    QStringList parts;
    if (route.retry)
        parts.append(tr("%1 tries").arg(route.retry->attempts));
    if (route.cooldown != Cooldown())
        parts.append(tr("set aside after %1").arg(route.cooldown.failures));
    if (route.timeouts.total.count() > 0)
        parts.append(tr("at most %1").arg(formatDuration(route.timeouts.total)));
    if (route.timeouts.firstByte.count() > 0)
        parts.append(tr("first byte in %1").arg(formatDuration(route.timeouts.firstByte)));
    setSummary(parts.isEmpty() ? tr("each backend is asked once") : parts.join(u" · "_s));
}

} // namespace quaygate
