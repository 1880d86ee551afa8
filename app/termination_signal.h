#pragma once

#include "gateway/result.h"

#include <QObject>

#include <memory>

namespace quaygate {

/// Turns SIGINT, SIGTERM and SIGHUP (on Windows Ctrl+C, Ctrl+Break and the closing of the console)
/// into a Qt signal, so that a command without a window can end in order. Create it on the main
/// thread once the application object exists; there is one at a time. When it goes, the signals
/// mean again what they meant before. A signal that was ignored when the program started (nohup)
/// stays ignored.
class TerminationSignal : public QObject {
    Q_OBJECT

public:
    explicit TerminationSignal(QObject *parent = nullptr);
    ~TerminationSignal() override;

    /// Whether the signals are being listened to, and if not, why.
    Result<void> state() const;

signals:
    /// On this object's thread, from the event loop. A second signal is emitted too: a command that
    /// is still winding down may take it as "now".
    void received();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace quaygate
