#include "ui/main_window.h"

#include "gateway/config/config_store.h"
#include "gateway/gateway.h"
#include "ui/backends/add_deployment_dialog.h"
#include "ui/backends/backends_page.h"
#include "ui/client_keys/client_keys_page.h"
#include "ui/gateway_alert.h"
#include "ui/gateway_panel.h"
#include "ui/home/home_page.h"
#include "ui/notice_bar.h"
#include "ui/playground/playground_page.h"
#include "ui/routes/routes_page.h"
#include "ui/settings/settings_page.h"
#include "ui/theme/icons.h"
#include "ui/theme/tokens.h"
#include "ui/widgets/icon_view.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/question.h"
#include "ui/widgets/toast.h"
#include "ui/window_state.h"

#include <QBoxLayout>
#include <QButtonGroup>
#include <QCloseEvent>
#include <QLabel>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>

using namespace Qt::StringLiterals;

namespace quaygate {

MainWindow::MainWindow(const Services &services, QWidget *parent)
    : QMainWindow(parent)
    , m_services(services)
    , m_buttons(new QButtonGroup(this))
    , m_pages(new QStackedWidget)
    , m_alert(new GatewayAlert(services))
    , m_notices(new NoticeBar)
    , m_home(new HomePage(services))
    , m_backends(new BackendsPage(services))
    , m_routes(new RoutesPage(services))
    , m_clientKeys(new ClientKeysPage(services))
    , m_playground(new PlaygroundPage(services))
    , m_settings(new SettingsPage(services)) {
    setWindowTitle(tr("Quaygate"));
    setWindowIcon(QIcon(u":/quaygate/icons/quaygate.svg"_s));
    setMinimumSize(900, 600);

    auto *center = new QWidget(this);
    center->setProperty("surface", u"window"_s);
    // Where the focus is while nothing has it; so no control begins with a ring.
    center->setFocusPolicy(Qt::ClickFocus);
    auto *sidebar = makeSidebar(center);
    addPage(m_home, tr("Home"), u"home"_s);
    addPage(m_backends, tr("Backends"), u"backends"_s);
    addPage(m_routes, tr("Routes"), u"routes"_s);
    addPage(m_clientKeys, tr("Client keys"), u"key"_s);
    addPage(m_playground, tr("Playground"), u"playground"_s);
    addPage(m_settings, tr("Settings"), u"settings"_s);
    // After the navigation, so that Tab comes to it in that order.
    sidebar->layout()->addWidget(new GatewayPanel(m_services, sidebar));

    auto *content = new QVBoxLayout;
    content->setSpacing(0);
    content->addWidget(m_alert);
    content->addWidget(m_notices);
    content->addWidget(m_pages, 1);
    auto *row = new QHBoxLayout(center);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(sidebar);
    row->addLayout(content, 1);
    setCentralWidget(center);
    center->setFocus();
    m_toast = new Toast(center);

    connectPages();
    addShortcuts();

    const WindowState state(services.config.file());
    if (!restoreGeometry(state.geometry()))
        resize(1080, 720);
    turnTo(m_pages->widget(qBound(0, state.page(), m_pages->count() - 1)));
}

QWidget *MainWindow::makeSidebar(QWidget *parent) {
    auto *sidebar = new QFrame(parent);
    sidebar->setProperty("surface", u"sidebar"_s);
    sidebar->setFixedWidth(size::sidebar);

    auto *brand = new QHBoxLayout;
    brand->setContentsMargins(space::s, 0, 0, space::m);
    brand->setSpacing(10);
    brand->addWidget(new IconView(windowIcon(), 26, sidebar));
    brand->addWidget(makeLabel(tr("Quaygate"), TextType::Heading, sidebar), 1);

    m_navigation = new QVBoxLayout;
    m_navigation->setSpacing(2);
    auto *column = new QVBoxLayout(sidebar);
    column->setContentsMargins(space::m, 20, space::m, space::m);
    column->setSpacing(space::xs);
    column->addLayout(brand);
    column->addLayout(m_navigation);
    column->addStretch();
    return sidebar;
}

void MainWindow::addPage(QWidget *page, const QString &name, const QString &icon) {
    const int index = m_pages->addWidget(page);
    auto *button = new QPushButton(name, m_navigation->parentWidget());
    button->setProperty("kind", u"nav"_s);
    button->setObjectName(u"nav%1"_s.arg(index + 1));
    button->setCheckable(true);
    button->setAutoDefault(false);
    button->setFocusPolicy(Qt::TabFocus);
    button->setIcon(themedIcon(icon, IconTone::Muted));
    button->setIconSize({24, 20});
    button->setAccessibleName(name);
    const QKeySequence keys(Qt::CTRL | Qt::Key(Qt::Key_1 + index));
    button->setToolTip(u"%1 (%2)"_s.arg(name, keys.toString(QKeySequence::NativeText)));
    m_buttons->addButton(button, index);
    m_navigation->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, page] { turnTo(page); });
    connect(new QShortcut(keys, this), &QShortcut::activated, this, [this, page] { turnTo(page); });
    if (auto *edited = qobject_cast<Page *>(page))
        connect(edited, &Page::unsavedEditsChanged, button, [this, button, name](bool unsaved) {
            button->setText(unsaved ? name + u"  •"_s : name);
            button->setAccessibleName(unsaved ? tr("%1, unsaved edits").arg(name) : name);
        });
}

