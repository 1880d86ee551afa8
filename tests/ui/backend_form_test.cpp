#include "gateway/config/config_json.h"
#include "tests/ui/form_desk.h"
#include "ui/backends/connection_panel.h"
#include "ui/widgets/message_bar.h"

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

const QString canary = u"canary-2b9d44f0a7c1e35e"_s;

using BackendFormTest = BackendFormDesk;

} // namespace

TEST_F(BackendFormTest, APastedPortalUrlFillsEverythingAndHidesItsKey) {
    form.createNew();
    paste(field("endpoint"),
          u"https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions"
          "?api-version=2024-10-21&api-key="_s +
              canary);
    EXPECT_EQ(field("endpoint")->text(), u"contoso.openai.azure.com"_s);
    EXPECT_EQ(field("deployment")->text(), u"gpt-4o"_s);
    EXPECT_EQ(find<QComboBox>(&form, "apiVersion")->currentText(), u"2024-10-21"_s);
    EXPECT_EQ(field("name")->text(), u"gpt-4o"_s);
    EXPECT_FALSE(field("key")->text().isEmpty());
    EXPECT_FALSE(field("key")->displayText().contains(canary));
    EXPECT_FALSE(field("endpoint")->text().contains(canary));
}

TEST_F(BackendFormTest, TypingAUrlLetterByLetterIsNotReadTooEarly) {
    form.createNew();
    const QString url = u"https://contoso.openai.azure.com/openai/deployments/gpt-4o"_s;
    type(field("endpoint"), url);
    EXPECT_EQ(field("endpoint")->text(), url);
    QTest::keyClick(field("endpoint"), Qt::Key_Return);
    EXPECT_EQ(field("endpoint")->text(), u"contoso.openai.azure.com"_s);
    EXPECT_EQ(field("deployment")->text(), u"gpt-4o"_s);
}

TEST_F(BackendFormTest, ShowsTheUpstreamUrlLive) {
    form.createNew();
    type(field("endpoint"), u"contoso.openai.azure.com"_s);
    type(field("deployment"), u"gpt-4o"_s);
    find<QComboBox>(&form, "apiVersion")->setEditText(u"2024-10-21"_s);
    EXPECT_EQ(find<QLineEdit>(&form, "upstream")->accessibleDescription(),
              u"https://contoso.openai.azure.com/openai/deployments/gpt-4o/chat/completions"
              "?api-version=2024-10-21"_s);
    find<QComboBox>(&form, "apiVersion")->setEditText(u"v1"_s);
    EXPECT_EQ(find<QLineEdit>(&form, "upstream")->accessibleDescription(),
              u"https://contoso.openai.azure.com/openai/v1/chat/completions"_s);
}

TEST_F(BackendFormTest, SavesTheKeyFirstAndNeverShowsItAgain) {
    form.createNew();
    type(field("name"), u"east"_s);
    type(field("endpoint"), u"contoso.openai.azure.com"_s);
    type(field("deployment"), u"gpt-4o"_s);
    type(field("key"), canary);
    save();

    const Config config = desk.now();
    ASSERT_TRUE(config.findBackend(u"east"_s));
    EXPECT_EQ(config.findBackend(u"east"_s)->auth, (Auth{Auth::Kind::Keychain, u"east"_s, {}}));
    EXPECT_EQ(Desk::stored(desk.keychain, u"east"_s), canary.toUtf8());
    EXPECT_FALSE(desk.fileText().contains(canary.toUtf8()));

    form.edit(*config.findBackend(u"east"_s));
    EXPECT_TRUE(field("key")->text().isEmpty());
    ASSERT_TRUE(waitUntil([&] { return field("key")->placeholderText().contains(u"keychain"_s); }));
    for (QLineEdit *edit : form.findChildren<QLineEdit *>())
        EXPECT_FALSE(edit->text().contains(canary)) << qPrintable(edit->objectName());
    EXPECT_FALSE(form.isDirty());
}

