#pragma once

#include "gateway/secrets/secret.h"
#include "ui/widgets/fitted_dialog.h"

namespace quaygate {

/// Shows a key that was just made, which nobody can see again. It closes only by its button, so
/// that no stray Escape loses the key.
class NewKeyDialog : public FittedDialog {
    Q_OBJECT

public:
    NewKeyDialog(const QString &name, const Secret &key, QWidget *parent);

    void reject() override {}
};

} // namespace quaygate
