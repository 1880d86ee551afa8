#pragma once

#include "gateway/secrets/secret.h"

#include <QLineEdit>

namespace quaygate {

/// A secret to be looked at and copied, once: read-only, and overwritten in memory when it goes.
class ShownSecret : public QLineEdit {
    Q_OBJECT

public:
    ShownSecret(const QString &name, const Secret &secret, QWidget *parent = nullptr);
    ~ShownSecret() override;
};

} // namespace quaygate
