#include "gateway/simulator/transcript.h"

#include <QJsonArray>

#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// "00:00:01,500", with what the format puts before the milliseconds.
QString timeText(double seconds, QChar point) {
    const qlonglong ms = std::llround(seconds * 1000);
    const auto two = [](qlonglong number) { return u"%1"_s.arg(number, 2, 10, QChar(u'0')); };
    return two(ms / 3'600'000) + u':' + two(ms / 60'000 % 60) + u':' + two(ms / 1000 % 60) + point +
           u"%1"_s.arg(ms % 1000, 3, 10, QChar(u'0'));
}

double startOf(const Transcript &transcript, qsizetype index) {
    return transcript.seconds * static_cast<double>(index) /
           static_cast<double>(transcript.sentences.size());
}

QString cue(const Transcript &transcript, qsizetype index, QChar point) {
    return timeText(startOf(transcript, index), point) + u" --> "_s +
           timeText(startOf(transcript, index + 1), point) + u'\n' + transcript.sentences[index] +
           u"\n\n"_s;
}

/// To hundredths, as the service tells times.
double rounded(double seconds) {
    return std::round(seconds * 100) / 100;
}

QJsonArray segments(const Transcript &transcript) {
    QJsonArray list;
    for (qsizetype i = 0; i < transcript.sentences.size(); ++i) {
        list.append(QJsonObject{{u"id"_s, i},
                                {u"seek"_s, 0},
                                {u"start"_s, rounded(startOf(transcript, i))},
                                {u"end"_s, rounded(startOf(transcript, i + 1))},
                                {u"text"_s, QString(u' ' + transcript.sentences[i])},
                                {u"tokens"_s, QJsonArray()},
                                {u"temperature"_s, 0},
                                {u"avg_logprob"_s, -0.25},
                                {u"compression_ratio"_s, 1.1},
                                {u"no_speech_prob"_s, 0.01}});
    }
    return list;
}

QJsonArray words(const Transcript &transcript) {
    const QStringList said = transcript.text().split(u' ', Qt::SkipEmptyParts);
    const double each = transcript.seconds / static_cast<double>(said.size());
    QJsonArray list;
    for (qsizetype i = 0; i < said.size(); ++i) {
        const auto index = static_cast<double>(i);
        list.append(QJsonObject{{u"word"_s, said[i]},
                                {u"start"_s, rounded(each * index)},
                                {u"end"_s, rounded(each * (index + 1))}});
    }
    return list;
}

} // namespace

QByteArray subRip(const Transcript &transcript) {
    QString text;
    for (qsizetype i = 0; i < transcript.sentences.size(); ++i)
        text += QString::number(i + 1) + u'\n' + cue(transcript, i, u',');
    return text.toUtf8();
}

QByteArray webVtt(const Transcript &transcript) {
    QString text = u"WEBVTT\n\n"_s;
    for (qsizetype i = 0; i < transcript.sentences.size(); ++i)
        text += cue(transcript, i, u'.');
    return text.toUtf8();
}

QJsonObject verboseJson(const Transcript &transcript) {
    QJsonObject json{{u"task"_s, transcript.task},
                     {u"language"_s, transcript.language},
                     {u"duration"_s, rounded(transcript.seconds)},
                     {u"text"_s, transcript.text()},
                     {u"segments"_s, segments(transcript)}};
    if (transcript.words)
        json[u"words"] = words(transcript);
    return json;
}

} // namespace quaygate::simulator
