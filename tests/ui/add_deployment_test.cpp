#include "gateway/simulator/simulator.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/backends/add_deployment_dialog.h"
#include "ui/backends/connection_panel.h"
#include "ui/widgets/message_bar.h"

#include <QComboBox>
#include <QSignalSpy>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

const QString canary = u"canary-7f3a9c51d2e84b06"_s;

/// An Azure look-alike that wants the canary as its key.
class AddDeployment : public testing::Test {
protected:
    AddDeployment() : simulator(settings()), dialog(desk.services()) {}

    static SimulatorSettings settings() {
        SimulatorSettings settings;
        settings.key = Secret(canary.toUtf8());
        settings.deployments = SimulatorSettings::demoDeployments();
        return settings;
    }

    void SetUp() override {
        bool started = false;
        simulator.start([&](const Result<quint16> &port) { started = port.ok(); });
        ASSERT_TRUE(waitUntil([&] { return started; }));
        dialog.show();
    }

    QString targetUri() const {
        return u"http://127.0.0.1:%1/openai/deployments/gpt-4.1-mini/chat/completions"
               "?api-version=2025-01-01-preview"_s.arg(simulator.port());
    }

    Desk desk;
    Simulator simulator;
    AddDeploymentDialog dialog;
};

} // namespace

TEST_F(AddDeployment, APastedUrlFillsTheFields) {
    paste(find<QLineEdit>(&dialog, "url"), targetUri());
    EXPECT_EQ(find<QLineEdit>(&dialog, "url")->text(),
              u"http://127.0.0.1:%1"_s.arg(simulator.port()));
    EXPECT_EQ(find<QLineEdit>(&dialog, "deployment")->text(), u"gpt-4.1-mini"_s);
    EXPECT_EQ(find<QComboBox>(&dialog, "apiVersion")->currentText(), u"2025-01-01-preview"_s);
}

TEST_F(AddDeployment, TestsThenSavesBackendRouteAndKey) {
    QSignalSpy added(&dialog, &AddDeploymentDialog::added);
    paste(find<QLineEdit>(&dialog, "url"), targetUri());
    paste(find<QLineEdit>(&dialog, "key"), canary);
    click(find(&dialog, "testAndAdd"));
    ASSERT_TRUE(waitUntil([&] { return !added.isEmpty(); }));

    EXPECT_EQ(added.first().first().toString(), u"azure-openai"_s);
    const Config config = desk.now();
    ASSERT_EQ(config.backends.size(), 1);
    EXPECT_EQ(config.backends.first().deploymentName, u"gpt-4.1-mini"_s);
    ASSERT_EQ(config.routes.size(), 1);
    EXPECT_EQ(config.routes.first().match.pathPrefix, u"/azure-openai"_s);
    EXPECT_EQ(config.routes.first().backends.first().name, config.backends.first().name);
    EXPECT_EQ(Desk::stored(desk.keychain, config.backends.first().auth.name), canary.toUtf8());
    EXPECT_FALSE(desk.fileText().contains(canary.toUtf8()));
    EXPECT_TRUE(find<QLineEdit>(&dialog, "key")->text().isEmpty());
}

TEST_F(AddDeployment, AWrongKeyIsExplainedAndNothingIsSaved) {
    paste(find<QLineEdit>(&dialog, "url"), targetUri());
    paste(find<QLineEdit>(&dialog, "key"), u"wrong"_s);
    click(find(&dialog, "testAndAdd"));
    ASSERT_TRUE(waitUntil([&] { return dialog.connection()->outcome()->isSet(); }));
    EXPECT_EQ(dialog.connection()->outcome()->kind(), MessageKind::Error);
    EXPECT_TRUE(dialog.connection()->outcome()->detail().contains(u"401"_s));
    EXPECT_TRUE(find(&dialog, "addAnyway")->isVisible());
    EXPECT_TRUE(dialog.isVisible());
    EXPECT_TRUE(desk.now().backends.isEmpty());
}

TEST_F(AddDeployment, WithoutAKeychainOffersTheSessionByName) {
    desk.keychain.missing = true;
    QSignalSpy added(&dialog, &AddDeploymentDialog::added);
    paste(find<QLineEdit>(&dialog, "url"), targetUri());
    paste(find<QLineEdit>(&dialog, "key"), canary);
    click(find(&dialog, "testAndAdd"));
    ASSERT_TRUE(waitUntil([&] { return dialog.message()->isSet(); }));
    EXPECT_TRUE(dialog.message()->text().contains(u"keychain"_s));
    EXPECT_TRUE(desk.now().backends.isEmpty());

    click(buttonSaying(&dialog, u"Keep the key for this session only"_s));
    ASSERT_TRUE(waitUntil([&] { return !added.isEmpty(); }));
    EXPECT_EQ(Desk::stored(desk.session, desk.now().backends.first().auth.name), canary.toUtf8());
}

TEST_F(AddDeployment, SaysWhatIsMissing) {
    click(find(&dialog, "testAndAdd"));
    EXPECT_TRUE(find<QLineEdit>(&dialog, "url")->property("invalid").toBool());
    EXPECT_TRUE(find<QLineEdit>(&dialog, "deployment")->property("invalid").toBool());
    EXPECT_FALSE(dialog.connection()->isRunning());
}

TEST_F(AddDeployment, ClosingDropsTheKey) {
    paste(find<QLineEdit>(&dialog, "key"), canary);
    QTest::keyClick(&dialog, Qt::Key_Escape);
    EXPECT_FALSE(dialog.isVisible());
    EXPECT_TRUE(find<QLineEdit>(&dialog, "key")->text().isEmpty());
}

} // namespace quaygate::test
