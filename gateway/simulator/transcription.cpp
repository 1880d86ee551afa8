#include "gateway/simulator/transcription.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/form_parameters.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/sound.h"
#include "gateway/simulator/sse_event.h"
#include "gateway/simulator/transcript.h"

#include <QJsonArray>

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

constexpr qsizetype largestFile = qsizetype(25) * 1024 * 1024;
constexpr double shortestSound = 0.1;
constexpr double usualBytesPerSecond = 16'000; ///< 128 kbit/s
constexpr int tokensPerSecond = 10;

const std::array transcriptionParameters{
    Parameter{"chunking_strategy"},
    Parameter{"file"},
    Parameter{"include", Type::Array},
    Parameter{"language", Type::String},
    Parameter{"model"},
    Parameter{"prompt", Type::String},
    Parameter{"response_format", Type::String},
    Parameter{"stream", Type::Boolean},
    Parameter{"temperature", Type::Number, 0, 1},
    Parameter{"timestamp_granularities", Type::Array},
};

const QStringList fileKinds{u"flac"_s, u"m4a"_s, u"mp3"_s, u"mp4"_s, u"mpeg"_s,
                            u"mpga"_s, u"oga"_s, u"ogg"_s, u"wav"_s, u"webm"_s};
const QStringList formats{u"json"_s, u"text"_s, u"srt"_s, u"verbose_json"_s, u"vtt"_s};

double secondsOf(const QByteArray &file) {
    return wavDuration(file).value_or(static_cast<double>(file.size()) / usualBytesPerSecond);
}

Refusal checkFile(const FormPart *file) {
    if (!file)
        return missingParameter(u"file"_s);
    if (file->bytes.size() > largestFile)
        return modelError(
            413,
            u"Maximum content size limit (%1) exceeded (%2 bytes read)"_s.arg(largestFile)
                .arg(file->bytes.size()),
            {}, {}, u"server_error"_s);
    if (!fileKinds.contains(file->filename.section(u'.', -1).toLower()))
        return modelError(
            400, u"Invalid file format. Supported formats: ['%1']"_s.arg(fileKinds.join(u"', '"_s)),
            {}, {});
    if (secondsOf(file->bytes) < shortestSound)
        return modelError(400, u"Audio file is too short. Minimum audio length is 0.1 seconds."_s,
                          u"file"_s, u"audio_too_short"_s);
    return std::nullopt;
}

Refusal checkFormat(const QString &format, const Model &model) {
    if (!formats.contains(format))
        return invalidValue(u"response_format"_s, format, formats);
    const bool newer = !model.name.startsWith(u"whisper", Qt::CaseInsensitive);
    if (newer && format != u"json" && format != u"text")
        return modelError(400,
                          u"response_format '%1' is not compatible with model '%2'. Use 'json' or "
                          "'text' instead."_s.arg(format, model.name),
                          u"response_format"_s, u"unsupported_value"_s);
    return std::nullopt;
}

Transcript heard(const FormPart &file, const QJsonObject &parameters, const QString &task) {
    Transcript transcript;
    transcript.seconds = secondsOf(file.bytes);
    transcript.task = task;
    transcript.words = parameters[u"timestamp_granularities"].toArray().contains(u"word"_s);
    transcript.sentences = {
        u"The simulator has no ears."_s,
        u"It received the file %1 with %2 bytes."_s.arg(file.filename).arg(file.bytes.size()),
        u"Nothing has left this machine."_s};
    if (const QString language = parameters[u"language"].toString(); !language.isEmpty())
        transcript.language = language;
    return transcript;
}

QJsonObject usageJson(const Transcript &transcript, const Model &model) {
    const int seconds = static_cast<int>(std::ceil(transcript.seconds));
    if (model.name.startsWith(u"whisper", Qt::CaseInsensitive))
        return {{u"type"_s, u"duration"_s}, {u"seconds"_s, seconds}};
    const int input = seconds * tokensPerSecond;
    const int output = estimateTokens(transcript.text());
    return {
        {u"type"_s, u"tokens"_s},
        {u"input_tokens"_s, input},
        {u"input_token_details"_s, QJsonObject{{u"text_tokens"_s, 0}, {u"audio_tokens"_s, input}}},
        {u"output_tokens"_s, output},
        {u"total_tokens"_s, input + output}};
}

SimulatedAnswer textAnswer(const QByteArray &text) {
    SimulatedAnswer answer;
    answer.headers.append("Content-Type"_ba, "text/plain; charset=utf-8"_ba);
    answer.pieces.push_back({text, {}});
    answer.speaker = SimulatedAnswer::Speaker::Model;
    return answer;
}

SimulatedAnswer streamed(const Transcript &transcript, const Call &call) {
    std::vector<SimulatedAnswer::Piece> events;
    for (const QString &piece : tokenPieces(transcript.text())) {
        const QString type = u"transcript.text.delta"_s;
        events.push_back(
            {namedEvent(type, {{u"type"_s, type}, {u"delta"_s, piece}}), call.tokenInterval});
    }
    const QString type = u"transcript.text.done"_s;
    events.push_back(
        {namedEvent(type, {{u"type"_s, type},
                           {u"text"_s, transcript.text()},
                           {u"usage"_s, usageJson(transcript, call.deployment->model)}}),
         {}});
    return eventStream(std::move(events));
}

SimulatedAnswer written(const Transcript &transcript, const QString &format, const Model &model) {
    if (format == u"text")
        return textAnswer(transcript.text().toUtf8() + '\n');
    if (format == u"srt")
        return textAnswer(subRip(transcript));
    if (format == u"vtt")
        return textAnswer(webVtt(transcript));
    QJsonObject json = format == u"verbose_json" ? verboseJson(transcript)
                                                 : QJsonObject{{u"text"_s, transcript.text()}};
    json[u"usage"] = usageJson(transcript, model);
    return jsonAnswer(json);
}

SimulatedAnswer listen(const Call &call, const QString &task) {
    const Model &model = call.deployment->model;
    const QJsonObject parameters = parametersOf(call.form, transcriptionParameters);
    const QString format = parameters[u"response_format"].toString(u"json"_s);
    const FormPart *const file = call.form.find(u"file");
    Refusal refusal = checkParameters(parameters, transcriptionParameters);
    if (!refusal)
        refusal = checkFile(file);
    if (!refusal)
        refusal = checkFormat(format, model);
    if (refusal)
        return *refusal;
    const Transcript transcript = heard(*file, parameters, task);
    // Whisper ignores the wish for a stream.
    const bool streams =
        parameters[u"stream"].toBool() && !model.name.startsWith(u"whisper", Qt::CaseInsensitive);
    SimulatedAnswer answer =
        streams ? streamed(transcript, call) : written(transcript, format, model);
    answer.tokens = usageJson(transcript, model)[u"total_tokens"].toInt();
    return answer;
}

} // namespace

SimulatedAnswer transcribe(const Call &call, SimulatedResource &) {
    return listen(call, u"transcribe"_s);
}

SimulatedAnswer translate(const Call &call, SimulatedResource &) {
    return listen(call, u"translate"_s);
}

} // namespace quaygate::simulator
