#pragma once

#include "gateway/gateway.h"
#include "ui/page.h"
#include "ui/services.h"

class QComboBox;
class QStackedLayout;

namespace quaygate {

class ChatPanel;
class ElidedLabel;
class MessageBar;

/// The playground: a chat through one of the gateway's own routes, over HTTP, as any tool would.
class PlaygroundPage : public Page {
    Q_OBJECT

public:
    explicit PlaygroundPage(const Services &services, QWidget *parent = nullptr);

    /// Chooses the route of that name; without effect if there is none.
    void selectRoute(const QString &name);

    /// A new chat.
    void createNew() override;

signals:
    /// There is nothing to chat with yet, and the person wants to change that.
    void addRouteRequested();

private:
    QWidget *makeChatPage();
    QWidget *makeEmptyPage();
    void fillRoutes(const Snapshot &snapshot);
    void updateTarget();
    void updateGatewayBar();
    void showMissingTarget();

    Services m_services;
    QStackedLayout *m_stack = nullptr;
    QComboBox *m_routes = nullptr;
    ElidedLabel *m_details = nullptr;
    MessageBar *m_gatewayBar = nullptr;
    ChatPanel *m_chat = nullptr;
};

} // namespace quaygate
