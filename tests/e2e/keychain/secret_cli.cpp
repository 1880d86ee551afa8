// `quaygate secret` alone, for tests: secret_cli set NAME.
#include "app/commands.h"

#include <QCoreApplication>

int main(int argc, char *argv[]) {
    QCoreApplication application(argc, argv);
    return quaygate::runSecret(application.arguments().mid(1));
}
