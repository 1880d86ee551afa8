#pragma once

#include "gateway/config/config.h"
#include "ui/widgets/card.h"

class QPushButton;

namespace quaygate {

/// The routes at a glance: the URL to call, the backend behind it, a button to copy. A click opens
/// the route.
class RoutesCard : public Card {
    Q_OBJECT

public:
    explicit RoutesCard(QWidget *parent = nullptr);

    void setRoutes(const Config &config, const QString &gatewayUrl);

signals:
    void routeClicked(const QString &name);
    void allClicked();

private:
    QWidget *makeRow(const Config &config, const Route &route, const QString &url);

    QPushButton *m_all;
    QWidget *m_rows = nullptr;
};

} // namespace quaygate
