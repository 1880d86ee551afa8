#include "app/terminal_echo.h"

#include <csignal>
#include <unistd.h>

#include <array>
#include <termios.h>

namespace quaygate {

namespace {

constexpr std::array endingSignals{SIGINT, SIGTERM, SIGHUP, SIGQUIT};

volatile sig_atomic_t signalSeen = 0;

extern "C" void rememberSignal(int signal) {
    signalSeen = signal;
}

} // namespace

struct TerminalEchoOff::Saved {
    bool changed = false;
    termios settings{};
    std::array<struct sigaction, endingSignals.size()> actions{};
};

bool standardInputIsTerminal() {
    return isatty(STDIN_FILENO) == 1;
}

TerminalEchoOff::TerminalEchoOff() : m_saved(new Saved) {
    signalSeen = 0;
    struct sigaction remember {};
    remember.sa_handler = rememberSignal; // without SA_RESTART, so that read() returns
    sigemptyset(&remember.sa_mask);
    for (size_t i = 0; i < endingSignals.size(); ++i)
        sigaction(endingSignals[i], &remember, &m_saved->actions[i]);

    if (tcgetattr(STDIN_FILENO, &m_saved->settings) != 0)
        return;
    termios silent = m_saved->settings;
    silent.c_lflag &= ~tcflag_t(ECHO);
    silent.c_lflag |= ECHONL; // the line end alone is shown
    m_saved->changed = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
}

TerminalEchoOff::~TerminalEchoOff() {
    if (m_saved->changed)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_saved->settings);
    for (size_t i = 0; i < endingSignals.size(); ++i)
        sigaction(endingSignals[i], &m_saved->actions[i], nullptr);
    delete m_saved;
    if (signalSeen != 0)
        raise(signalSeen);
}

bool TerminalEchoOff::interrupted() const {
    return signalSeen != 0;
}

} // namespace quaygate
