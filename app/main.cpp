#include "app/command_line.h"

int main(int argc, char *argv[]) {
    return quaygate::runCommandLine(argc, argv);
}
