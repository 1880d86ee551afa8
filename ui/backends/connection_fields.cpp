#include "ui/backends/connection_fields.h"

#include "gateway/config/ranges.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/buttons.h"
#include "ui/widgets/form_field.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/measure_field.h"
#include "ui/widgets/segmented.h"

#include <QBoxLayout>
#include <QCheckBox>
#include <QFileDialog>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

const QStringList &tlsVersions() {
    static const QStringList versions{u"1.2"_s, u"1.3"_s};
    return versions;
}

} // namespace

ConnectionFields::ConnectionFields(QWidget *parent)
    : QWidget(parent)
    , m_proxy(new QLineEdit(this))
    , m_proxyRow(new FormField(tr("Proxy"), m_proxy, this))
    , m_caFile(new QLineEdit(this))
    , m_caFileRow(new FormField(tr("File of certificate authorities"), m_caFile, this))
    , m_minVersion(new Segmented(tr("Lowest TLS version"), {tr("TLS 1.2"), tr("TLS 1.3")}, this))
    , m_minVersionRow(new FormField(tr("Lowest TLS version"), m_minVersion, this))
    , m_maxConnections(new MeasureField(wholeNumbers(maxConnectionsRange), Backend().maxConnections,
                                        tr("no limit"), this))
    , m_maxConnectionsRow(new FormField(tr("Connections at once"), m_maxConnections, this))
    , m_http2(new QCheckBox(tr("Offer HTTP/2 to the server"), this))
    , m_http2Row(new FormField(tr("HTTP version"), m_http2, this)) {
    m_proxy->setObjectName(u"proxy"_s);
    m_proxy->setPlaceholderText(tr("as the system's proxy variables say"));
    m_proxyRow->setHint(tr("http://host:port, https://host:port or socks5h://host:port."));
    m_caFile->setObjectName(u"caFile"_s);
    m_caFile->setPlaceholderText(tr("none beside the system's own"));
    m_caFileRow->setHint(
        tr("In PEM format; for servers and proxies with certificates of your company."));
    m_minVersion->setObjectName(u"minVersion"_s);
    m_maxConnections->setObjectName(u"maxConnections"_s);
    m_http2->setObjectName(u"http2"_s);
    m_http2->setAccessibleName(m_http2->text());
    m_http2Row->setHint(tr("HTTP/1.1 costs this computer less; some servers speak HTTP/2 only."));
    build();

    connect(m_proxy, &QLineEdit::textChanged, this, [this] { emit edited(m_proxyRow); });
    connect(m_caFile, &QLineEdit::textChanged, this, [this] { emit edited(m_caFileRow); });
    connect(m_minVersion, &Segmented::chosen, this, [this] { emit edited(m_minVersionRow); });
    connect(m_maxConnections, &QLineEdit::textChanged, this,
            [this] { emit edited(m_maxConnectionsRow); });
    connect(m_http2, &QCheckBox::toggled, this, [this] { emit edited(m_http2Row); });
}

void ConnectionFields::build() {
    auto *choose = makeButton(tr("Choose…"), ButtonKind::Secondary, this);
    choose->setObjectName(u"chooseCaFile"_s);
    choose->setAccessibleName(tr("Choose the file of certificate authorities"));
    connect(choose, &QPushButton::clicked, this, &ConnectionFields::chooseCaFile);
    m_caFileRow->addBeside(choose);

    auto *pair = new QHBoxLayout;
    pair->setSpacing(space::m);
    pair->addWidget(m_minVersionRow, 1);
    pair->addWidget(m_maxConnectionsRow, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::m);
    column->addWidget(makeLabel(tr("Connection"), TextType::Caption, this));
    column->addWidget(m_proxyRow);
    column->addWidget(m_caFileRow);
    column->addLayout(pair);
    column->addWidget(m_http2Row);
}

void ConnectionFields::fill(const Backend &backend) {
    m_tls = backend.tls;
    m_proxy->setText(backend.proxy);
    m_caFile->setText(backend.tls.caFile);
    for (QLineEdit *field : {m_proxy, m_caFile})
        field->setCursorPosition(0);
    m_minVersion->setCurrent(std::max(0, int(tlsVersions().indexOf(backend.tls.minVersion))));
    m_maxConnections->setValue(backend.maxConnections);
    m_http2->setChecked(backend.http2);
}

void ConnectionFields::apply(Backend &backend) const {
    const QString file = m_caFile->text();
    backend.proxy = m_proxy->text().trimmed();
    backend.tls = m_tls;
    // A path may end in a blank, but one that was pasted hardly does.
    backend.tls.caFile = file == m_tls.caFile ? file : file.trimmed();
    backend.tls.minVersion = tlsVersions().at(m_minVersion->current());
    backend.maxConnections = int(m_maxConnections->value());
    backend.http2 = m_http2->isChecked();
}

Problems ConnectionFields::unreadable() const {
    const QString problem = m_maxConnections->problem();
    return problem.isEmpty() ? Problems() : Problems{{0, u"/maxConnections"_s, problem}};
}

QList<FormField *> ConnectionFields::fields() const {
    return {m_proxyRow, m_caFileRow, m_minVersionRow, m_maxConnectionsRow};
}

FormField *ConnectionFields::fieldOf(const QString &pointer) const {
    if (pointer == u"/proxy")
        return m_proxyRow;
    if (pointer == u"/tls/caFile")
        return m_caFileRow;
    if (pointer == u"/tls/minVersion")
        return m_minVersionRow;
    return pointer == u"/maxConnections" ? m_maxConnectionsRow : nullptr;
}

void ConnectionFields::chooseCaFile() {
    auto *dialog = new QFileDialog(this, tr("File of certificate authorities"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Certificates (*.pem *.crt *.cer)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, m_caFile, &QLineEdit::setText);
    dialog->open();
}

} // namespace quaygate
