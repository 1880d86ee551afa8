#include "gateway/config/config_store.h"
#include "tests/config/sample_config.h"

#include <QCoreApplication>

#include <cstdio>

/// Saves a small and a large configuration to the given file in turn, for ever, and prints a line
/// after each save. A test kills it in the middle of one.
namespace {

using namespace quaygate;

void saveNext(ConfigStore &store, int count) {
    store.save(count % 2 == 0 ? test::largeConfig() : test::documentedConfig(),
               [&store, count](const Result<void> &saved) {
                   if (!saved) {
                       std::fprintf(stderr, "%s\n", qPrintable(saved.error().message));
                       QCoreApplication::exit(1);
                       return;
                   }
                   std::puts("saved");
                   std::fflush(stdout);
                   saveNext(store, count + 1);
               });
}

} // namespace

int main(int argc, char *argv[]) {
    QCoreApplication application(argc, argv);
    ConfigStore store(application.arguments().at(1));
    QObject::connect(&store, &ConfigStore::loaded, &store, [&store] { saveNext(store, 0); });
    store.load();
    return QCoreApplication::exec();
}