TEST_F(BackendFormTest, AnEmptyKeyFieldLeavesTheStoredKey) {

    form.edit(desk.now().backends.first());
    type(field("key"), canary);
    save();
    form.edit(desk.now().backends.first());
    type(field("deployment"), u"gpt-4.1"_s);
    save();
    EXPECT_EQ(Desk::stored(desk.keychain, u"azure-openai"_s), canary.toUtf8());
    EXPECT_EQ(desk.now().backends.first().deploymentName, u"gpt-4.1"_s);
}

TEST_F(BackendFormTest, WithoutAKeychainNothingIsSavedUntilTheSessionIsChosen) {
    desk.keychain.missing = true;
    form.edit(desk.now().backends.first());
    type(field("deployment"), u"gpt-4.1"_s);
    type(field("key"), canary);
    click(find(&form, "save"));
    ASSERT_TRUE(waitUntil([&] { return form.message()->isSet(); }));
    EXPECT_TRUE(form.message()->text().contains(u"keychain"_s));
    EXPECT_EQ(desk.now().backends.first().deploymentName, u"gpt-4.1-mini"_s);
    EXPECT_TRUE(Desk::stored(desk.session, u"azure-openai"_s).isEmpty());
    EXPECT_TRUE(form.isDirty());

    click(buttonSaying(&form, u"Keep the key for this session only"_s));
    ASSERT_TRUE(waitUntil([&] { return !saved.isEmpty(); }));
    EXPECT_EQ(Desk::stored(desk.session, u"azure-openai"_s), canary.toUtf8());
    EXPECT_EQ(desk.now().backends.first().deploymentName, u"gpt-4.1"_s);
    EXPECT_FALSE(desk.fileText().contains(canary.toUtf8()));
}

struct Mistake {
    const char *field;
    const char *value;
};

class BackendFormMistakes : public BackendFormTest, public testing::WithParamInterface<Mistake> {};

TEST_P(BackendFormMistakes, AreToldBesideTheField) {
    form.edit(desk.now().backends.first());
    QLineEdit *edit = find<QComboBox>(&form, "apiVersion")->lineEdit();
    if (QByteArray(GetParam().field) != "apiVersion")
        edit = field(GetParam().field);
    type(edit, QString::fromUtf8(GetParam().value));
    EXPECT_FALSE(errorAt(GetParam().field).isEmpty());
    click(find(&form, "save"));
    EXPECT_TRUE(form.isDirty());
    EXPECT_EQ(desk.now(), smallConfig());
}

INSTANTIATE_TEST_SUITE_P(All, BackendFormMistakes,
                         testing::Values(Mistake{"name", ""}, Mistake{"endpoint", ""},
                                         Mistake{"endpoint", "http://contoso.com"},
                                         Mistake{"deployment", ""}, Mistake{"apiVersion", "2024"}));

TEST_F(BackendFormTest, ATakenNameIsToldAtOnce) {
    form.createNew();
    type(field("name"), u"azure-openai"_s);
    EXPECT_TRUE(errorAt("name").contains(u"another backend"_s));
}

TEST_F(BackendFormTest, UntouchedFieldsOfANewBackendDoNotComplain) {
    form.createNew();
    EXPECT_TRUE(errorAt("name").isEmpty());
    EXPECT_TRUE(errorAt("endpoint").isEmpty());
    click(find(&form, "save"));
    EXPECT_FALSE(errorAt("name").isEmpty());
    EXPECT_FALSE(errorAt("endpoint").isEmpty());
}

TEST_F(BackendFormTest, AChangeOnDiskIsToldNotOverwritten) {
    form.edit(desk.now().backends.first());
    QObject::connect(&desk.config, &ConfigStore::changed, &form, &BackendForm::followConfig);
    type(field("deployment"), u"mine"_s);
    Config theirs = smallConfig();
    theirs.backends.first().deploymentName = u"theirs"_s;
    desk.rewriteFile(writeConfig(theirs));
    ASSERT_TRUE(waitUntil([&] { return form.message()->isSet(); }));
    EXPECT_EQ(field("deployment")->text(), u"mine"_s);

    click(buttonSaying(&form, u"Reload"_s));
    EXPECT_EQ(field("deployment")->text(), u"theirs"_s);
    EXPECT_FALSE(form.isDirty());
}

