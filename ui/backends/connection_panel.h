#pragma once

#include "gateway/connection_test.h"
#include "gateway/result.h"
#include "ui/services.h"
#include "ui/widgets/status_dot.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace quaygate {

class KeyLookup;
class MessageBar;

/// The outcome of a report as a mark for a list.
Health healthOf(const ConnectionReport &report);

/// Tests a connection and says what came of it; can be cancelled. Hidden parts take no room.
class ConnectionPanel : public QWidget {
    Q_OBJECT

public:
    explicit ConnectionPanel(const Services &services, QWidget *parent = nullptr);

    /// With the typed key, or the stored one if none was typed.
    void run(const Backend &backend, const Secret &typedKey);
    void cancel();
    /// Forgets the outcome shown.
    void reset();
    bool isRunning() const { return m_running; }

    const MessageBar *outcome() const { return m_outcome; }

signals:
    void runningChanged(bool running);
    void finished(const quaygate::ConnectionReport &report);

private:
    void setRunning(bool running);
    void showKeyError(const Error &error);
    void showReport(const ConnectionReport &report);

    KeyLookup *m_keys;
    ConnectionTest *m_test;
    QWidget *m_progress;
    QLabel *m_progressText;
    QPushButton *m_cancel;
    MessageBar *m_outcome;
    bool m_running = false;
    /// Tells the run of the moment from cancelled ones whose key arrives late.
    int m_run = 0;
};

} // namespace quaygate
