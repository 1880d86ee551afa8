#include "gateway/simulator/anthropic_errors.h"

#include "gateway/simulator/sse_event.h"

#include <QJsonDocument>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

struct ErrorType {
    int status;
    const char *type;
};

constexpr std::array types{
    ErrorType{400, "invalid_request_error"}, ErrorType{401, "authentication_error"},
    ErrorType{403, "permission_error"},      ErrorType{404, "not_found_error"},
    ErrorType{413, "request_too_large"},     ErrorType{429, "rate_limit_error"},
    ErrorType{503, "overloaded_error"},      ErrorType{529, "overloaded_error"},
};

QString typeOf(int status) {
    const auto found = std::find_if(types.begin(), types.end(), [status](const ErrorType &each) {
        return each.status == status;
    });
    return found == types.end() ? u"api_error"_s : QString(QLatin1StringView(found->type));
}

/// In Anthropic's words, where it has its own.
QString messageOf(const QJsonObject &error) {
    const QString param = error[u"param"].toString();
    const QString code = error[u"code"].toString();
    if (code == u"missing_required_parameter")
        return param + u": Field required"_s;
    if (code == u"unknown_parameter")
        return param + u": Extra inputs are not permitted"_s;
    const QString message = error[u"message"].toString();
    return param.isEmpty() ? message : param + u": "_s + message;
}

QJsonObject errorJson(const QString &type, const QString &message) {
    return {{u"type"_s, u"error"_s},
            {u"error"_s, QJsonObject{{u"type"_s, type}, {u"message"_s, message}}}};
}

} // namespace

void speakAnthropic(SimulatedAnswer &answer, SimulatedResource &resource) {
    const QString id = u"req_011"_s + resource.letters(21);
    answer.headers.set("request-id", id.toLatin1());
    if (answer.status < 400)
        return;
    const QJsonObject body = QJsonDocument::fromJson(answer.body()).object();
    if (body.isEmpty())
        return; // a front door's page
    // API Management has its message at the top.
    const QString message =
        body.contains(u"error") ? messageOf(body[u"error"].toObject()) : messageOf(body);
    QJsonObject json = errorJson(typeOf(answer.status), message);
    json[u"request_id"] = id;
    answer.pieces = {{QJsonDocument(json).toJson(QJsonDocument::Compact), {}}};
}

QByteArray anthropicErrorEvent(std::size_t) {
    return namedEvent(u"error"_s, errorJson(u"api_error"_s, u"Internal server error"_s));
}

} // namespace quaygate::simulator
