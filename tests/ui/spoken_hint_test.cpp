#include "tests/support/raw_client.h"
#include "tests/ui/form_desk.h"

#include <QLabel>

using namespace Qt::StringLiterals;

namespace quaygate::test {

namespace {

Config codexConfig() {
    Config config = smallConfig();
    config.backends[0].endpoint = simulatorEndpoint;
    config.backends[0].deploymentName = u"gpt-5-codex"_s;
    config.backends[0].apiVersion = u"v1"_s;
    config.backends[0].auth = {Auth::Kind::None, {}, {}};
    return config;
}

QString hintOf(const QWidget &form) {
    for (const QLabel *label : form.findChildren<QLabel *>())
        if (label->isVisible() && label->text().contains(u"responses only"_s))
            return label->text();
    return {};
}

} // namespace

TEST(SpokenHint, TheFormTellsWhatTheGatewayHasFoundOut) {
    Desk desk(codexConfig());
    BackendForm form(desk.services());
    form.resize(520, 700);
    form.show();
    form.edit(desk.now().backends[0]);
    EXPECT_EQ(hintOf(form), QString());

    desk.gateway.apply(desk.config.snapshot());
    desk.gateway.start();
    ASSERT_TRUE(waitUntil([&] { return desk.gateway.state() == Gateway::State::Running; }));
    const QByteArray body = R"({"messages":[{"role":"user","content":"Hi"}]})";
    RawClient client(desk.gateway.port());
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                "Content-Type: application/json\r\nContent-Length: " +
                QByteArray::number(body.size()) + "\r\n\r\n" + body);
    ASSERT_TRUE(client.waitForClose());
    EXPECT_TRUE(client.received().startsWith("HTTP/1.1 200")) << client.received().toStdString();
    EXPECT_TRUE(waitUntil([&] { return !hintOf(form).isEmpty(); }));

    auto *deployment = find<QLineEdit>(&form, "deployment");
    type(deployment, u"x"_s); // another one may answer both
    EXPECT_EQ(hintOf(form), QString());
}

} // namespace quaygate::test
