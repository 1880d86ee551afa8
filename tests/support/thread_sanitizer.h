#pragma once

#include <QCoreApplication>

namespace quaygate::test {

/// The application of a test under ThreadSanitizer, to which it shows how events order the threads.
class SeenApplication : public QCoreApplication {
public:
    using QCoreApplication::QCoreApplication;
    bool notify(QObject *receiver, QEvent *event) override;
};

} // namespace quaygate::test
