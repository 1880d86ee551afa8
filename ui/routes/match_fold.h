#pragma once

#include "gateway/config/config.h"
#include "ui/widgets/form_fold.h"

class QLineEdit;

namespace quaygate {

class TextsField;

/// What a request must have beside the prefix to take a route.
class MatchFold : public FormFold {
    Q_OBJECT

public:
    explicit MatchFold(QWidget *parent = nullptr);

    void fill(const RouteMatch &match);
    void apply(RouteMatch &match) const;
    void summarise(const RouteMatch &match);

private:
    QLineEdit *m_path;
    TextsField *m_models;
    PairsField *m_headers;
};

} // namespace quaygate
