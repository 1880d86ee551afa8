#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace quaygate::simulator {

/// What the simulator heard: some sentences of the same length in time.
struct Transcript {
    QStringList sentences;
    double seconds = 0;
    QString task = QStringLiteral("transcribe");
    QString language = QStringLiteral("english");
    bool words = false; ///< when each one was said is asked for

    QString text() const { return sentences.join(u' '); }
};

/// The forms in which a transcript can be had.
QByteArray subRip(const Transcript &transcript);
QByteArray webVtt(const Transcript &transcript);
QJsonObject verboseJson(const Transcript &transcript);

} // namespace quaygate::simulator
