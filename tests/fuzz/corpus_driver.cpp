#include "tests/fuzz/target.h"

#include <QDir>
#include <QFile>

#include <cstdio>

// Runs every file of the folders that it is given through a target once: what libFuzzer would do
// with -runs=0, for a compiler that has no libFuzzer.

using namespace Qt::StringLiterals;

namespace {

/// The number of inputs that were run, or -1.
int runFolder(const QString &path) {
    const QDir folder(path);
    const QStringList names = folder.entryList(QDir::Files, QDir::Name);
    for (const QString &name : names) {
        QFile file(folder.filePath(name));
        std::printf("%s\n", qPrintable(file.fileName()));
        std::fflush(stdout); // so that it is known which one ended the program
        if (!file.open(QIODevice::ReadOnly)) {
            std::fprintf(stderr, "%s\n", qPrintable(file.errorString()));
            return -1;
        }
        const QByteArray bytes = file.readAll();
        LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t *>(bytes.constData()),
                               static_cast<std::size_t>(bytes.size()));
    }
    return static_cast<int>(names.size());
}

} // namespace

int main(int argc, char *argv[]) {
    int inputs = 0;
    for (int i = 1; i < argc; ++i) {
        const int ran = runFolder(QFile::decodeName(argv[i]));
        if (ran < 1) {
            std::fprintf(stderr, "%s: no input could be run\n", argv[i]);
            return 1;
        }
        inputs += ran;
    }
    std::printf("%d inputs\n", inputs);
    return inputs > 0 ? 0 : 1;
}
