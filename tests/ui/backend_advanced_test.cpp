#include "gateway/config/config_json.h"
#include "tests/ui/form_desk.h"
#include "ui/backends/advanced_fields.h"
#include "ui/backends/advanced_summary.h"
#include "ui/widgets/segmented.h"

#include <QCheckBox>
#include <QFileDialog>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate::test {

namespace {

class AdvancedForm : public BackendFormDesk {
protected:
    void open() {
        form.edit(desk.now().backends.first());
        openAdvanced();
    }

    AdvancedFields *advanced() { return find<AdvancedFields>(&form, "advanced"); }
    const Backend &saved1() { return *desk.config.snapshot()->findBackend(u"azure-openai"_s); }
};

/// Everything that the section has a field for is not as usual.
Backend unusual() {
    Backend backend = azureBackend();
    backend.auth.header = u"Ocp-Apim-Subscription-Key"_s;
    backend.headers = {{u"X-Team"_s, u"blue"_s}, {u"X-Cost-Center"_s, u" 4711 "_s}};
    backend.timeouts.connect = 3s;
    backend.timeouts.firstByte = 1500ms;
    backend.timeouts.idle = 0ms;
    backend.timeouts.total = 20min;
    backend.timeouts.unknown = {{u"write"_s, "\"1s\""_ba}};
    backend.tls.caFile = u"/etc/ssl/company ca.pem"_s;
    backend.tls.minVersion = u"1.3"_s;
    backend.tls.unknown = {{u"pins"_s, "[]"_ba}};
    backend.http2 = !Backend().http2;
    backend.proxy = u"socks5h://127.0.0.1:1080"_s;
    backend.maxConnections = 8;
    backend.unknown = {{u"weight"_s, "1.50"_ba}};
    backend.rateLimit = {{5, 0, RateLimit::Per::Second, 2, {{u"note"_s, "1"_ba}}},
                         {0, 900, RateLimit::Per::Hour}};
    return backend;
}

} // namespace

TEST_F(AdvancedForm, IsFoldedAndSaysWhatIsNotAsUsual) {
    form.edit(desk.now().backends.first());
    EXPECT_FALSE(advanced()->isOpen());
    EXPECT_FALSE(field("proxy")->isVisible());
    EXPECT_EQ(advanced()->summary(), u"all as usual"_s);
    form.edit(unusual());
    EXPECT_FALSE(advanced()->isOpen());
    EXPECT_TRUE(advanced()->summary().contains(u"2 request headers, proxy"_s))
        << qPrintable(advanced()->summary());
    EXPECT_EQ(advancedSummary(azureBackend()), QString());
}

TEST_F(AdvancedForm, EmptyIsAsUsualAndTheUsualIsShown) {
    open();
    EXPECT_TRUE(field("timeout-connect")->text().isEmpty());
    EXPECT_EQ(field("timeout-connect")->placeholderText(), u"10s"_s);
    EXPECT_EQ(field("timeout-firstByte")->placeholderText(), u"10m"_s);
    EXPECT_EQ(field("timeout-total")->placeholderText(), u"no limit"_s);
    EXPECT_EQ(field("maxConnections")->placeholderText(), u"no limit"_s);
    EXPECT_EQ(find<QCheckBox>(&form, "http2")->isChecked(), Backend().http2);
    EXPECT_EQ(form.draft(), desk.now().backends.first());
}

TEST_F(AdvancedForm, WhatIsTypedIsSaved) {
    open();
    type(field("proxy"), u"http://proxy.corp:3128"_s);
    type(field("caFile"), u"/etc/ssl/corp.pem "_s);
    press(buttonSaying(&form, u"TLS 1.3"_s));
    type(field("maxConnections"), u"8"_s);
    QTest::keyClick(find<QCheckBox>(&form, "http2"), Qt::Key_Space);
    type(field("timeout-connect"), u"500ms"_s);
    type(field("timeout-total"), u"2m"_s);
    press(find(&form, "headerAdd"));
    type(field("headerName1"), u"X-Team"_s);
    type(field("headerValue1"), u"blue"_s);
    save();

    Backend expected = azureBackend();
    expected.proxy = u"http://proxy.corp:3128"_s;
    expected.tls.caFile = u"/etc/ssl/corp.pem"_s;
    expected.tls.minVersion = u"1.3"_s;
    expected.maxConnections = 8;
    expected.http2 = !Backend().http2;
    expected.timeouts.connect = 500ms;
    expected.timeouts.total = 2min;
    expected.headers = {{u"X-Team"_s, u"blue"_s}};
    EXPECT_EQ(desk.now().backends.first(), expected);
}

