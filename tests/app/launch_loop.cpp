#include "app/single_instance.h"

#include <QCoreApplication>
#include <QFile>
#include <QTextStream>

#include <cstdio>

using namespace quaygate;

/// `launch_loop FILE MILLISECONDS`: claims the configuration file. The first one says "first" and a
/// line for each wish until it is ended; a later one says "later" and is done.
int main(int argc, char *argv[]) {
    QCoreApplication application(argc, argv);
    QTextStream out(stdout);
    SingleInstance instance(application.arguments().at(1));
    QObject::connect(&instance, &SingleInstance::wished, &instance,
                     [&out](const LaunchWish &wish) { out << wishToLine(wish) << Qt::endl; });
    LaunchWish wish;
    wish.playground = true;
    wish.activationToken = "token";
    const auto role =
        instance.claim(wish, std::chrono::milliseconds(application.arguments().at(2).toInt()));
    if (!role) {
        QTextStream(stderr) << role.error().message << Qt::endl;
        return 1;
    }
    out << (*role == SingleInstance::Role::First ? "first" : "later") << Qt::endl;
    return *role == SingleInstance::Role::First ? QCoreApplication::exec() : 0;
}
