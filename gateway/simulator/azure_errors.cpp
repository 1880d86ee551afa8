#include "gateway/simulator/azure_errors.h"

#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

SimulatedAnswer jsonAnswer(int status, QByteArray body) {
    SimulatedAnswer answer;
    answer.status = status;
    answer.headers.append("Content-Type"_ba, "application/json"_ba);
    answer.pieces.push_back({std::move(body), {}});
    return answer;
}

SimulatedAnswer jsonAnswer(int status, const QJsonObject &body) {
    return jsonAnswer(status, QJsonDocument(body).toJson(QJsonDocument::Compact));
}

QJsonValue textOrNull(const QString &text) {
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

SimulatedAnswer gatewayError(int status, const QString &code, const QString &message) {
    return jsonAnswer(status,
                      {{u"error"_s, QJsonObject{{u"code"_s, code}, {u"message"_s, message}}}});
}

SimulatedAnswer modelError(int status, const QString &message, const QString &param,
                           const QString &code, const QString &type) {
    const QJsonObject error{{u"message"_s, message},
                            {u"type"_s, type.isEmpty() ? u"invalid_request_error"_s : type},
                            {u"param"_s, textOrNull(param)},
                            {u"code"_s, textOrNull(code)}};
    SimulatedAnswer answer = jsonAnswer(status, {{u"error"_s, error}});
    answer.speaker = SimulatedAnswer::Speaker::Model;
    return answer;
}

SimulatedAnswer flatError(int status, const QString &message) {
    return jsonAnswer(status, {{u"statusCode"_s, status}, {u"message"_s, message}});
}

SimulatedAnswer resourceNotFound() {
    // To the byte, with its odd space: the service sends these 56 bytes.
    return jsonAnswer(404, R"({"error":{"code":"404","message": "Resource not found"}})"_ba);
}

SimulatedAnswer deploymentNotFound() {
    return gatewayError(
        404, u"DeploymentNotFound"_s,
        u"The API deployment for this resource does not exist. If you created the "
        "deployment within the last 5 minutes, please wait a moment and try again."_s);
}

SimulatedAnswer wrongKey() {
    return gatewayError(
        401, u"401"_s,
        u"Access denied due to invalid subscription key or wrong API endpoint. Make "
        "sure to provide a valid key for an active subscription and use a correct "
        "regional API endpoint for your resource."_s);
}

SimulatedAnswer wrongToken() {
    return gatewayError(401, u"401"_s,
                        u"Unauthorized. Access token is missing, invalid, audience is incorrect "
                        "(https://cognitiveservices.azure.com), or have expired."_s);
}

SimulatedAnswer versionNotSupported() {
    return gatewayError(400, u"BadRequest"_s, u"API version not supported"_s);
}

SimulatedAnswer operationNotSupported(const QString &operation, const QString &model) {
    return gatewayError(400, u"OperationNotSupported"_s,
                        u"The %1 operation does not work with the specified model, %2. Please "
                        u"choose different model "
                        "and try again. You can learn more about which models can be used with "
                        "each operation here: "
                        "https://go.microsoft.com/fwlink/?linkid=2197993."_s.arg(operation, model));
}

SimulatedAnswer bodyNotJson() {
    return modelError(
        400,
        u"We could not parse the JSON body of your request. (HINT: This likely means you "
        "aren't using your HTTP library correctly. The OpenAI API expects a JSON "
        "payload, but what was sent was not valid JSON. If you have trouble figuring "
        "out how to fix this, please contact us through our help center at "
        "help.openai.com.)"_s,
        {}, {});
}

SimulatedAnswer bodyNotForm(const QString &contentType) {
    return modelError(
        400,
        u"Invalid body: failed to parse multipart/form-data, the content type of the request is "
        "'%1'."_s.arg(contentType),
        {}, {});
}

SimulatedAnswer missingParameter(const QString &name) {
    return modelError(400, u"Missing required parameter: '%1'."_s.arg(name), name,
                      u"missing_required_parameter"_s);
}

SimulatedAnswer invalidType(const QString &param, const QString &expected, const QString &got) {
    return modelError(
        400, u"Invalid type for '%1': expected %2, but got %3 instead."_s.arg(param, expected, got),
        param, u"invalid_type"_s);
}

QString enumeration(const QStringList &values) {
    QStringList quoted;
    for (const QString &value : values)
        quoted.append(u'\'' + value + u'\'');
    if (quoted.size() <= 2)
        return quoted.join(u" and "_s);
    const QString last = quoted.takeLast();
    return quoted.join(u", "_s) + u", and "_s + last;
}

SimulatedAnswer invalidValue(const QString &param, const QString &got, const QStringList &known) {
    return modelError(
        400, u"Invalid value: '%1'. Supported values are: %2."_s.arg(got, enumeration(known)),
        param, u"invalid_value"_s);
}

SimulatedAnswer unsupportedParameter(const QString &name, const QString &advice) {
    QString text = u"Unsupported parameter: '%1' is not supported with this model."_s.arg(name);
    if (!advice.isEmpty())
        text += u' ' + advice;
    return modelError(400, text, name, u"unsupported_parameter"_s);
}

SimulatedAnswer unsupportedValue(const QString &name, const QString &value,
                                 const QString &onlyDefault) {
    return modelError(
        400,
        u"Unsupported value: '%1' does not support %2 with this model. Only the default "
        "(%3) value is supported."_s.arg(name, value, onlyDefault),
        name, u"unsupported_value"_s);
}

} // namespace quaygate::simulator
