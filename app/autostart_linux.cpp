#include "app/autostart.h"
#include "app/autostart_entry.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

class EntryAutostart : public Autostart {
public:
    explicit EntryAutostart(QString program) : m_program(std::move(program)) {}

    QString place() const override {
        return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation))
            .filePath(u"autostart/io.github.quaygate.Quaygate.desktop"_s);
    }

    Result<State> state() const override {
        QFile file(place());
        if (!file.exists())
            return State::Off;
        if (!file.open(QIODevice::ReadOnly))
            return failed(u"read"_s, file.errorString());
        const QString started = autostart_entry::programOf(file.readAll());
        if (started.isEmpty())
            return State::Off;
        return isSameProgram(started, m_program) ? State::On : State::OnElsewhere;
    }

    Result<void> switchOn() override {
        QSaveFile file(place());
        const QByteArray text = autostart_entry::text(m_program);
        if (!QDir().mkpath(QFileInfo(place()).path()) || !file.open(QIODevice::WriteOnly) ||
            file.write(text) != text.size() || !file.commit())
            return failed(u"written"_s, file.errorString());
        return {};
    }

    Result<void> switchOff() override {
        QFile file(place());
        if (file.exists() && !file.remove())
            return failed(u"removed"_s, file.errorString());
        return {};
    }

private:
    Error failed(const QString &what, const QString &why) const {
        return {ErrorCode::FileUnwritable,
                u"%1 cannot be %2; see whether it and its folder are yours."_s.arg(place(), what),
                why};
    }

    QString m_program;
};

} // namespace

std::unique_ptr<Autostart> makeAutostart(const QString &program) {
    return std::make_unique<EntryAutostart>(program);
}

} // namespace quaygate