TEST_F(AdvancedForm, NothingOfAFileIsLost) {
    Config config = smallConfig();
    config.backends = {unusual()};
    const ParsedConfig parsed = parseConfig(writeConfig(config));
    ASSERT_TRUE(parsed.problems.isEmpty()) << qPrintable(describe(parsed.problems));
    form.edit(parsed.config.backends.first());
    EXPECT_EQ(form.draft(), unusual());
    EXPECT_FALSE(form.isDirty());
    EXPECT_EQ(field("headerValue2")->text(), u" 4711 "_s);
    EXPECT_EQ(field("timeout-firstByte")->text(), u"1500ms"_s);
    EXPECT_EQ(field("timeout-idle")->text(), u"0s"_s);
    type(field("deployment"), u"other"_s);
    save();
    Backend expected = unusual();
    expected.deploymentName = u"other"_s;
    EXPECT_EQ(desk.now().backends.first(), expected);
}

TEST_F(AdvancedForm, WhatIsEmptiedIsAsUsualAgain) {
    Config config = smallConfig();
    config.backends.first().timeouts.connect = 3s;
    config.backends.first().maxConnections = 8;
    config.backends.first().headers = {{u"X-A"_s, u"1"_s}, {u"X-B"_s, u"2"_s}};
    form.edit(config.backends.first());
    openAdvanced();
    type(field("timeout-connect"), {});
    type(field("maxConnections"), {});
    press(find(&form, "headerRemove1"));
    EXPECT_EQ(form.draft().timeouts, BackendTimeouts());
    EXPECT_EQ(form.draft().maxConnections, 0);
    EXPECT_EQ(form.draft().headers, (QList<BackendHeader>{{u"X-B"_s, u"2"_s}}));
    EXPECT_TRUE(form.isDirty());
}

struct AdvancedMistake {
    const char *test;
    const char *control;
    QString typed;
    QString said;
};

class AdvancedMistakes : public AdvancedForm,
                         public testing::WithParamInterface<AdvancedMistake> {};

