#pragma once

#include "gateway/result.h"

#include <QString>

#include <memory>

namespace quaygate {

/// Whether Quaygate starts with the person's session. What the system keeps is the only truth:
/// nothing is remembered beside it. Touches small local files only; call it from one thread.
class Autostart {
public:
    enum class State {
        Off,
        On,
        OnElsewhere, ///< another or a moved program is started
    };

    virtual ~Autostart() = default;

    virtual Result<State> state() const = 0;
    virtual Result<void> switchOn() = 0;
    virtual Result<void> switchOff() = 0;
    /// Where the system keeps it, for a person.
    virtual QString place() const = 0;
};

/// The one of this system, for the program at the absolute path `program`: an entry of the
/// autostart folder, the registry's Run key, or a launch agent.
std::unique_ptr<Autostart> makeAutostart(const QString &program);

/// What to give to `makeAutostart`: this program as it stays where it is. A mounted AppImage runs
/// from a folder that is gone after a logout, so there it is the image.
QString programToStart();

/// Whether both paths lead to one program, through links or not.
bool isSameProgram(const QString &one, const QString &other);

} // namespace quaygate
