#include "app/autostart.h"

#include <QDir>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

const QString valueName = QStringLiteral("Quaygate");

class RunKeyAutostart : public Autostart {
public:
    explicit RunKeyAutostart(QString program) : m_program(std::move(program)) {}

    QString place() const override {
        return u"HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"_s;
    }

    Result<State> state() const override {
        const QSettings run(place(), QSettings::NativeFormat);
        const QString command = run.value(valueName).toString();
        if (command.isEmpty())
            return State::Off;
        const QString started = command.section(u'"', 1, 1);
        return isSameProgram(QDir::fromNativeSeparators(started), m_program) ? State::On
                                                                             : State::OnElsewhere;
    }

    Result<void> switchOn() override {
        QSettings run(place(), QSettings::NativeFormat);
        run.setValue(valueName, u"\"%1\" --background"_s.arg(QDir::toNativeSeparators(m_program)));
        return written(run);
    }

    Result<void> switchOff() override {
        QSettings run(place(), QSettings::NativeFormat);
        run.remove(valueName);
        return written(run);
    }

private:
    Result<void> written(QSettings &run) const {
        run.sync();
        if (run.status() != QSettings::NoError)
            return Error{
                ErrorCode::FileUnwritable,
                u"%1 cannot be written; a policy of this computer may forbid it."_s.arg(place()),
                {}};
        return {};
    }

    QString m_program;
};

} // namespace

std::unique_ptr<Autostart> makeAutostart(const QString &program) {
    return std::make_unique<RunKeyAutostart>(program);
}

} // namespace quaygate
