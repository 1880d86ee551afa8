#pragma once

#include "ui/settings/login_start.h"

#include <QObject>
#include <QThreadPool>

namespace quaygate {

/// The autostart of this system, asked on a thread of its own.
class SystemLoginStart : public QObject, public LoginStart {
    Q_OBJECT

public:
    explicit SystemLoginStart(QObject *parent = nullptr);

    void read(std::function<void(const Result<bool> &)> done) override;
    void set(bool on, std::function<void(const Result<void> &)> done) override;

private:
    QThreadPool m_thread;
};

} // namespace quaygate
