#include "gateway/simulator/sound.h"
#include "tests/simulator/ask.h"

#include <gtest/gtest.h>

using namespace Qt::StringLiterals;

namespace quaygate::simulator::test {
namespace {

const auto speechPath = "/openai/v1/audio/speech";
const auto datedSpeechPath = "/openai/deployments/tts/audio/speech?api-version=2025-03-01-preview";
const auto transcriptionPath = "/openai/v1/audio/transcriptions";

/// Half a second.
QByteArray wav() {
    QByteArray sound;
    for (int i = 0; i < 5; ++i)
        sound += pcmTone(u"word"_s, 1);
    return wavHead(sound.size()) + sound;
}

SimulatedAnswer speaking(Resource &resource, const char *format) {
    QJsonObject body = object(R"({"model":"tts","input":"one two three","voice":"alloy"})");
    body[u"response_format"] = QLatin1StringView(format);
    return resource.post(speechPath, body);
}

TEST(SimulatedSpeech, IsAWavThatPlays) {
    Resource resource;
    const SimulatedAnswer answer = speaking(resource, "wav");
    EXPECT_EQ(header(answer, "Content-Type"), "audio/wav");
    const auto seconds = wavDuration(answer.body());
    ASSERT_TRUE(seconds);
    EXPECT_NEAR(*seconds, 0.3, 0.001);
    const QByteArray samples = answer.body().sliced(44);
    EXPECT_GT(samples.count('\0'), 0);
    EXPECT_LT(samples.count('\0'), samples.size() / 4) << "there is something to be heard";
    EXPECT_EQ(speaking(resource, "pcm").body(), samples);
}

TEST(SimulatedSpeech, IsSilentAsMp3) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        datedSpeechPath, object(R"({"input":"one two three","voice":"nova","speed":0.5})"));
    EXPECT_EQ(header(answer, "Content-Type"), "audio/mpeg");
    const QByteArray bytes = answer.body();
    ASSERT_EQ(bytes.size() % 96, 0);
    EXPECT_EQ(bytes.size() / 96, 3 * 9) << "a word of 0.2 s takes 9 frames of 24 ms";
    for (qsizetype at = 0; at < bytes.size(); at += 96)
        EXPECT_EQ(bytes.sliced(at, 4), "\xff\xfb\x14\xc4"_ba);
}

TEST(SimulatedSpeech, ComesInEvents) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(
        speechPath, object(R"({"model":"tts","input":"one two","voice":"alloy","stream_format":
                               "sse","response_format":"pcm"})"));
    const QList<QJsonObject> list = events(answer);
    ASSERT_EQ(types(list), (QStringList{u"speech.audio.delta"_s, u"speech.audio.delta"_s,
                                        u"speech.audio.done"_s}));
    EXPECT_EQ(QByteArray::fromBase64(list[0][u"audio"].toString().toLatin1()),
              pcmTone(u"one"_s, 1));
    EXPECT_EQ(list[2][u"usage"][u"output_tokens"], 2);
}

struct Refused {
    const char *body;
    const char *param;
    const char *code;
};

class SimulatedSpeechRefuses : public ::testing::TestWithParam<Refused> {};

TEST_P(SimulatedSpeechRefuses, InTheServicesWords) {
    Resource resource;
    const SimulatedAnswer answer = resource.post(speechPath, object(GetParam().body));
    EXPECT_EQ(answer.status, 400);
    EXPECT_EQ(error(answer)[u"param"].toString(), QLatin1StringView(GetParam().param));
    EXPECT_EQ(error(answer)[u"code"].toString(), QLatin1StringView(GetParam().code));
}

INSTANTIATE_TEST_SUITE_P(
    All, SimulatedSpeechRefuses,
    ::testing::Values(
        Refused{R"({"model":"tts","voice":"alloy"})", "input", "missing_required_parameter"},
        Refused{R"({"model":"tts","input":"x"})", "voice", "missing_required_parameter"},
        Refused{R"({"model":"tts","input":"x","voice":"bob"})", "voice", "invalid_value"},
        Refused{R"({"model":"tts","input":"x","voice":"ash","response_format":"opus"})",
                "response_format", "invalid_value"},
        Refused{R"({"model":"tts","input":"x","voice":"ash","speed":5})", "speed",
                "decimal_above_max_value"},
        Refused{R"({"model":"whisper","input":"x","voice":"ash"})", "", "OperationNotSupported"}));

class SimulatedTranscriptions : public ::testing::Test {
protected:
    SimulatedAnswer listen(const char *model, QList<FormPart> more = {},
                           const char *path = transcriptionPath) {
        more.append({u"model"_s, {}, {}, model});
        more.append({u"file"_s, u"said.wav"_s, {}, wav()});
        return resource.form(path, more);
    }
    SimulatedAnswer as(const char *format, const char *model = "whisper") {
        return listen(model, {{u"response_format"_s, {}, {}, format}});
    }

