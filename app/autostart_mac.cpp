#include "app/autostart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

class LaunchAgentAutostart : public Autostart {
public:
    explicit LaunchAgentAutostart(QString program) : m_program(std::move(program)) {}

    QString place() const override {
        return QDir::home().filePath(u"Library/LaunchAgents/io.github.quaygate.Quaygate.plist"_s);
    }

    Result<State> state() const override {
        QFile file(place());
        if (!file.exists())
            return State::Off;
        if (!file.open(QIODevice::ReadOnly))
            return failed(u"read"_s, file.errorString());
        // The first string within the array is the program.
        QXmlStreamReader plist(&file);
        while (!plist.atEnd() && !(plist.readNext() == QXmlStreamReader::StartElement &&
                                   plist.name() == "array"_L1)) {
        }
        const QString started = plist.readNextStartElement() ? plist.readElementText() : QString();
        return isSameProgram(started, m_program) ? State::On : State::OnElsewhere;
    }

    Result<void> switchOn() override {
        QSaveFile file(place());
        const QByteArray text = plist();
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
    QByteArray plist() const {
        return u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<plist version=\"1.0\">\n"
               "<dict>\n"
               "  <key>Label</key><string>io.github.quaygate.Quaygate</string>\n"
               "  <key>ProgramArguments</key>\n"
               "  <array><string>%1</string><string>--background</string></array>\n"
               "  <key>RunAtLoad</key><true/>\n"
               "</dict>\n"
               "</plist>\n"_s.arg(m_program.toHtmlEscaped())
                   .toUtf8();
    }

    Error failed(const QString &what, const QString &why) const {
        return {ErrorCode::FileUnwritable,
                u"%1 cannot be %2; see whether it and its folder are yours."_s.arg(place(), what),
                why};
    }

    QString m_program;
};

} // namespace

std::unique_ptr<Autostart> makeAutostart(const QString &program) {
    return std::make_unique<LaunchAgentAutostart>(program);
}

} // namespace quaygate
