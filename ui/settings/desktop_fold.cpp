#include "ui/settings/login_start.h"
#include "ui/settings/settings_folds.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/guarded.h"

#include <QBoxLayout>
#include <QCheckBox>

using namespace Qt::StringLiterals;

namespace quaygate {

DesktopFold::DesktopFold(LoginStart *login, QWidget *parent)
    : SettingsFold(tr("On the desktop"), u"desktop"_s, parent)
    , m_login(login)
    , m_startGateway(new QCheckBox(tr("Start the gateway with Quaygate"), contents()))
    , m_keepInTray(new QCheckBox(tr("Closing the window keeps Quaygate in the tray"), contents()))
    , m_notifications(new QCheckBox(tr("Notify me while the window is not in front"), contents()))
    , m_afterLogin(new QCheckBox(tr("Start Quaygate after each login"), contents())) {
    addRow({}, m_startGateway, u"/desktop/startGateway"_s, u"startGateway"_s);
    if (m_login)
        addLogin();
    else
        m_afterLogin->hide();
    addRow(
        {}, m_keepInTray, u"/desktop/keepInTray"_s, u"keepInTray"_s,
        tr("The gateway goes on serving. Where the desktop has no tray, closing ends Quaygate."));
    addRow({}, m_notifications, u"/desktop/notifications"_s, u"notifications"_s,
           tr("When the gateway stops, Azure refuses a key or a budget is used up; at most one of "
              "a kind a minute."));
    for (QCheckBox *box : {m_startGateway, m_keepInTray, m_notifications, m_afterLogin})
        box->setAccessibleName(box->text());
}

/// Not watched: it is no edit of the form.
void DesktopFold::addLogin() {
    m_afterLogin->setObjectName(u"afterLogin"_s);
    m_afterLogin->setEnabled(false);
    m_afterLoginRow = new FormField({}, m_afterLogin, contents());
    column()->addWidget(m_afterLoginRow);
    connect(m_afterLogin, &QCheckBox::clicked, this, &DesktopFold::changeLogin);
    readLogin();
}

void DesktopFold::readLogin() {
    m_login->read(guarded(this, [this](const Result<bool> &isOn) { tellLogin(isOn); }));
}

void DesktopFold::changeLogin(bool on) {
    m_afterLogin->setEnabled(false);
    m_login->set(on, guarded(this, [this](const Result<void> &changed) {
                     if (!changed)
                         return tellLogin(changed.error());
                     readLogin();
                 }));
}

void DesktopFold::tellLogin(const Result<bool> &isOn) {
    m_afterLogin->setEnabled(true);
    m_afterLogin->setChecked(isOn ? *isOn : false);
    m_afterLoginRow->setHint(tr("In the tray, without a window in front. Takes effect at once."));
    m_afterLoginRow->setError(isOn ? QString() : isOn.error().message);
}

void DesktopFold::fill(const Settings &settings) {
    m_startGateway->setChecked(settings.desktop.startGateway);
    m_keepInTray->setChecked(settings.desktop.keepInTray);
    m_notifications->setChecked(settings.desktop.notifications);
}

void DesktopFold::apply(Settings &settings) const {
    settings.desktop.startGateway = m_startGateway->isChecked();
    settings.desktop.keepInTray = m_keepInTray->isChecked();
    settings.desktop.notifications = m_notifications->isChecked();
}

void DesktopFold::summarise(const Settings &settings) {
    const DesktopSettings &desktop = settings.desktop;
    QStringList parts{desktop.startGateway ? tr("gateway starts by itself")
                                           : tr("gateway waits to be started")};
    if (desktop.keepInTray)
        parts.append(tr("stays in the tray"));
    if (!desktop.notifications)
        parts.append(tr("no notifications"));
    setSummary(parts.join(u" · "_s));
}

} // namespace quaygate