TEST_F(BackendFormTest, EditsCanBeKeptOverAChangeOnDisk) {
    form.edit(desk.now().backends.first());
    QObject::connect(&desk.config, &ConfigStore::changed, &form, &BackendForm::followConfig);
    type(field("deployment"), u"mine"_s);
    Config theirs = smallConfig();
    theirs.backends.first().apiVersion = u"2024-10-21"_s;
    theirs.backends.append(azureBackend(u"east"_s));
    desk.rewriteFile(writeConfig(theirs));
    ASSERT_TRUE(waitUntil([&] { return form.message()->isSet(); }));
    click(buttonSaying(&form, u"Keep my edits"_s));
    save();
    EXPECT_EQ(desk.now().backends.first().deploymentName, u"mine"_s);
    EXPECT_TRUE(desk.now().findBackend(u"east"_s));
}

TEST_F(BackendFormTest, ATestThatFindsNobodySaysSo) {
    form.createNew();
    type(field("name"), u"local"_s);
    type(field("endpoint"), u"http://127.0.0.1:9"_s);
    type(field("deployment"), u"gpt"_s);
    type(field("key"), canary);
    click(find(&form, "test"));
    const auto *panel = form.findChild<ConnectionPanel *>();
    EXPECT_TRUE(panel->isRunning());
    ASSERT_TRUE(waitUntil([&] { return panel->outcome()->isSet(); }));
    EXPECT_EQ(panel->outcome()->kind(), MessageKind::Error);
    EXPECT_FALSE(panel->outcome()->text().contains(canary));
}

TEST_F(BackendFormTest, ATestUsesTheStoredKeyAndSaysWhenThereIsNone) {
    form.edit(desk.now().backends.first());
    click(find(&form, "test"));
    const auto *panel = form.findChild<ConnectionPanel *>();
    ASSERT_TRUE(waitUntil([&] { return panel->outcome()->isSet(); }));
    EXPECT_TRUE(panel->outcome()->text().contains(u"azure-openai"_s))
        << qPrintable(panel->outcome()->text());
}

TEST_F(BackendFormTest, TheSimulatorCanBeTested) {
    Backend simulator = azureBackend(u"Simulator"_s);
    simulator.endpoint = simulatorEndpoint;
    simulator.apiVersion = u"v1"_s;
    simulator.auth = {Auth::Kind::None, {}, {}};
    form.edit(simulator);
    QSignalSpy tested(&form, &BackendForm::tested);
    click(find(&form, "test"));
    ASSERT_TRUE(waitUntil([&] { return !tested.isEmpty(); }));
    EXPECT_EQ(form.findChild<ConnectionPanel *>()->outcome()->kind(), MessageKind::Success);
}

TEST_F(BackendFormTest, TabGoesThroughTheFieldsThenTheFoot) {
    form.edit(desk.now().backends.first());
    form.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return form.isActiveWindow(); }));
    type(field("deployment"), u"edited"_s); // so that Save and Discard can be reached
    field("name")->setFocus();
    QStringList order;
    for (int i = 0; i < 17; ++i) {
        const QWidget *widget = QApplication::focusWidget();
        const QString name = widget->objectName();
        order.append(name.isEmpty() ? widget->accessibleName() : name);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    EXPECT_EQ(order.join(u", "_s).toStdString(),
              "name, Provider: Azure OpenAI, endpoint, deployment, apiVersion, signIn, key, "
              "secretName, upstream, Copy the upstream URL, advancedLine, test, discard, save, "
              "duplicate, remove, name");
}

TEST_F(BackendFormTest, EveryControlHasAName) {
    form.edit(desk.now().backends.first());
    for (QWidget *widget : form.findChildren<QWidget *>())
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus && !widget->focusProxy() &&
            widget->objectName() != u"qt_spinbox_lineedit"_s &&
            !qobject_cast<QComboBox *>(widget->parentWidget())) {
            auto *button = qobject_cast<QPushButton *>(widget);
            EXPECT_FALSE(widget->accessibleName().isEmpty() &&
                         !(button && !button->text().isEmpty()))
                << widget->metaObject()->className() << ' ' << qPrintable(widget->objectName());
        }
}

} // namespace quaygate::test
