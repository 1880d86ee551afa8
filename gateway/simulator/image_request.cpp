#include "gateway/simulator/image_request.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/form_parameters.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

constexpr qsizetype longestPrompt = 32'000;
constexpr qsizetype largestSource = qsizetype(50) * 1024 * 1024;

const std::array gptImageParameters{
    Parameter{"background", Type::String},
    Parameter{"image"},
    Parameter{"input_fidelity", Type::String},
    Parameter{"mask"},
    Parameter{"model"},
    Parameter{"moderation", Type::String},
    Parameter{"n", Type::Integer, 1, 10},
    Parameter{"output_compression", Type::Integer, 0, 100},
    Parameter{"output_format", Type::String},
    Parameter{"partial_images", Type::Integer, 0, 3},
    Parameter{"prompt", Type::String},
    Parameter{"quality", Type::String},
    Parameter{"size", Type::String},
    Parameter{"stream", Type::Boolean},
    Parameter{"user", Type::String},
};

const std::array dalleParameters{
    Parameter{"model"},
    Parameter{"n", Type::Integer, 1, 1},
    Parameter{"prompt", Type::String},
    Parameter{"quality", Type::String},
    Parameter{"response_format", Type::String},
    Parameter{"size", Type::String},
    Parameter{"style", Type::String},
    Parameter{"user", Type::String},
};

/// A parameter that is one of some words; the first is what counts if it is not given.
struct Choice {
    const char *name;
    const char *words;
};

const std::array gptImageChoices{
    Choice{"size", "auto 1024x1024 1536x1024 1024x1536"},
    Choice{"quality", "auto low medium high"},
    Choice{"background", "auto transparent opaque"},
    Choice{"moderation", "auto low"},
    // What the simulator can make.
    Choice{"output_format", "png"},
};

const std::array dalleChoices{
    Choice{"size", "1024x1024 1792x1024 1024x1792"},
    Choice{"quality", "standard hd"},
    Choice{"response_format", "url b64_json"},
    Choice{"style", "vivid natural"},
};

QStringList wordsOf(const Choice &choice) {
    return QString(QLatin1StringView(choice.words)).split(u' ');
}

/// Fills in what is not given.
Refusal settle(QJsonObject &body, std::span<const Choice> choices) {
    for (const Choice &choice : choices) {
        const QString name = QLatin1StringView(choice.name);
        const QStringList words = wordsOf(choice);
        const QString word = body[name].toString(words.first());
        if (!words.contains(word))
            return invalidValue(name, word, words);
        body[name] = word;
    }
    return std::nullopt;
}

bool isImage(const QByteArray &bytes) {
    return bytes.startsWith("\x89PNG\r\n\x1a\n") || bytes.startsWith("\xff\xd8\xff") ||
           (bytes.startsWith("RIFF") && bytes.sliced(8).startsWith("WEBP"));
}

Refusal readSources(ImageRequest &request, const MultipartForm &form) {
    for (const FormPart &part : form.parts()) {
        if (!part.name.startsWith(u"image"))
            continue;
        if (part.bytes.size() > largestSource)
            return modelError(400, u"Invalid image: the file is larger than 50 MB."_s, u"image"_s,
                              u"image_too_large"_s);
        if (part.bytes.size() < 12 || !isImage(part.bytes))
            return modelError(
                400,
                u"Invalid image file or mode for image %1, please check your image file."_s.arg(
                    request.sources.size() + 1),
                u"image"_s, u"invalid_image_file"_s);
        request.sources.append(part.bytes);
    }
    return request.sources.isEmpty() ? Refusal(missingParameter(u"image"_s)) : std::nullopt;
}

void readSize(ImageRequest &request, const QString &size) {
    const QStringList sides = size.split(u'x');
    if (sides.size() != 2)
        return; // auto
    request.width = sides[0].toInt();
    request.height = sides[1].toInt();
}

} // namespace

std::variant<ImageRequest, SimulatedAnswer> readImageRequest(const Call &call) {
    ImageRequest request;
    request.dalle = call.deployment->model.name.startsWith(u"dall-e", Qt::CaseInsensitive);
    const bool isForm = call.operation->takes == Takes::Form;
    const auto known = request.dalle ? std::span<const Parameter>(dalleParameters)
                                     : std::span<const Parameter>(gptImageParameters);
    const auto choices = request.dalle ? std::span<const Choice>(dalleChoices)
                                       : std::span<const Choice>(gptImageChoices);
    QJsonObject body = isForm ? parametersOf(call.form, known) : call.body;
    Refusal refusal = checkParameters(body, known);
    if (!refusal)
        refusal = checkText(u"prompt"_s, body[u"prompt"].toString(), longestPrompt);
    if (!refusal)
        refusal = settle(body, choices);
    if (!refusal && isForm)
        refusal = readSources(request, call.form);
    if (refusal)
        return *refusal;
    request.prompt = body[u"prompt"].toString();
    request.n = body[u"n"].toInt(1);
    readSize(request, body[u"size"].toString());
    request.quality = body[u"quality"].toString();
    request.background = body[u"background"].toString();
    request.asUrl = body[u"response_format"] == u"url"_s;
    request.stream = body[u"stream"].toBool();
    request.partialImages = body[u"partial_images"].toInt();
    return request;
}

} // namespace quaygate::simulator
