#include "tests/e2e/keychain/keychain_test.h"

#include <csignal>
#include <unistd.h>

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <termios.h>

using namespace Qt::StringLiterals;

namespace quaygate {

using test::textOf;

namespace {

/// A terminal with a person at it, who types into it and sees what it shows.
class Terminal {
public:
    Terminal() : m_person(posix_openpt(O_RDWR | O_NOCTTY)) {
        EXPECT_GE(m_person, 0);
        EXPECT_EQ(grantpt(m_person), 0);
        EXPECT_EQ(unlockpt(m_person), 0);
        m_name = QString::fromLocal8Bit(ptsname(m_person));
        // Held open, so that the settings stay and what was shown is not lost with the program.
        m_program = open(m_name.toLocal8Bit().constData(), O_RDWR | O_NOCTTY);
        EXPECT_GE(m_program, 0);
    }
    ~Terminal() {
        close(m_program);
        close(m_person);
    }

    QString name() const { return m_name; }
    void type(const QByteArray &text) {
        EXPECT_EQ(::write(m_person, text.data(), size_t(text.size())), text.size());
    }

    bool echoes() const {
        termios settings{};
        EXPECT_EQ(tcgetattr(m_program, &settings), 0);
        return (settings.c_lflag & ECHO) != 0;
    }

    QByteArray shown() {
        QByteArray text;
        pollfd ready{m_person, POLLIN, 0};
        char buffer[4096];
        while (poll(&ready, 1, 0) == 1 && (ready.revents & POLLIN)) {
            const ssize_t got = ::read(m_person, buffer, sizeof buffer);
            if (got <= 0)
                break;
            text.append(buffer, got);
        }
        return text;
    }

private:
    int m_person;
    int m_program = -1;
    QString m_name;
};

class UnlockedSecretTerminal : public test::KeychainTest {
protected:
    UnlockedSecretTerminal() : KeychainTest({"unlocked"}) {}

    void startSet() {
        m_process.setStandardInputFile(m_terminal.name());
        m_process.start(QStringLiteral(SECRET_CLI), {u"set"_s, u"typed"_s});
        EXPECT_TRUE(test::waitUntil([this] {
            m_complaint += m_process.readAllStandardError();
            return m_complaint.contains("not shown");
        }));
    }

    void end() {
        EXPECT_TRUE(test::waitUntil([this] { return m_process.state() == QProcess::NotRunning; }));
        m_complaint += m_process.readAllStandardError();
    }

    Terminal m_terminal;
    QProcess m_process;
    QByteArray m_complaint;
    KeychainSecretStore m_store;
};

} // namespace

TEST_F(UnlockedSecretTerminal, AsksAndDoesNotShowWhatIsTyped) {
    ASSERT_TRUE(m_terminal.echoes());
    startSet();
    EXPECT_FALSE(m_terminal.echoes());
    m_terminal.type("typed-canary\n");
    end();
    EXPECT_EQ(m_process.exitCode(), 0) << m_complaint.constData();
    EXPECT_TRUE(m_terminal.echoes());
    EXPECT_EQ(m_terminal.shown().trimmed(), "");
    EXPECT_FALSE(m_complaint.contains("canary"));
    EXPECT_EQ(m_process.readAllStandardOutput(), "");
    EXPECT_EQ(textOf(read(m_store, u"typed"_s)), "typed-canary");
    EXPECT_TRUE(remove(m_store, u"typed"_s).ok());
}

TEST_F(UnlockedSecretTerminal, TakesOneLine) {
    startSet();
    m_terminal.type("first line\nsecond line\n");
    end();
    EXPECT_EQ(textOf(read(m_store, u"typed"_s)), "first line");
    EXPECT_TRUE(remove(m_store, u"typed"_s).ok());
}

TEST_F(UnlockedSecretTerminal, RefusesAnEmptyLine) {
    startSet();
    m_terminal.type("\n");
    end();
    EXPECT_EQ(m_process.exitCode(), 1);
    EXPECT_TRUE(m_complaint.contains("nothing was saved"));
    EXPECT_TRUE(m_terminal.echoes());
}

TEST_F(UnlockedSecretTerminal, RestoresTheTerminalWhenInterrupted) {
    startSet();
    m_terminal.type("half a ke");
    kill(pid_t(m_process.processId()), SIGINT);
    end();
    EXPECT_EQ(m_process.exitStatus(), QProcess::CrashExit); // by the signal, as a shell expects
    EXPECT_TRUE(m_terminal.echoes());
    EXPECT_EQ(names(m_store).value(), QStringList());
}

} // namespace quaygate
