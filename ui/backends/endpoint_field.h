#pragma once

#include "gateway/azure/address.h"

#include <QLineEdit>

namespace quaygate {

/// A field for an endpoint that takes anything the portal shows. A pasted URL is read at once, a
/// typed one when the field is left; the field then holds the endpoint alone, so that a key in a
/// pasted URL does not stay in sight.
class EndpointField : public QLineEdit {
    Q_OBJECT

public:
    explicit EndpointField(QWidget *parent = nullptr);

    void setEndpoint(const QString &endpoint);
    QString endpoint() const;

signals:
    void addressRead(const quaygate::AzureAddress &address);
    void addressRefused(const quaygate::Error &error);

protected:
    void focusOutEvent(QFocusEvent *event) override;

private:
    void textEditedTo(const QString &text);
    void read();

    /// What was in the field before the last edit: more than a few new characters at once are a
    /// paste.
    qsizetype m_length = 0;
    bool m_unread = false;
};

} // namespace quaygate
