#include "app/terminal_echo.h"

#include <windows.h>

namespace quaygate {

namespace {

HANDLE input() {
    return GetStdHandle(STD_INPUT_HANDLE);
}

} // namespace

struct TerminalEchoOff::Saved {
    bool changed = false;
    DWORD mode = 0;
};

bool standardInputIsTerminal() {
    DWORD mode = 0;
    return GetConsoleMode(input(), &mode) != 0;
}

TerminalEchoOff::TerminalEchoOff() : m_saved(new Saved) {
    if (GetConsoleMode(input(), &m_saved->mode))
        m_saved->changed = SetConsoleMode(input(), m_saved->mode & ~DWORD(ENABLE_ECHO_INPUT)) != 0;
}

TerminalEchoOff::~TerminalEchoOff() {
    if (m_saved->changed)
        SetConsoleMode(input(), m_saved->mode);
    delete m_saved;
}

bool TerminalEchoOff::interrupted() const {
    return false;
}

} // namespace quaygate
