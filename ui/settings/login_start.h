#pragma once

#include "gateway/result.h"

#include <functional>

namespace quaygate {

/// Whether the program starts after each login, as the system keeps it. app/ has the one of this
/// machine. GUI thread; answers come later, and none after this object is gone.
class LoginStart {
public:
    virtual ~LoginStart() = default;

    virtual void read(std::function<void(const Result<bool> &isOn)> done) = 0;
    virtual void set(bool on, std::function<void(const Result<void> &)> done) = 0;
};

} // namespace quaygate