    Resource resource;
    const QString said = u"The simulator has no ears. It received the file said.wav with 24044 "
                         "bytes. Nothing has left this machine."_s;
};

TEST_F(SimulatedTranscriptions, ComeInEveryFormat) {
    EXPECT_EQ(json(listen("whisper"))[u"text"], said);
    EXPECT_EQ(json(listen("whisper"))[u"usage"], object(R"({"type":"duration","seconds":1})"));
    const SimulatedAnswer text = as("text");
    EXPECT_EQ(text.body(), said.toUtf8() + '\n');
    EXPECT_EQ(header(text, "Content-Type"), "text/plain; charset=utf-8");
    EXPECT_TRUE(as("srt").body().startsWith("1\n00:00:00,000 --> 00:00:00,167\nThe simulator has "
                                            "no ears.\n\n2\n00:00:00,167 --> 00:00:00,333\n"));
    EXPECT_TRUE(as("vtt").body().startsWith("WEBVTT\n\n00:00:00.000 --> 00:00:00.167\nThe "));

    const QJsonObject verbose = json(as("verbose_json"));
    EXPECT_EQ(verbose[u"duration"].toDouble(), 0.5);
    EXPECT_EQ(verbose[u"task"], u"transcribe"_s);
    EXPECT_EQ(verbose[u"segments"].toArray().size(), 3);
    EXPECT_EQ(verbose[u"segments"][2][u"end"].toDouble(), 0.5);
    EXPECT_FALSE(verbose.contains(u"words"));
    const QJsonObject words =
        json(listen("whisper", {{u"response_format"_s, {}, {}, "verbose_json"_ba},
                                {u"timestamp_granularities[]"_s, {}, {}, "word"_ba}}));
    EXPECT_EQ(words[u"words"].toArray().size(), said.split(u' ').size());
    EXPECT_EQ(words[u"words"][0][u"word"], u"The"_s);
}

TEST_F(SimulatedTranscriptions, AreTranslationsToo) {
    const char *path = "/openai/deployments/whisper/audio/translations?api-version=2024-06-01";
    EXPECT_EQ(json(listen("", {{u"response_format"_s, {}, {}, "verbose_json"_ba}}, path))[u"task"],
              u"translate"_s);
    EXPECT_EQ(error(listen("transcribe", {}, "/openai/v1/audio/translations"))[u"code"],
              u"OperationNotSupported"_s);
}

TEST_F(SimulatedTranscriptions, OfNewerModelsStream) {
    const QList<FormPart> stream{{u"stream"_s, {}, {}, "true"_ba}};
    const QList<QJsonObject> list = events(listen("transcribe", stream));
    ASSERT_GT(list.size(), 5);
    QString text;
    for (const QJsonObject &event : list)
        text += event[u"delta"].toString();
    EXPECT_EQ(text, said);
    EXPECT_EQ(list.last()[u"type"], u"transcript.text.done"_s);
    EXPECT_EQ(list.last()[u"text"], said);
    EXPECT_EQ(list.last()[u"usage"][u"type"], u"tokens"_s);
    EXPECT_FALSE(listen("whisper", stream).streamed) << "whisper ignores the wish";
    EXPECT_EQ(error(as("srt", "transcribe"))[u"param"], u"response_format"_s);
}

TEST_F(SimulatedTranscriptions, RefuseWhatIsNoSound) {
    const auto file = [&](const QString &name, const QByteArray &bytes) {
        return resource.form(transcriptionPath,
                             {{u"model"_s, {}, {}, "whisper"_ba}, {u"file"_s, name, {}, bytes}});
    };
    EXPECT_EQ(
        error(resource.form(transcriptionPath, {{u"model"_s, {}, {}, "whisper"_ba}}))[u"param"],
        u"file"_s);
    EXPECT_TRUE(error(file(u"a.txt"_s, wav()))[u"message"].toString().startsWith(
        u"Invalid file format. Supported formats: ['flac', "));
    EXPECT_EQ(error(file(u"a.mp3"_s, "tiny"_ba))[u"code"], u"audio_too_short"_s);
    const SimulatedAnswer large = file(u"a.mp3"_s, QByteArray(25 * 1024 * 1024 + 1, 'x'));
    EXPECT_EQ(large.status, 413);
    EXPECT_EQ(error(large)[u"message"],
              u"Maximum content size limit (26214400) exceeded (26214401 bytes read)"_s);
    EXPECT_EQ(error(as("docx"))[u"param"], u"response_format"_s);
}

} // namespace
} // namespace quaygate::simulator::test
