#include "gateway/simulator/speech.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/parameter_check.h"
#include "gateway/simulator/sound.h"
#include "gateway/simulator/sse_event.h"

#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

constexpr qsizetype longestInput = 4096;

const std::array speechParameters{
    Parameter{"input", Type::String},
    Parameter{"instructions", Type::String},
    Parameter{"model"},
    Parameter{"response_format", Type::String},
    Parameter{"speed", Type::Number, 0.25, 4},
    Parameter{"stream_format", Type::String},
    Parameter{"voice"},
};

const QStringList voices{u"alloy"_s, u"ash"_s,   u"ballad"_s, u"coral"_s, u"echo"_s,
                         u"fable"_s, u"nova"_s,  u"onyx"_s,   u"sage"_s,  u"shimmer"_s,
                         u"verse"_s, u"marin"_s, u"cedar"_s};

/// What the simulator can make: the bytes before all words, and those of one.
struct Format {
    const char *name;
    const char *contentType;
    QByteArray (*head)(qsizetype dataBytes);
    QByteArray (*word)(const QString &word, double speed);
};

QByteArray nothing(qsizetype) {
    return {};
}

QByteArray silentWord(const QString &, double speed) {
    return mp3Silence(secondsPerWord / speed);
}

constexpr std::array formats{
    Format{"mp3", "audio/mpeg", nothing, silentWord},
    Format{"wav", "audio/wav", wavHead, pcmTone},
    Format{"pcm", "audio/pcm", nothing, pcmTone},
};

const Format *formatNamed(const QString &name) {
    for (const Format &format : formats) {
        if (name == QLatin1StringView(format.name))
            return &format;
    }
    return nullptr;
}

Refusal check(const QJsonObject &body) {
    if (Refusal refusal = checkParameters(body, speechParameters))
        return refusal;
    if (Refusal refusal = checkText(u"input"_s, body[u"input"].toString(), longestInput))
        return refusal;
    const QJsonValue voice = body[u"voice"];
    if (voice.isUndefined() || voice.isNull())
        return missingParameter(u"voice"_s);
    if (!voices.contains(voice.toString()))
        return invalidValue(u"voice"_s, voice.toString(), voices);
    const QString format = body[u"response_format"].toString(u"mp3"_s);
    if (!formatNamed(format))
        return modelError(400,
                          u"The simulator cannot make '%1'. Supported values are: 'mp3', 'wav', "
                          "and 'pcm'."_s.arg(format),
                          u"response_format"_s, u"invalid_value"_s);
    const QString stream = body[u"stream_format"].toString(u"audio"_s);
    if (stream != u"audio" && stream != u"sse")
        return invalidValue(u"stream_format"_s, stream, {u"audio"_s, u"sse"_s});
    return std::nullopt;
}

std::vector<QByteArray> soundsOf(const QStringList &words, const Format &format, double speed) {
    std::vector<QByteArray> sounds;
    qsizetype length = 0;
    for (const QString &word : words) {
        sounds.push_back(format.word(word, speed));
        length += sounds.back().size();
    }
    sounds.front().prepend(format.head(length));
    return sounds;
}

SimulatedAnswer inEvents(const std::vector<QByteArray> &sounds, int inputTokens,
                         Milliseconds interval) {
    std::vector<SimulatedAnswer::Piece> events;
    for (const QByteArray &sound : sounds) {
        const QString type = u"speech.audio.delta"_s;
        events.push_back({namedEvent(type, {{u"type"_s, type},
                                            {u"audio"_s, QString::fromLatin1(sound.toBase64())}}),
                          interval});
    }
    const auto output = static_cast<int>(sounds.size());
    const QString type = u"speech.audio.done"_s;
    events.push_back(
        {namedEvent(type, {{u"type"_s, type},
                           {u"usage"_s, QJsonObject{{u"input_tokens"_s, inputTokens},
                                                    {u"output_tokens"_s, output},
                                                    {u"total_tokens"_s, inputTokens + output}}}}),
         {}});
    return eventStream(std::move(events));
}

SimulatedAnswer inBytes(const std::vector<QByteArray> &sounds, const Format &format,
                        Milliseconds interval) {
    SimulatedAnswer answer;
    answer.headers.append("Content-Type"_ba, format.contentType);
    for (const QByteArray &sound : sounds)
        answer.pieces.push_back({sound, interval});
    answer.streamed = true;
    answer.speaker = SimulatedAnswer::Speaker::Model;
    return answer;
}

} // namespace

SimulatedAnswer speak(const Call &call, SimulatedResource &) {
    if (Refusal refusal = check(call.body))
        return *refusal;
    const Format &format = *formatNamed(call.body[u"response_format"].toString(u"mp3"_s));
    const QStringList words = tokenPieces(call.body[u"input"].toString());
    const std::vector<QByteArray> sounds = soundsOf(words, format, call.body[u"speed"].toDouble(1));
    const auto tokens = static_cast<int>(words.size());
    SimulatedAnswer answer = call.body[u"stream_format"] == u"sse"_s
                                 ? inEvents(sounds, tokens, call.tokenInterval)
                                 : inBytes(sounds, format, call.tokenInterval);
    answer.tokens = tokens;
    return answer;
}

} // namespace quaygate::simulator
