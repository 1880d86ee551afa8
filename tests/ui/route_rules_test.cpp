#include "gateway/config/config_json.h"
#include "tests/config/sample_config.h"
#include "tests/ui/desk.h"
#include "tests/ui/hands.h"
#include "ui/routes/route_edits.h"
#include "ui/routes/route_form.h"
#include "ui/widgets/fold.h"
#include "ui/widgets/form_field.h"

#include <QCheckBox>
#include <QComboBox>
#include <QPlainTextEdit>
#include <QSignalSpy>

// What the form of a route does with several backends, with failures and with rules.

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace quaygate::test {

namespace {

Config threeBackends() {
    Config config = smallConfig();
    config.backends += {azureBackend(u"west"_s), azureBackend(u"spare"_s)};
    return config;
}

class RouteRules : public testing::Test {
protected:
    explicit RouteRules(const Config &config = threeBackends())
        : desk(config), form(desk.services()), saved(&form, &EditorForm::saved) {
        form.edit(desk.now().routes.first());
        form.resize(800, 3000); // all of it is in sight
        form.show();
    }

    QLineEdit *field(const char *name) { return find<QLineEdit>(&form, name); }
    void open(const char *fold) {
        find<Fold>(&form, fold)->setOpen(true);
        QCoreApplication::processEvents();
    }
    void press(QWidget *button) {
        ASSERT_NE(button, nullptr);
        QTest::keyClick(button, Qt::Key_Space);
        QCoreApplication::processEvents();
    }
    Route save() {
        saved.clear();
        form.save();
        EXPECT_TRUE(waitUntil([&] { return !saved.isEmpty(); }));
        return desk.now().routes.first();
    }
    QString errorAt(const QString &name) {
        QWidget *widget = find<QWidget>(&form, qPrintable(name));
        return widget ? widget->accessibleDescription() : QString();
    }

    Desk desk;
    RouteForm form;
    QSignalSpy saved;
};

} // namespace

TEST_F(RouteRules, BackendsAreAddedWeightedAndRemoved) {
    press(find(&form, "backendAdd"));
    EXPECT_EQ(find<QComboBox>(&form, "backendName2")->currentText(), u"west"_s);
    press(find(&form, "backendAdd"));
    EXPECT_EQ(find<QComboBox>(&form, "backendName3")->currentText(), u"spare"_s);
    type(field("backendWeight1"), u"3"_s);
    type(field("backendPriority3"), u"1"_s);
    EXPECT_EQ(find<FormField>(&form, "backend")->hint(),
              u"Asked first: azure-openai (75 %) and west (25 %). When these fail: spare."_s);
    const QList<RouteBackend> expected{{u"azure-openai"_s, 3}, {u"west"_s}, {u"spare"_s, 1, 1}};
    EXPECT_EQ(save().backends, expected);
    press(find(&form, "backendRemove2"));
    EXPECT_EQ(save().backends, (QList<RouteBackend>{expected[0], expected[2]}));
}

TEST_F(RouteRules, TheSameBackendTwiceIsToldAtItsLine) {
    press(find(&form, "backendAdd"));
    find<QComboBox>(&form, "backendName2")->setCurrentText(u"azure-openai"_s);
    EXPECT_TRUE(errorAt(u"backendName2"_s).contains(u"stands twice"_s));
    EXPECT_EQ(errorAt(u"backendName1"_s), QString());
    type(field("backendWeight1"), u"many"_s);
    EXPECT_TRUE(errorAt(u"backendWeight1"_s).contains(u"from 0 to 1000"_s));
    QSignalSpy failed(&form, &EditorForm::saveFailed);
    form.save();
    EXPECT_EQ(failed.size(), 1);
    EXPECT_EQ(desk.now(), threeBackends());
}

TEST_F(RouteRules, WhatARequestMustHaveIsSaved) {
    open("match");
    type(field("matchPath"), u"/chat/completions"_s);
    press(find(&form, "matchModelAdd"));
    type(field("matchModelText1"), u"gpt-4*"_s);
    press(find(&form, "matchHeaderAdd"));
    type(field("matchHeaderName1"), u"X-Team"_s);
    type(field("matchHeaderValue1"), u"blue"_s);
    const RouteMatch expected{
        u"/azure-openai"_s, u"/chat/completions"_s, {{u"X-Team"_s, u"blue"_s}}, {u"gpt-4*"_s}};
    EXPECT_EQ(save().match, expected);
    type(field("matchModelText1"), u"*a*"_s);
    EXPECT_TRUE(errorAt(u"matchModelText1"_s).contains(u"at most one *"_s));
    type(field("matchHeaderName1"), u"Authorization"_s);
    EXPECT_TRUE(errorAt(u"matchHeaderName1"_s).contains(u"credential"_s));
    type(field("matchPath"), u"chat"_s);
    EXPECT_TRUE(errorAt(u"matchPath"_s).contains(u"start with"_s));
}

TEST_F(RouteRules, WhatHappensWhenABackendFailsIsSaved) {
    open("failure");
    EXPECT_FALSE(field("retryAttempts")->isVisible());
    press(find<QCheckBox>(&form, "retry"));
    EXPECT_EQ(field("retryStatuses")->text(), u"408, 429, 500, 502, 503, 504"_s);
    type(field("retryAttempts"), u"5"_s);
    type(field("retryStatuses"), u"429 503"_s);
    type(field("retryBackoff"), u"250ms"_s);
    type(field("cooldownFailures"), u"2"_s);
    type(field("cooldownDuration"), u"1m"_s);
    type(field("routeFirstByte"), u"30s"_s);
    type(field("routeTotal"), u"10m"_s);
    Route route = save();
    EXPECT_EQ(route.retry, (Retry{5, {429, 503}, 250ms, 20s}));
    EXPECT_EQ(route.cooldown, (Cooldown{2, 1min}));
    EXPECT_EQ(route.timeouts, (RouteTimeouts{30s, 10min}));
    type(field("retryStatuses"), u"5xx"_s);
    EXPECT_TRUE(errorAt(u"retryStatuses"_s).contains(u"429, 503"_s));
    type(field("retryStatuses"), u"200"_s);
    EXPECT_TRUE(errorAt(u"retryStatuses"_s).contains(u"from 400 to 599"_s));
    press(find<QCheckBox>(&form, "retry"));
    EXPECT_EQ(save().retry, std::nullopt);
}

TEST_F(RouteRules, FieldsOfTheBodyAreCheckedAsJson) {
    open("bodyRules");
    press(find(&form, "defaultAdd"));
    type(field("defaultName1"), u"temperature"_s);
    type(field("defaultValue1"), u"0.20"_s);
    press(find(&form, "overrideAdd"));
    type(field("overrideName1"), u"user"_s);
    type(field("overrideValue1"), u"me"_s);
    EXPECT_TRUE(errorAt(u"overrideName1"_s).contains(u"not JSON"_s));
    type(field("overrideValue1"), u"\"me\""_s);
    EXPECT_EQ(errorAt(u"overrideName1"_s), QString());
    const Route route = save();
    EXPECT_EQ(route.rules.defaults, (QList<BodyField>{{u"temperature"_s, "0.20"_ba}}));
    EXPECT_EQ(route.rules.overrides, (QList<BodyField>{{u"user"_s, "\"me\""_ba}}));
    EXPECT_EQ(find<Fold>(&form, "bodyRules")->summary(), u"defaults: 1 · overrides: 1"_s);
    type(field("overrideName1"), u"model"_s);
    EXPECT_TRUE(errorAt(u"overrideName1"_s).contains(u"model aliases"_s));
}

TEST_F(RouteRules, MessagesAreAddedAroundTheClients) {
    open("promptRules");
    press(find(&form, "prependAdd"));
    find<QPlainTextEdit>(&form, "prependContent1")->setPlainText(u"Be brief.\nAlways."_s);
    press(find(&form, "appendAdd"));
    find<QComboBox>(&form, "appendRole1")->setCurrentText(u"User"_s);
    QTest::keyClicks(find<QPlainTextEdit>(&form, "appendContent1"), u"In English."_s);
    const PromptRule expected{{{u"system"_s, u"Be brief.\nAlways."_s}},
                              {{u"user"_s, u"In English."_s}}};
    EXPECT_EQ(save().rules.prompt, expected);
    find<QPlainTextEdit>(&form, "appendContent1")->clear();
    press(find(&form, "prependRemove1"));
    EXPECT_TRUE(save().rules.prompt.isEmpty());
}

TEST_F(RouteRules, GuardsAreSetAndTheirPatternsCheckedAsTyped) {
    open("guardRules");
    press(find(&form, "guardRequestAdd"));
    EXPECT_TRUE(field("guardRequestStatus1")->isVisible());
    press(find<QCheckBox>(&form, "guardRequestBuiltin-ssn-1"));
    press(find(&form, "guardRequest1PatternAdd"));
    type(field("guardRequest1PatternText1"), u"secret-("_s);
    EXPECT_TRUE(errorAt(u"guardRequest1PatternText1"_s).contains(u"“)” is missing"_s));
    type(field("guardRequest1PatternText1"), u"secret-\\d+ "_s);
    EXPECT_EQ(errorAt(u"guardRequest1PatternText1"_s), QString());
    type(field("guardRequestStatus1"), u"451"_s);
    type(field("guardRequestMessage1"), u"No secrets."_s);
    press(find(&form, "guardResponseAdd"));
    EXPECT_TRUE(find<FormField>(&form, "guardResponse")->isVisible());
    press(find(&form, "guardResponseAdd"));
    for (QPushButton *button : form.findChildren<QPushButton *>())
        if (button->accessibleName() == u"What becomes of it: Mask"_s)
            button->click(); // of all three
    press(find<QCheckBox>(&form, "guardResponseBuiltin-email-1"));
    press(find<QCheckBox>(&form, "guardStreaming"));
    EXPECT_FALSE(field("guardRequestStatus1")->isVisible());
    // The second guard of answers looks for nothing.
    form.save();
    EXPECT_TRUE(errorAt(u"guardResponseAction2"_s).contains(u"looks for nothing"_s));
    press(find(&form, "guardResponseRemove2"));
    GuardRule request{
        GuardRule::Action::Mask, {u"secret-\\d+ "_s}, {GuardBuiltin::Ssn}, 451, u"No secrets."_s};
    GuardRule response;
    response.action = GuardRule::Action::Mask;
    response.builtins = {GuardBuiltin::Email};
    EXPECT_EQ(save().rules.guard, (Guard{{request}, {response}, false}));
}

/// Also where a table stands within the line of another, folded away while it is filled.
TEST_F(RouteRules, TablesWithinTablesHaveTheRoomTheyNeed) {
    Route route = desk.now().routes.first();
    GuardRule rule;
    rule.patterns = {u"a"_s};
    route.rules.guard.request = {rule, rule};
    RouteForm late(desk.services());
    late.edit(route); // before it was ever shown
    late.resize(500, 700);
    late.show();
    const auto hasRoom = [&](const char *name) {
        const QWidget *control = find<QWidget>(&late, name);
        return control->height() >= control->minimumSizeHint().height();
    };
    find<Fold>(&late, "guardRules")->setOpen(true);
    EXPECT_TRUE(waitUntil([&] { return hasRoom("guardRequest1PatternText1"); }));
    EXPECT_TRUE(waitUntil([&] { return hasRoom("guardRequestBuiltin-ssn-1"); }));
    find(&late, "guardRequest1PatternAdd")->click();
    EXPECT_TRUE(waitUntil([&] { return hasRoom("guardRequest1PatternText2"); }));
    EXPECT_TRUE(hasRoom("guardRequest2PatternText1"));
    late.edit(route); // once more, with the rest in sight
    find<Fold>(&late, "guardRules")->setOpen(true);
    EXPECT_TRUE(waitUntil([&] { return hasRoom("guardRequest2PatternText1"); }));
}

TEST_F(RouteRules, LimitsAndABudgetAreSaved) {
    open("spendingRules");
    press(find(&form, "limitAdd"));
    EXPECT_EQ(find<QComboBox>(&form, "limitKind1")->currentText(), u"requests a minute"_s);
    type(field("limitAmount1"), u"60"_s);
    type(field("limitBurst1"), u"10"_s);
    press(find(&form, "limitAdd"));
    type(field("limitAmount2"), u"100000"_s);
    find<QComboBox>(&form, "limitKind2")->setCurrentText(u"tokens an hour"_s);
    press(find(&form, "limitAdd")); // stays empty, and is left out
    type(field("budgetTokens"), u"5000000000"_s);
    type(field("budgetMoney"), u"20.5"_s);
    type(field("budgetWarnAt"), u"50"_s);
    press(buttonSaying(&form, u"Day"_s));
    const Rules rules = save().rules;
    EXPECT_EQ(rules.rateLimit, (QList<RateLimit>{{60, 0, RateLimit::Per::Minute, 10},
                                                 {0, 100'000, RateLimit::Per::Hour}}));
    EXPECT_EQ(rules.budget, (Budget{5'000'000'000, 20.5, Budget::Per::Day, 0.5}));
    EXPECT_EQ(find<Fold>(&form, "spendingRules")->summary(),
              u"limits: 2 · 5,000,000,000 tokens and $20.5 a day"_s);
    type(field("limitAmount1"), u"0"_s);
    EXPECT_TRUE(errorAt(u"limitAmount1"_s).contains(u"more than 0"_s));
    type(field("budgetMoney"), u"20,5"_s);
    EXPECT_TRUE(errorAt(u"budgetMoney"_s).contains(u"with a point"_s));
    type(field("budgetMoney"), QString());
    type(field("budgetTokens"), QString());
    type(field("limitAmount1"), u"1"_s);
    EXPECT_EQ(save().rules.budget, std::nullopt);
}

TEST_F(RouteRules, SavingLeadsToAMistakeInAClosedPart) {
    open("spendingRules");
    type(field("budgetWarnAt"), u"200"_s);
    find<Fold>(&form, "spendingRules")->setOpen(false);
    form.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return form.isActiveWindow(); }));
    form.save();
    EXPECT_TRUE(find<Fold>(&form, "spendingRules")->isOpen());
    EXPECT_TRUE(waitUntil([&] { return field("budgetWarnAt")->hasFocus(); }));
    EXPECT_EQ(desk.now(), threeBackends());
}

TEST_F(RouteRules, NothingOfAFileIsLost) {
    for (const Config &config : {completeConfig(), fullConfig()}) {
        const ParsedConfig parsed = parseConfig(writeConfig(config));
        ASSERT_TRUE(parsed.problems.isEmpty()) << qPrintable(describe(parsed.problems));
        desk.rewriteFile(writeConfig(config));
        ASSERT_TRUE(waitUntil([&] { return desk.now() == config; }));
        form.edit(config.routes.first());
        EXPECT_EQ(form.draft(), config.routes.first());
        EXPECT_FALSE(form.isDirty());
        type(field("prefix"), u"/other"_s);
        Route expected = config.routes.first();
        expected.match.pathPrefix = u"/other"_s;
        EXPECT_EQ(save(), expected);
    }
}

TEST_F(RouteRules, TabGoesThroughLinesThatWereAddedLate) {
    press(find(&form, "backendAdd"));
    form.activateWindow();
    ASSERT_TRUE(waitUntil([&] { return form.isActiveWindow(); }));
    find(&form, "backendRemove1")->setFocus();
    QStringList names;
    for (int i = 0; i < 5; ++i) {
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);
        names.append(QApplication::focusWidget()->objectName());
    }
    EXPECT_EQ(names.join(u' '), u"backendName2 backendWeight2 backendPriority2 backendRemove2 "
                                "backendAdd"_s);
}

TEST_F(RouteRules, EveryControlHasANameToBeSpoken) {
    const Config config = completeConfig();
    desk.rewriteFile(writeConfig(config));
    ASSERT_TRUE(waitUntil([&] { return desk.now() == config; }));
    form.edit(config.routes.first());
    for (Fold *fold : form.findChildren<Fold *>())
        fold->setOpen(true);
    QCoreApplication::processEvents();
    for (QWidget *widget : form.findChildren<QWidget *>()) {
        if (!widget->isVisible() || !(widget->focusPolicy() & Qt::TabFocus))
            continue;
        const auto *button = qobject_cast<QPushButton *>(widget);
        const bool isPartOfAChoice = qobject_cast<QComboBox *>(widget->parentWidget());
        EXPECT_TRUE(isPartOfAChoice || (button && !button->text().isEmpty()) ||
                    !widget->accessibleName().isEmpty())
            << widget->metaObject()->className() << qPrintable(widget->objectName());
    }
}

TEST(RouteEdits, AnotherRoutesNameIsToldOfTheRouteEdited) {
    Config config = smallConfig();
    config.routes += routeTo(u"azure-openai"_s, u"second"_s);
    Route route = config.routes.first();
    route.name = u"second"_s;
    const Problems problems = routeProblems(config, u"azure-openai"_s, route);
    ASSERT_EQ(problems.size(), 1);
    EXPECT_EQ(problems.first().pointer, u"/name"_s);
}

TEST(RouteEdits, ARenamedRouteTakesItsClientKeysAlong) {
    Config config = smallConfig();
    config.clientKeys = {{u"a"_s, {}, {u"azure-openai"_s, u"azure*"_s}}, {u"b"_s, {}}};
    Route route = config.routes.first();
    route.name = u"new"_s;
    const Config after = withRoute(config, u"azure-openai"_s, route);
    EXPECT_EQ(after.clientKeys[0].routes, (QStringList{u"new"_s, u"azure*"_s}));
    EXPECT_EQ(after.clientKeys[1].routes, QStringList(u"*"_s));
}

} // namespace quaygate::test
