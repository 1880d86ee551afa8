#include "gateway/simulator/embeddings.h"

#include "gateway/dialects/token_estimate.h"
#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/json_answer.h"
#include "gateway/simulator/parameter_check.h"
#include "gateway/simulator/text_vector.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <array>
#include <cmath>
#include <variant>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Type = Parameter::Type;
using Refusal = std::optional<SimulatedAnswer>;

constexpr qsizetype mostInputs = 2048;

const std::array embeddingParameters{
    Parameter{"dimensions", Type::Integer, 1},
    Parameter{"encoding_format", Type::String},
    Parameter{"input"},
    Parameter{"input_type", Type::String},
    Parameter{"model"},
    Parameter{"user", Type::String},
};

struct Input {
    QString text;
    int tokens = 0;
};

bool isTokenList(const QJsonValue &value) {
    return value.isArray() && !value.toArray().isEmpty() && value.toArray().first().isDouble();
}

/// A text, or a text as the numbers of its tokens.
std::optional<Input> readInput(const QJsonValue &value) {
    if (value.isString() && !value.toString().isEmpty())
        return Input{value.toString(), estimateTokens(value.toString())};
    if (!isTokenList(value))
        return std::nullopt;
    const QJsonArray tokens = value.toArray();
    return Input{QString::fromUtf8(QJsonDocument(tokens).toJson(QJsonDocument::Compact)),
                 static_cast<int>(tokens.size())};
}

SimulatedAnswer invalidInput() {
    return modelError(400,
                      u"'$.input' is invalid. Please check the API reference: "
                      "https://platform.openai.com/docs/api-reference."_s,
                      {}, {});
}

std::variant<QList<Input>, SimulatedAnswer> readInputs(const QJsonValue &value) {
    if (value.isUndefined() || value.isNull())
        return missingParameter(u"input"_s);
    const QJsonArray values =
        value.isArray() && !isTokenList(value) ? value.toArray() : QJsonArray{value};
    if (values.isEmpty() || values.size() > mostInputs)
        return invalidInput();
    QList<Input> inputs;
    for (const QJsonValue each : values) {
        const std::optional<Input> input = readInput(each);
        if (!input)
            return invalidInput();
        inputs.append(*input);
    }
    return inputs;
}

Refusal checkDimensions(const QJsonValue &dimensions, const Model &model) {
    if (!dimensions.isDouble())
        return std::nullopt;
    if (!model.shortensEmbeddings)
        return modelError(400, u"This model does not support specifying dimensions."_s, {}, {});
    if (dimensions.toDouble() > model.dimensions)
        return modelError(
            400,
            u"Invalid value for 'dimensions' = %1. Must be less than or equal to %2."_s
                .arg(dimensions.toDouble(), 0, 'f', 0)
                .arg(model.dimensions),
            {}, {});
    return std::nullopt;
}

Refusal checkFormat(const QJsonValue &format) {
    const QString name = format.toString(u"float"_s);
    if (name == u"float" || name == u"base64")
        return std::nullopt;
    return modelError(
        400, u"Invalid value: '%1'. Supported values are: 'float' and 'base64'."_s.arg(name),
        u"encoding_format"_s, u"invalid_value"_s);
}

Refusal checkLength(const QList<Input> &inputs, const Model &model) {
    for (const Input &input : inputs) {
        if (input.tokens > model.contextTokens)
            return modelError(
                400,
                u"This model's maximum context length is %1 tokens, however you "
                "requested %2 tokens (%2 in your prompt; 0 for the completion). Please "
                "reduce your prompt; or completion length."_s.arg(model.contextTokens)
                    .arg(input.tokens),
                {}, {});
    }
    return std::nullopt;
}

/// Short numbers: rounded to nine places, as the service does.
QJsonArray numbers(const std::vector<float> &vector) {
    QJsonArray list;
    for (const float value : vector)
        list.append(std::round(static_cast<double>(value) * 1e9) / 1e9);
    return list;
}

QString base64(const std::vector<float> &vector) {
    QByteArray bytes(static_cast<qsizetype>(vector.size() * sizeof(float)), Qt::Uninitialized);
    qToLittleEndian<float>(vector.data(), static_cast<qsizetype>(vector.size()), bytes.data());
    return QString::fromLatin1(bytes.toBase64());
}

QJsonObject resultJson(const QList<Input> &inputs, const QJsonObject &body, const Model &model) {
    const int dimensions = body[u"dimensions"].toInt(model.dimensions);
    const bool asBase64 = body[u"encoding_format"] == u"base64"_s;
    QJsonArray data;
    int tokens = 0;
    for (const Input &input : inputs) {
        const std::vector<float> vector =
            textVector(input.text, model.name, model.dimensions, dimensions);
        data.append(QJsonObject{
            {u"object"_s, u"embedding"_s},
            {u"index"_s, data.size()},
            {u"embedding"_s, asBase64 ? QJsonValue(base64(vector)) : QJsonValue(numbers(vector))}});
        tokens += input.tokens;
    }
    return {{u"object"_s, u"list"_s},
            {u"data"_s, data},
            {u"model"_s, model.snapshot},
            {u"usage"_s, QJsonObject{{u"prompt_tokens"_s, tokens}, {u"total_tokens"_s, tokens}}}};
}

} // namespace

SimulatedAnswer answerEmbeddings(const Call &call, SimulatedResource &) {
    const Model &model = call.deployment->model;
    Refusal refusal = checkParameters(call.body, embeddingParameters);
    if (!refusal)
        refusal = checkFormat(call.body[u"encoding_format"]);
    if (!refusal)
        refusal = checkDimensions(call.body[u"dimensions"], model);
    if (refusal)
        return *refusal;
    const auto reading = readInputs(call.body[u"input"]);
    if (const auto *const wrong = std::get_if<SimulatedAnswer>(&reading))
        return *wrong;
    const auto &inputs = std::get<QList<Input>>(reading);
    if (auto tooLong = checkLength(inputs, model))
        return *tooLong;
    const QJsonObject json = resultJson(inputs, call.body, model);
    SimulatedAnswer answer = jsonAnswer(json);
    answer.tokens = json[u"usage"][u"total_tokens"].toInt();
    return answer;
}

} // namespace quaygate::simulator
