#include "ui/backends/connection_panel.h"

#include "gateway/azure/token_identity.h"
#include "ui/backends/key_lookup.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/guarded.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/message_bar.h"

#include <QBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

QString figures(const ConnectionReport &report) {
    QStringList parts{report.status > 0 ? ConnectionPanel::tr("HTTP %1").arg(report.status)
                      : report.outcome == Outcome::SignInFailed ? ConnectionPanel::tr("No token")
                                                                : ConnectionPanel::tr("No answer"),
                      ConnectionPanel::tr("%1 ms").arg(report.elapsed.count())};
    if (!report.detail.isEmpty())
        parts.append(report.detail);
    return parts.join(u" · "_s);
}

QString progressText(const Auth &auth) {
    return needsToken(auth)
               ? ConnectionPanel::tr("Getting a token, then sending a one-token request…")
               : ConnectionPanel::tr("Sending a one-token request…");
}

} // namespace

Health healthOf(const ConnectionReport &report) {
    if (report.works)
        return Health::Good;
    return report.outcome == Outcome::RateLimited ? Health::Busy : Health::Bad;
}

ConnectionPanel::ConnectionPanel(const Services &services, QWidget *parent)
    : QWidget(parent)
    , m_keys(new KeyLookup(services, this))
    , m_test(new ConnectionTest(this))
    , m_progress(new QWidget(this))
    , m_progressText(makeText({}, TextType::Muted, m_progress))
    , m_cancel(makeButton(tr("Cancel test"), ButtonKind::Ghost, m_progress))
    , m_outcome(new MessageBar(this)) {
    m_cancel->setObjectName(u"cancelTest"_s);
    auto *dot = new StatusDot(m_progress);
    dot->setHealth(Health::Busy);
    auto *row = new QHBoxLayout(m_progress);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::s);
    row->addWidget(dot);
    row->addWidget(m_progressText, 1);
    row->addWidget(m_cancel);
    m_progress->hide();

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_progress);
    column->addWidget(m_outcome);

    connect(m_cancel, &QPushButton::clicked, this, &ConnectionPanel::cancel);
    connect(m_test, &ConnectionTest::finished, this, [this](const ConnectionReport &report) {
        if (m_running)
            showReport(report);
    });
}

void ConnectionPanel::run(const Backend &backend, const Secret &typedKey) {
    m_outcome->clear();
    m_progressText->setText(progressText(backend.auth));
    setRunning(true);
    const int run = ++m_run;
    if (!typedKey.isEmpty() || backend.auth.kind == Auth::Kind::None) {
        m_test->run(backend, typedKey);
        return;
    }
    m_keys->find(backend.auth, guarded(this, [this, run, backend](Result<Secret> key) {
                     if (run != m_run)
                         return;
                     if (key)
                         m_test->run(backend, *key);
                     else
                         showKeyError(key.error());
                 }));
}

void ConnectionPanel::cancel() {
    if (!m_running)
        return;
    ++m_run;
    setRunning(false);
    m_test->cancel();
}

void ConnectionPanel::reset() {
    cancel();
    m_outcome->clear();
}

void ConnectionPanel::setRunning(bool running) {
    if (m_running == running)
        return;
    m_running = running;
    m_progress->setVisible(running);
    emit runningChanged(running);
}

void ConnectionPanel::showKeyError(const Error &error) {
    setRunning(false);
    m_outcome->setMessage(MessageKind::Error, error.message, error.detail);
}

void ConnectionPanel::showReport(const ConnectionReport &report) {
    setRunning(false);
    const MessageKind kind = report.works                       ? MessageKind::Success
                             : healthOf(report) == Health::Busy ? MessageKind::Warning
                                                                : MessageKind::Error;
    m_outcome->setMessage(kind, report.text, figures(report));
    emit finished(report);
}

} // namespace quaygate
