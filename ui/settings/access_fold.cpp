#include "ui/settings/settings_folds.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/segmented.h"
#include "ui/widgets/texts_field.h"

#include <QBoxLayout>
#include <QCheckBox>

using namespace Qt::StringLiterals;

namespace quaygate {

AccessFold::AccessFold(QWidget *parent)
    : SettingsFold(tr("Who may use the gateway"), u"access"_s, parent)
    , m_keys(
          new Segmented(tr("Client keys"), {tr("Off"), tr("Optional"), tr("Required")}, contents()))
    , m_keysRow(addRow(tr("Client keys"), m_keys, u"/gateway/clientKeys"_s, u"clientKeys"_s))
    , m_origins(new TextsField({tr("Web pages"), tr("Web page"), tr("Add a web page"), u"origin"_s,
                                u"/gateway/cors/allowedOrigins"_s},
                               tr("Origin, as in http://localhost:3000"), false, contents()))
    , m_metrics(new QCheckBox(tr("Answer GET /metrics, for Prometheus"), contents())) {
    m_keysRow->setHint(tr("Optional: a request without a key is served, one with a wrong key is "
                          "not. An address that other computers reach always requires one."));
    m_origins->setHint(tr("Pages in a browser that may use the gateway, as browsers name them, or "
                          "* for all. None: no page may."));
    column()->addWidget(m_origins);
    watch(m_origins, u"/gateway/cors/allowedOrigins"_s);
    addRow(tr("Metrics"), m_metrics, u"/gateway/metrics"_s, u"metrics"_s,
           tr("On this computer only."));
    m_metrics->setAccessibleName(m_metrics->text());
}

void AccessFold::fill(const Settings &settings) {
    m_keys->setCurrent(int(settings.gateway.clientKeys));
    m_origins->setTexts(settings.gateway.cors.allowedOrigins);
    m_metrics->setChecked(settings.gateway.metrics);
}

void AccessFold::apply(Settings &settings) const {
    settings.gateway.clientKeys = GatewaySettings::ClientKeys(m_keys->current());
    settings.gateway.cors.allowedOrigins = m_origins->texts();
    settings.gateway.metrics = m_metrics->isChecked();
}

void AccessFold::summarise(const Settings &settings) {
    static const QStringList texts{tr("no client keys"), tr("client keys optional"),
                                   tr("client keys required")};
    QStringList parts{texts.at(int(settings.gateway.clientKeys))};
    const qsizetype origins = settings.gateway.cors.allowedOrigins.size();
    if (origins > 0)
        parts.append(tr("web pages: %1").arg(origins));
    if (settings.gateway.metrics)
        parts.append(tr("metrics"));
    setSummary(parts.join(u" · "_s));
}

void AccessFold::tellKeys(const GatewaySettings &gateway, bool hasKeys) {
    const bool isRequired = gateway.clientKeys == GatewaySettings::ClientKeys::Required ||
                            !addressWarning(gateway.address).isEmpty();
    m_keysRow->setWarning(isRequired && !hasKeys
                              ? tr("There is no client key yet, so every request is refused. Make "
                                   "one on the page Client keys.")
                              : QString());
}

} // namespace quaygate