TEST_P(AdvancedMistakes, AreToldBesideTheFieldAndNotSaved) {
    open();
    type(field(GetParam().control), GetParam().typed);
    EXPECT_TRUE(errorAt(GetParam().control).contains(GetParam().said))
        << qPrintable(errorAt(GetParam().control));
    EXPECT_TRUE(form.isDirty());
    openAdvanced();
    click(find(&form, "save"));
    EXPECT_TRUE(field(GetParam().control)->isVisible()); // the section is open again
    EXPECT_EQ(desk.now(), smallConfig());
    form.discard();
    EXPECT_FALSE(form.isDirty());
    EXPECT_TRUE(errorAt(GetParam().control).isEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    All, AdvancedMistakes,
    testing::Values(AdvancedMistake{"Duration", "timeout-connect", u"10"_s, u"a duration"_s},
                    AdvancedMistake{"TooLong", "timeout-total", u"25h"_s, u"at most 24h"_s},
                    AdvancedMistake{"Number", "maxConnections", u"many"_s, u"0 to 10000"_s},
                    AdvancedMistake{"Range", "maxConnections", u"10001"_s, u"0 to 10000"_s},
                    AdvancedMistake{"Proxy", "proxy", u"proxy.corp"_s, u"must be a URL"_s},
                    AdvancedMistake{"Password", "proxy", u"http://a:b@proxy.corp:1"_s,
                                    u"password must not stand"_s},
                    AdvancedMistake{"Header", "auth-header", u"no name"_s,
                                    u"not the key itself"_s}),
    [](const auto &info) { return std::string(info.param.test); });

TEST_F(AdvancedForm, AWrongHeaderIsToldAtItsLine) {
    open();
    press(find(&form, "headerAdd"));
    type(field("headerName1"), u"X-Fine"_s);
    type(field("headerValue1"), u"1"_s);
    press(find(&form, "headerAdd"));
    type(field("headerName2"), u"api-key"_s);
    type(field("headerValue2"), u"2"_s);
    EXPECT_FALSE(field("headerName1")->property("invalid").toBool());
    EXPECT_TRUE(field("headerName2")->property("invalid").toBool());
    EXPECT_TRUE(field("headerName2")->accessibleDescription().contains(u"credential"_s));
    click(find(&form, "save"));
    EXPECT_EQ(desk.now(), smallConfig());
    press(find(&form, "headerRemove2"));
    save();
    EXPECT_EQ(desk.now().backends.first().headers, (QList<BackendHeader>{{u"X-Fine"_s, u"1"_s}}));
}

TEST_F(AdvancedForm, AnEmptyLineIsNoHeader) {
    open();
    press(find(&form, "headerAdd"));
    EXPECT_TRUE(form.draft().headers.isEmpty());
    EXPECT_FALSE(form.isDirty());
}

TEST_F(AdvancedForm, TabGoesThroughTheLinesOfATable) {
    open();
    form.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return form.isActiveWindow(); }));
    press(find(&form, "headerAdd"));
    press(find(&form, "headerAdd"));
    field("headerName1")->setFocus();
    QStringList order;
    for (int i = 0; i < 8; ++i) {
        order.append(QApplication::focusWidget()->objectName());
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
    }
    EXPECT_EQ(order.join(u", "_s).toStdString(),
              "headerName1, headerValue1, headerRemove1, headerName2, headerValue2, "
              "headerRemove2, headerAdd, proxy");
}

TEST_F(AdvancedForm, TheFileOfAuthoritiesCanBeChosen) {
    open();
    const QString file = desk.folder.filePath(u"corp.pem"_s);
    QFile pem(file);
    ASSERT_TRUE(pem.open(QIODevice::WriteOnly));
    pem.close();
    press(find(&form, "chooseCaFile"));
    auto *dialog = dialogInFront<QFileDialog>();
    ASSERT_NE(dialog, nullptr);
    emit dialog->fileSelected(file);
    dialog->close();
    EXPECT_EQ(form.draft().tls.caFile, file);
    EXPECT_TRUE(form.isDirty());
}

TEST_F(AdvancedForm, EveryControlHasAName) {
    open();
    press(find(&form, "headerAdd"));
    for (QWidget *widget : form.findChildren<QWidget *>())
        if (widget->isVisible() && (widget->focusPolicy() & Qt::TabFocus) &&
            !widget->focusProxy() && !qobject_cast<QComboBox *>(widget->parentWidget())) {
            auto *button = qobject_cast<QAbstractButton *>(widget);
            EXPECT_FALSE(widget->accessibleName().isEmpty() &&
                         !(button && !button->text().isEmpty()))
                << widget->metaObject()->className() << ' ' << qPrintable(widget->objectName());
        }
}

TEST_F(AdvancedForm, TheProviderIsChosen) {
    open();
    press(buttonSaying(&form, u"Claude on Foundry"_s));
    EXPECT_FALSE(find<QComboBox>(&form, "apiVersion")->isVisible());
    EXPECT_EQ(find<QLineEdit>(&form, "upstream")->accessibleDescription(),
              u"https://my-endpoint.cognitiveservices.azure.com/anthropic/v1/messages"_s);
    save();
    EXPECT_EQ(saved1().provider, Provider::Anthropic);
    EXPECT_EQ(saved1().apiVersion, azureBackend().apiVersion);
    form.edit(saved1());
    EXPECT_EQ(find<Segmented>(&form, "provider")->current(), 1);
    EXPECT_EQ(form.draft(), saved1());
}

} // namespace quaygate::test
