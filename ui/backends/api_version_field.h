#pragma once

#include <QComboBox>

namespace quaygate {

/// The API versions worth choosing, and any other that is typed.
class ApiVersionField : public QComboBox {
    Q_OBJECT

public:
    explicit ApiVersionField(QWidget *parent = nullptr);

    QString version() const;
    void setVersion(const QString &version);

signals:
    void versionChanged();
};

} // namespace quaygate
