#pragma once

namespace quaygate {

/// Whether standard input is a terminal, with a person at it.
bool standardInputIsTerminal();

/// While it lives, the terminal at standard input does not show what is typed. A signal that ends
/// the program meanwhile only interrupts the reading; the destructor restores the terminal and then
/// raises it again, so that no shell is left without echo.
class TerminalEchoOff {
public:
    TerminalEchoOff();
    ~TerminalEchoOff();
    TerminalEchoOff(const TerminalEchoOff &) = delete;
    TerminalEchoOff &operator=(const TerminalEchoOff &) = delete;

    /// Whether such a signal has come.
    bool interrupted() const;

private:
    struct Saved;
    Saved *m_saved;
};

} // namespace quaygate
