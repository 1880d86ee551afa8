#include "ui/backends/advanced_fields.h"

#include "ui/backends/advanced_summary.h"
#include "ui/backends/auth_details.h"
#include "ui/backends/connection_fields.h"
#include "ui/backends/timeout_fields.h"
#include "ui/rules/rate_limits_field.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/pairs_field.h"

#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

PairsField *makeHeaders(QWidget *parent) {
    auto *headers =
        new PairsField({AdvancedFields::tr("Request headers"), AdvancedFields::tr("Header"),
                        AdvancedFields::tr("Name"), AdvancedFields::tr("Value"),
                        AdvancedFields::tr("Add a header"), u"header"_s, u"/headers"_s},
                       parent);
    headers->setHint(AdvancedFields::tr("Every request to this backend gets them. No credentials: "
                                        "the configuration file holds these values."));
    return headers;
}

} // namespace

AdvancedFields::AdvancedFields(QWidget *parent) : AdvancedFields(new QWidget, parent) {
}

AdvancedFields::AdvancedFields(QWidget *contents, QWidget *parent)
    : Fold(tr("Advanced"), contents, parent)
    , m_auth(new AuthDetails(contents))
    , m_headers(makeHeaders(contents))
    , m_connection(new ConnectionFields(contents))
    , m_timeouts(new TimeoutFields(contents))
    , m_limits(new RateLimitsField(contents)) {
    setObjectName(u"advanced"_s);
    nameLine(u"advancedLine"_s);
    auto *column = new QVBoxLayout(contents);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::xl);
    column->addWidget(m_auth);
    column->addWidget(m_headers);
    column->addWidget(m_connection);
    column->addWidget(m_timeouts);
    m_limits->setHint(tr("How much this backend is asked for, whoever asks. Where a route has "
                         "others, they are asked instead."));
    column->addWidget(m_limits);

    connect(m_auth, &AuthDetails::edited, this, &AdvancedFields::edited);
    connect(m_headers, &PairsField::edited, this, [this] { emit edited(m_headers); });
    connect(m_connection, &ConnectionFields::edited, this, &AdvancedFields::edited);
    connect(m_timeouts, &TimeoutFields::edited, this, &AdvancedFields::edited);
    connect(m_limits, &LinesField::edited, this, [this] { emit edited(m_limits); });
}

void AdvancedFields::fill(const Backend &backend) {
    QList<TextPair> headers;
    for (const BackendHeader &header : backend.headers)
        headers.append({header.name, header.value});
    m_headers->setPairs(headers);
    m_auth->setAuth(backend.auth);
    m_connection->fill(backend);
    m_timeouts->fill(backend.timeouts);
    m_limits->setLimits(backend.rateLimit);
    setOpen(false);
}

void AdvancedFields::showKind(Auth::Kind kind) {
    m_auth->showKind(kind);
}

void AdvancedFields::apply(Backend &backend) const {
    m_auth->apply(backend.auth);
    backend.headers.clear();
    for (const TextPair &pair : m_headers->pairs())
        backend.headers.append({pair.name, pair.value});
    m_connection->apply(backend);
    m_timeouts->apply(backend.timeouts);
    backend.rateLimit = m_limits->limits();
}

void AdvancedFields::summarise(const Backend &backend) {
    const QString summary = advancedSummary(backend);
    setSummary(summary.isEmpty() ? tr("all as usual") : summary);
}

Problems AdvancedFields::unreadable() const {
    return m_connection->unreadable() + m_timeouts->unreadable() + m_limits->unreadable();
}

QList<FormField *> AdvancedFields::fields() const {
    QList<FormField *> fields = m_auth->fields() + m_connection->fields() + m_timeouts->fields();
    fields.append({m_headers, m_limits});
    return fields;
}

FormField *AdvancedFields::fieldOf(const QString &pointer) const {
    if (pointer == u"/headers" || pointer.startsWith(u"/headers/"))
        return m_headers;
    if (pointer == u"/rateLimit" || pointer.startsWith(u"/rateLimit/"))
        return m_limits;
    for (FormField *field :
         {m_auth->fieldOf(pointer), m_connection->fieldOf(pointer), m_timeouts->fieldOf(pointer)})
        if (field)
            return field;
    return nullptr;
}

} // namespace quaygate
