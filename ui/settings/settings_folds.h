#pragma once

#include "gateway/result.h"
#include "ui/settings/settings_edits.h"
#include "ui/widgets/form_fold.h"

#include <QDateTime>

#include <functional>

class QCheckBox;
class QComboBox;

namespace quaygate {

class BudgetRows;
class LoginStart;
class PricesField;
class Segmented;
class TextsField;

/// One of the folded parts of the settings. Pointers are from the root of the configuration.
class SettingsFold : public FormFold {
    Q_OBJECT

public:
    virtual void fill(const Settings &settings) = 0;
    virtual void apply(Settings &settings) const = 0;
    /// Says in the line of the fold what is set.
    virtual void summarise(const Settings &settings) = 0;

protected:
    using FormFold::FormFold;
};

/// Who may use the gateway: client keys, web pages, Prometheus.
class AccessFold : public SettingsFold {
    Q_OBJECT

public:
    explicit AccessFold(QWidget *parent = nullptr);

    void fill(const Settings &settings) override;
    void apply(Settings &settings) const override;
    void summarise(const Settings &settings) override;
    /// Warns if nobody could get in.
    void tellKeys(const GatewaySettings &gateway, bool hasKeys);

private:
    Segmented *m_keys;
    FormField *m_keysRow;
    TextsField *m_origins;
    QCheckBox *m_metrics;
};

/// What is remembered of requests.
class TrafficFold : public SettingsFold {
    Q_OBJECT

public:
    using Clock = std::function<QDateTime()>;
    explicit TrafficFold(QWidget *parent = nullptr, Clock clock = &QDateTime::currentDateTimeUtc);

    void fill(const Settings &settings) override;
    void apply(Settings &settings) const override;
    void summarise(const Settings &settings) override;

private:
    void chooseBodies();
    void tellBodies();

    Clock m_clock;
    MeasureField *m_days;
    MeasureField *m_megabytes;
    QComboBox *m_bodies;
    FormField *m_bodiesRow;
    QString m_until; ///< TrafficSettings::bodiesUntil
    QString m_original;
};

/// What all requests together may spend, and what models cost.
class MoneyFold : public SettingsFold {
    Q_OBJECT

public:
    explicit MoneyFold(QWidget *parent = nullptr);

    void fill(const Settings &settings) override;
    void apply(Settings &settings) const override;
    void summarise(const Settings &settings) override;

private:
    BudgetRows *m_budget;
    PricesField *m_prices;
};

/// How the program behaves in the session. Whether it starts after a login is the system's to
/// keep, so that alone is changed at once.
class DesktopFold : public SettingsFold {
    Q_OBJECT

public:
    explicit DesktopFold(LoginStart *login, QWidget *parent = nullptr);

    void fill(const Settings &settings) override;
    void apply(Settings &settings) const override;
    void summarise(const Settings &settings) override;

private:
    void addLogin();
    void readLogin();
    void changeLogin(bool on);
    void tellLogin(const Result<bool> &isOn);

    LoginStart *m_login;
    QCheckBox *m_startGateway;
    QCheckBox *m_keepInTray;
    QCheckBox *m_notifications;
    QCheckBox *m_afterLogin;
    FormField *m_afterLoginRow = nullptr;
};

} // namespace quaygate
