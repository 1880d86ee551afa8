#pragma once

#include "gateway/config/config.h"
#include "ui/widgets/lines_field.h"

namespace quaygate {

/// The backends of a route, each with its weight and priority, and a sentence that says in which
/// order they are asked.
class RouteBackendsField : public LinesField {
    Q_OBJECT

public:
    explicit RouteBackendsField(QWidget *parent = nullptr);

    /// What can be chosen; what is chosen stays, though it may be gone.
    void offer(const QStringList &names);
    void setBackends(const QList<RouteBackend> &backends);
    QList<RouteBackend> backends() const;

private:
    void chooseUnused(FormLine *line);
    void tellOrder();

    QStringList m_offered;
};

} // namespace quaygate
