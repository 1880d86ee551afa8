#include "app/notice_teller.h"

#include "gateway/config/config_store.h"
#include "gateway/traffic/traffic_log.h"
#include "ui/tray/tray.h"

#include <QGuiApplication>

using namespace Qt::StringLiterals;

namespace quaygate {

NoticeTeller::NoticeTeller(const Parts &parts, QObject *parent)
    : QObject(parent), m_parts(parts), m_state(parts.gateway.state()) {
    connect(&parts.gateway, &Gateway::stateChanged, this, &NoticeTeller::onState);
    connect(&parts.traffic, &TrafficLog::added, this, &NoticeTeller::onRecords);
    connect(&parts.tray, &Tray::messageClicked, this, [this] { emit clicked(m_inTray, {}); });
    parts.traffic.follow();
}

void NoticeTeller::onState(Gateway::State state) {
    const Gateway::State before = std::exchange(m_state, state);
    if (const auto notice = noticeOf(before, state, m_parts.gateway.error()))
        tell(*notice);
}

void NoticeTeller::onRecords(const QList<TrafficRecord> &records) {
    for (const TrafficRecord &record : records) {
        if (const auto notice = noticeOf(record))
            tell(*notice);
    }
}

/// Who looks at the window sees it there.
void NoticeTeller::tell(const Notice &notice) {
    const bool isInFront = QGuiApplication::applicationState() == Qt::ApplicationActive;
    if (isInFront || !m_parts.config.snapshot()->desktop.notifications ||
        !m_pace.admits(notice.kind, std::chrono::steady_clock::now()))
        return;
    show(QString::number(int(notice.kind)), notice);
}

void NoticeTeller::tellOfTray() {
    show(u"tray"_s, {Notice::Kind::GatewayStopped, tr("Quaygate goes on in the tray"),
                     tr("The gateway serves as before. Quit Quaygate from the tray's menu; the "
                        "settings say whether closing the window does that.")});
}

void NoticeTeller::show(const QString &subject, const Notice &notice) {
    m_notifications.show(
        subject, notice.title, notice.text,
        [this, notice](const QString &token) { emit clicked(notice, token.toUtf8()); },
        [this, notice] {
            m_inTray = notice;
            m_parts.tray.tell(notice.title, notice.text);
        });
}

} // namespace quaygate
