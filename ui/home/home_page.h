#pragma once

#include "gateway/result.h"
#include "ui/page.h"
#include "ui/services.h"

class QLabel;
class QStackedWidget;

namespace quaygate {

class CodeBlock;
class PageHeader;
class ProblemsCard;
class RoutesCard;
class Welcome;

/// The first page: at the first start two ways to begin, later how things stand and how to call
/// them.
class HomePage : public Page {
    Q_OBJECT

public:
    explicit HomePage(const Services &services, QWidget *parent = nullptr);

signals:
    void addDeploymentRequested();
    /// The simulator was set up; the route that leads to it.
    void simulatorAdded(const QString &route);
    void failed(const quaygate::Error &error);
    void routeRequested(const QString &name);
    void routesRequested();
    void playgroundRequested(const QString &route);

private:
    QWidget *makeOverview();
    QWidget *makeCallCard();
    void refresh();
    void refreshCall();
    void addSimulator();

    Services m_services;
    QStackedWidget *m_stack;
    Welcome *m_welcome;
    PageHeader *m_header;
    ProblemsCard *m_problems;
    RoutesCard *m_routes;
    QWidget *m_call = nullptr;
    QLabel *m_callText;
    CodeBlock *m_curl;
    bool m_adding = false;
};

} // namespace quaygate
