#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"
#include "ui/widgets/fold.h"

namespace quaygate {

class AuthDetails;
class ConnectionFields;
class FormField;
class PairsField;
class RateLimitsField;
class TimeoutFields;

/// What few need of a backend, folded away: details of signing in, request headers, the way to the
/// server, time limits, how much it is asked for. An empty field means the usual value.
class AdvancedFields : public Fold {
    Q_OBJECT

public:
    explicit AdvancedFields(QWidget *parent = nullptr);

    void fill(const Backend &backend);
    void showKind(Auth::Kind kind);
    /// Puts it all into `backend`, whose sign-in is of the kind shown.
    void apply(Backend &backend) const;
    /// Says in the line of the fold what is not as usual.
    void summarise(const Backend &backend);
    /// What is written and cannot be read.
    Problems unreadable() const;

    QList<FormField *> fields() const;
    /// Null if another part of the form has it.
    FormField *fieldOf(const QString &pointer) const;

signals:
    void edited(quaygate::FormField *field);

private:
    AdvancedFields(QWidget *contents, QWidget *parent);

    AuthDetails *m_auth;
    PairsField *m_headers;
    ConnectionFields *m_connection;
    TimeoutFields *m_timeouts;
    RateLimitsField *m_limits;
};

} // namespace quaygate