void MainWindow::addShortcuts() {
    connect(new QShortcut(QKeySequence::New, this), &QShortcut::activated, this, [this] {
        Page *page = currentPage();
        if (!page || page == m_home) {
            turnTo(m_backends);
            page = m_backends;
        }
        page->createNew();
    });
    connect(new QShortcut(QKeySequence::Save, this), &QShortcut::activated, this, [this] {
        if (Page *page = currentPage())
            page->save();
    });
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q), this), &QShortcut::activated, this,
            &MainWindow::leave);
    connect(new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_W), this), &QShortcut::activated, this,
            &QWidget::close);
}

void MainWindow::connectPages() {
    connect(m_home, &HomePage::addDeploymentRequested, this, &MainWindow::openAddDeployment);
    connect(m_home, &HomePage::simulatorAdded, this, &MainWindow::startWith);
    connect(m_home, &HomePage::routeRequested, this, &MainWindow::showRoute);
    connect(m_home, &HomePage::routesRequested, this, [this] { turnTo(m_routes); });
    connect(m_home, &HomePage::playgroundRequested, this, &MainWindow::showPlayground);
    connect(m_playground, &PlaygroundPage::addRouteRequested, this, [this] {
        if (m_services.config.snapshot()->backends.isEmpty()) {
            openAddDeployment();
            return;
        }
        turnTo(m_routes);
        m_routes->createNew();
    });
    connect(m_backends, &BackendsPage::removed, this, &MainWindow::tellRemoved);
    connect(m_routes, &RoutesPage::removed, this, &MainWindow::tellRemoved);
    connect(m_clientKeys, &ClientKeysPage::removed, this, &MainWindow::tellRemoved);
    connect(m_settings, &SettingsPage::saved, m_toast,
            [this](const QString &text) { m_toast->showMessage(text); });
    connect(m_home, &HomePage::failed, this, &MainWindow::tellFailed);
    connect(m_backends, &BackendsPage::failed, this, &MainWindow::tellFailed);
    connect(m_routes, &RoutesPage::failed, this, &MainWindow::tellFailed);
    connect(m_clientKeys, &ClientKeysPage::failed, this, &MainWindow::tellFailed);
    connect(m_alert, &GatewayAlert::failed, this, &MainWindow::tellFailed);
}

void MainWindow::turnTo(QWidget *page) {
    m_pages->setCurrentWidget(page);
    m_buttons->button(m_pages->indexOf(page))->setChecked(true);
}

Page *MainWindow::currentPage() const {
    return qobject_cast<Page *>(m_pages->currentWidget());
}

void MainWindow::showHome() {
    turnTo(m_home);
}

void MainWindow::showBackend(const QString &name) {
    turnTo(m_backends);
    m_backends->open(name);
}

void MainWindow::showRoute(const QString &name) {
    turnTo(m_routes);
    m_routes->open(name);
}

void MainWindow::showPlayground(const QString &route) {
    turnTo(m_playground);
    if (!route.isEmpty())
        m_playground->selectRoute(route);
}

void MainWindow::openAddDeployment() {
    auto *dialog = new AddDeploymentDialog(m_services, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &AddDeploymentDialog::added, this, &MainWindow::startWith);
    dialog->open();
}

void MainWindow::startWith(const QString &route) {
    m_services.gateway.start();
    showPlayground(route);
}

void MainWindow::tellRemoved(const QString &text, const std::function<void()> &undo) {
    m_toast->showMessage(text, tr("Undo"), undo);
}

void MainWindow::tellFailed(const Error &error) {
    auto *notice = new Question(tr("That did not work"), error.message, this);
    notice->addAnswer(tr("Close"), ButtonKind::Primary);
    notice->open();
}

Page *MainWindow::unsavedPage() const {
    for (Page *page : std::initializer_list<Page *>{m_backends, m_routes, m_clientKeys, m_settings})
        if (page->hasUnsavedEdits())
            return page;
    return nullptr;
}

void MainWindow::closeEvent(QCloseEvent *event) {
    event->ignore(); // hidden by goAway, as when the tray's menu asks for it
    if (!m_stays || !m_stays())
        return leave();
    hideAway(); // edits that are not saved stay in their form
    emit wentToTray();
}

void MainWindow::leave() {
    Page *unsaved = unsavedPage();
    if (!unsaved)
        return goAway();
    if (!isVisible())
        show();
    activateWindow();
    turnTo(unsaved);
    if (m_asking)
        return;
    m_asking = true;
    auto *question = new Question(
        tr("Close without saving?"),
        tr("This form has edits that are not saved. They are lost if you close."), this);
    connect(question, &QDialog::finished, this, [this] { m_asking = false; });
    question->addAnswer(tr("Close without saving"), ButtonKind::Secondary, [this] { goAway(); });
    question->addAnswer(tr("Keep editing"), ButtonKind::Primary);
    question->open();
}

void MainWindow::hideAway() {
    WindowState(m_services.config.file()).keep(saveGeometry(), m_pages->currentIndex());
    hide();
}

void MainWindow::goAway() {
    hideAway();
    emit left();
}

} // namespace quaygate
