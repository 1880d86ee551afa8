#include "app/simulate_options.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate {
namespace {

TEST(SimulateOptions, WithoutAnyAreTheDemo) {
    const Result<SimulateOptions> options = readSimulateOptions({});
    ASSERT_TRUE(options.ok());
    EXPECT_EQ(options->settings.port, 0);
    EXPECT_TRUE(options->settings.key.isEmpty());
    const QList<SimulatedDeployment> demo = SimulatorSettings::demoDeployments();
    ASSERT_EQ(options->settings.deployments.size(), demo.size());
    EXPECT_EQ(options->settings.deployments[0].model, u"gpt-4.1-mini"_s);
    for (const SimulatedDeployment &deployment : demo)
        EXPECT_TRUE(simulateHelp().contains(deployment.name)) << deployment.name.toStdString();
}

TEST(SimulateOptions, AreRead) {
    const Result<SimulateOptions> options =
        readSimulateOptions({u"--port"_s, u"8123"_s, u"--key"_s, u"made-up"_s, u"--deployment"_s,
                             u"a=gpt-4o"_s, u"--deployment=b=gpt-5;429-ms;retry=1;every=2"_s});
    ASSERT_TRUE(options.ok()) << options.error().message.toStdString();
    const SimulatorSettings &settings = options->settings;
    EXPECT_EQ(settings.port, 8123);
    EXPECT_EQ(settings.key.reveal(), "made-up");
    ASSERT_EQ(settings.deployments.size(), 2);
    EXPECT_EQ(settings.deployments[0].name, u"a"_s);
    EXPECT_EQ(settings.deployments[0].fault, QString());
    EXPECT_EQ(settings.deployments[1].model, u"gpt-5"_s);
    EXPECT_EQ(settings.deployments[1].fault, u"429-ms;retry=1;every=2"_s);
}

TEST(SimulateOptions, TakeTheKeyFromTheEnvironment) {
    qputenv("QUAYGATE_TEST_SIMULATOR_KEY", "from-the-environment");
    const auto options = readSimulateOptions({u"--key-env"_s, u"QUAYGATE_TEST_SIMULATOR_KEY"_s});
    qunsetenv("QUAYGATE_TEST_SIMULATOR_KEY");
    ASSERT_TRUE(options.ok());
    EXPECT_EQ(options->settings.key.reveal(), "from-the-environment");

    const auto unset = readSimulateOptions({u"--key-env"_s, u"QUAYGATE_TEST_SIMULATOR_KEY"_s});
    ASSERT_FALSE(unset.ok());
    EXPECT_EQ(unset.error().code, ErrorCode::VariableNotSet);
    EXPECT_TRUE(unset.error().message.contains(u"QUAYGATE_TEST_SIMULATOR_KEY"_s));
}

TEST(SimulateOptions, TakeTheLifetimeOfTokens) {
    EXPECT_FALSE(readSimulateOptions({})->settings.tokenLifetime);
    EXPECT_EQ(readSimulateOptions({u"--token-lifetime=90"_s})->settings.tokenLifetime,
              std::chrono::seconds(90));
}

TEST(SimulateOptions, ThatAreWrongAreRefused) {
    const QList<QStringList> wrong{{u"--port"_s, u"65536"_s},
                                   {u"--port"_s, u"-1"_s},
                                   {u"--port"_s, u"http"_s},
                                   {u"--port"_s},
                                   {u"--nothing"_s},
                                   {u"--token-lifetime=0"_s},
                                   {u"--token-lifetime=soon"_s},
                                   {u"extra"_s},
                                   {u"--deployment"_s, u"a"_s},
                                   {u"--deployment"_s, u"=gpt-4o"_s},
                                   {u"--deployment"_s, u"a="_s},
                                   {u"--deployment"_s, u"a=gpt-4o;nonsense"_s},
                                   {u"--key=a"_s, u"--key-env=HOME"_s},
                                   {u"--deployment=a=gpt-4o"_s, u"--deployment=A=gpt-5"_s}};
    for (const QStringList &arguments : wrong) {
        const auto options = readSimulateOptions(arguments);
        EXPECT_FALSE(options.ok()) << arguments.join(u' ').toStdString();
    }
}

TEST(SimulateOptions, HelpNamesEveryOne) {
    EXPECT_TRUE(readSimulateOptions({u"--help"_s})->help);
    for (const QString &option :
         {u"--port"_s, u"--key-env"_s, u"--key "_s, u"--deployment"_s, u"--token-lifetime"_s})
        EXPECT_TRUE(simulateHelp().contains(option));
}

} // namespace
} // namespace quaygate
