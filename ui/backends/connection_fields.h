#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

#include <QWidget>

class QCheckBox;
class QLineEdit;

namespace quaygate {

class FormField;
class MeasureField;
class Segmented;

/// How a backend is reached: proxy, trust, HTTP version, connections at once.
class ConnectionFields : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionFields(QWidget *parent = nullptr);

    void fill(const Backend &backend);
    void apply(Backend &backend) const;
    /// What is written and cannot be read.
    Problems unreadable() const;

    QList<FormField *> fields() const;
    /// Null if another part of the form has it.
    FormField *fieldOf(const QString &pointer) const;

signals:
    void edited(quaygate::FormField *field);

private:
    void build();
    void chooseCaFile();

    // In the order of Tab.
    QLineEdit *m_proxy;
    FormField *m_proxyRow;
    QLineEdit *m_caFile;
    FormField *m_caFileRow;
    Segmented *m_minVersion;
    FormField *m_minVersionRow;
    MeasureField *m_maxConnections;
    FormField *m_maxConnectionsRow;
    QCheckBox *m_http2;
    FormField *m_http2Row;
    BackendTls m_tls; ///< as it was shown: what has no field here is kept
};

} // namespace quaygate
