#include "app/autostart.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace quaygate {

QString programToStart() {
    const QString image = qEnvironmentVariable("APPIMAGE");
    return image.isEmpty() ? QCoreApplication::applicationFilePath() : image;
}

bool isSameProgram(const QString &one, const QString &other) {
    // What is not there has no canonical path, so two such programs would look the same.
    const QString place = QFileInfo(one).canonicalFilePath();
    return one == other || (!place.isEmpty() && place == QFileInfo(other).canonicalFilePath());
}

} // namespace quaygate
