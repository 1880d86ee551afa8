#include "gateway/simulator/fault.h"

#include "gateway/simulator/azure_errors.h"
#include "gateway/simulator/rate_limit_fault.h"

#include <QList>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

using Replace = std::optional<SimulatedAnswer> (*)(const Fault &, const FaultScene &);
using Spoil = void (*)(SimulatedAnswer &, const Fault &);

std::optional<SimulatedAnswer> timeout(const Fault &, const FaultScene &) {
    return gatewayError(408, u"Timeout"_s, u"The operation was timeout."_s);
}

std::optional<SimulatedAnswer> dependencyFailed(const Fault &fault, const FaultScene &) {
    SimulatedAnswer answer =
        modelError(424, u"The model container failed to answer."_s, {}, {}, u"server_error"_s);
    answer.headers.append("ms-azureml-model-error-reason"_ba, "model_error"_ba);
    answer.headers.append("ms-azureml-model-error-statuscode"_ba,
                          QByteArray::number(fault.number("status", 500)));
    return answer;
}

std::optional<SimulatedAnswer> serverError(const Fault &, const FaultScene &) {
    return modelError(500,
                      u"The server had an error while processing your request. Sorry about that!"_s,
                      {}, {}, u"server_error"_s);
}

std::optional<SimulatedAnswer> htmlBadGateway(const Fault &, const FaultScene &) {
    SimulatedAnswer answer;
    answer.status = 502;
    answer.headers.append("Content-Type"_ba, "text/html"_ba);
    answer.pieces.push_back({"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
                             "<center><h1>502 Bad Gateway</h1></center>\r\n<hr>"
                             "<center>Microsoft-Azure-Application-Gateway/v2</center>\r\n"
                             "</body>\r\n</html>\r\n"_ba,
                             {}});
    return answer;
}

std::optional<SimulatedAnswer> unavailable(const Fault &, const FaultScene &) {
    return gatewayError(
        503, u"ServiceUnavailable"_s,
        u"The service is temporarily unable to process your request. Please try again "
        "later."_s);
}

std::optional<SimulatedAnswer> noPermission(const Fault &, const FaultScene &) {
    return gatewayError(
        401, u"PermissionDenied"_s,
        u"The principal `00000000-0000-0000-0000-000000000000` lacks the required data action "
        "`Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action` to "
        "perform "
        "`POST /openai/deployments/{deployment-id}/chat/completions` operation."_s);
}

std::optional<SimulatedAnswer> keysDisabled(const Fault &, const FaultScene &) {
    return gatewayError(403, u"AuthenticationTypeDisabled"_s,
                        u"Key based authentication is disabled for this resource."_s);
}

std::optional<SimulatedAnswer> networkBlocked(const Fault &, const FaultScene &) {
    SimulatedAnswer answer = gatewayError(
        403, u"AccessDenied"_s, u"Public access is disabled. Please configure private endpoint."_s);
    answer.headers.append("policy-id"_ba, "ThrowExceptionDueToTrafficDenied"_ba);
    return answer;
}

std::optional<SimulatedAnswer> notDeployed(const Fault &, const FaultScene &) {
    return deploymentNotFound();
}

/// The piece before which something happens: `after` pieces have been sent, but never all of them.
std::size_t breakingPoint(const SimulatedAnswer &answer, const Fault &fault) {
    const auto after = static_cast<std::size_t>(fault.number("after", 3));
    return std::min(after, answer.pieces.empty() ? 0 : answer.pieces.size() - 1);
}

/// A body in one piece has no middle; this gives it one.
void splitSinglePiece(SimulatedAnswer &answer) {
    if (answer.pieces.size() != 1)
        return;
    const QByteArray whole = answer.pieces.front().bytes;
    const qsizetype half = whole.size() / 2;
    answer.pieces = {{whole.first(half), {}}, {whole.sliced(half), {}}};
}

void slowFirstByte(SimulatedAnswer &answer, const Fault &fault) {
    answer.firstByteDelay = fault.time("ms", 3000);
}

void silentGap(SimulatedAnswer &answer, const Fault &fault) {
    splitSinglePiece(answer);
    if (!answer.pieces.empty())
        answer.pieces[breakingPoint(answer, fault)].delay = fault.time("ms", 5000);
}

QByteArray chatErrorEvent() {
    return R"(data: {"error":{"message":"The server had an error while processing your request. )"
           R"(Sorry about that!","type":"server_error","param":null,"code":null}})"
           "\n\n"_ba;
}

void errorInMidStream(SimulatedAnswer &answer, const Fault &fault) {
    if (!answer.streamed) {
        SimulatedAnswer error = *serverError(fault, {});
        answer.status = error.status;
        answer.pieces = std::move(error.pieces);
        return;
    }
    const std::size_t number = breakingPoint(answer, fault);
    answer.pieces.resize(number);
    answer.pieces.push_back({answer.errorEvent ? answer.errorEvent(number) : chatErrorEvent(), {}});
}

void cut(SimulatedAnswer &answer, const Fault &fault) {
    splitSinglePiece(answer);
    answer.pieces.resize(breakingPoint(answer, fault));
    answer.streamed = true;
    answer.ending = SimulatedAnswer::Ending::Cut;
}

void reset(SimulatedAnswer &answer, const Fault &) {
    answer.ending = SimulatedAnswer::Ending::Reset;
}

void withoutDone(SimulatedAnswer &answer, const Fault &) {
    if (answer.streamed && !answer.pieces.empty() &&
        answer.pieces.back().bytes.startsWith("data: [DONE]"))
        answer.pieces.pop_back();
}

void byteByByte(SimulatedAnswer &answer, const Fault &) {
    answer.byteByByte = true;
}

/// A fault does one of the two, or is looked for by name where an answer is made (async-filter).
struct Kind {
    const char *name;
    const char *params;
    Replace replace;
    Spoil spoil;
};

constexpr std::array kinds{
    Kind{"429", "retry", rateLimitBothHeaders, nullptr},
    Kind{"429-both", "retry", rateLimitBothHeaders, nullptr},
    Kind{"429-ms", "retry", rateLimitMilliseconds, nullptr},
    Kind{"429-seconds", "retry", rateLimitSeconds, nullptr},
    Kind{"429-date", "retry", rateLimitDate, nullptr},
    Kind{"429-text", "retry", rateLimitTextOnly, nullptr},
    Kind{"429-none", "", rateLimitNoHint, nullptr},
    Kind{"429-reset", "retry", rateLimitResetHeader, nullptr},
    Kind{"429-apim", "retry", rateLimitFlat, nullptr},
    Kind{"429-capacity", "", rateLimitCapacity, nullptr},
    Kind{"quota", "requests tokens", rateLimitWhenUsedUp, nullptr},
    Kind{"401-permission", "", noPermission, nullptr},
    Kind{"403-keys-disabled", "", keysDisabled, nullptr},
    Kind{"403-network", "", networkBlocked, nullptr},
    Kind{"404-deployment", "", notDeployed, nullptr},
    Kind{"408", "", timeout, nullptr},
    Kind{"424", "status", dependencyFailed, nullptr},
    Kind{"500", "", serverError, nullptr},
    Kind{"html-502", "", htmlBadGateway, nullptr},
    Kind{"503", "", unavailable, nullptr},
    Kind{"slow-first-byte", "ms", nullptr, slowFirstByte},
    Kind{"silent-gap", "ms after", nullptr, silentGap},
    Kind{"mid-stream-error", "after", nullptr, errorInMidStream},
    Kind{"cut", "after", nullptr, cut},
    Kind{"reset", "", nullptr, reset},
    Kind{"no-done", "", nullptr, withoutDone},
    Kind{"one-byte-writes", "", nullptr, byteByByte},
    Kind{"async-filter", "", nullptr, nullptr},
};

/// Known to every fault: which requests it spoils, and a name to count by.
constexpr auto commonParams = "every first label";
constexpr int largestNumber = 3'600'000;

const Kind *kindNamed(QByteArrayView name) {
    const auto found = std::find_if(kinds.begin(), kinds.end(),
                                    [name](const Kind &kind) { return name == kind.name; });
    return found == kinds.end() ? nullptr : &*found;
}

Error unknownFault(QByteArrayView name) {
    QStringList names;
    for (const Kind &kind : kinds)
        names.append(QLatin1StringView(kind.name));
    return {ErrorCode::BadRequest,
            u"The simulator has no fault \"%1\". It has: %2."_s.arg(QString::fromUtf8(name),
                                                                    names.join(u", "_s)),
            {}};
}

Error wrongParam(QByteArrayView param, const Kind &kind) {
    QString params = QLatin1StringView(kind.params);
    params += (params.isEmpty() ? u""_s : u" "_s) + QLatin1StringView(commonParams);
    return {ErrorCode::BadRequest,
            u"\"%1\" is no parameter of the fault \"%2\". It has, each with a whole number from 0 "
            u"to %3 "
            "(label: any text): %4."_s.arg(QString::fromUtf8(param), QLatin1StringView(kind.name))
                .arg(largestNumber)
                .arg(params.replace(u' ', u", "_s)),
            {}};
}

bool isParam(const QByteArray &name, const Kind &kind) {
    return QByteArray(kind.params).split(' ').contains(name) ||
           QByteArray(commonParams).split(' ').contains(name);
}

} // namespace

int Fault::number(QByteArrayView param, int otherwise) const {
    const auto found = numbers.find(param.toByteArray());
    return found == numbers.end() ? otherwise : found->second;
}

Milliseconds Fault::time(QByteArrayView param, int otherwise) const {
    return Milliseconds(number(param, otherwise));
}

Result<Fault> parseFault(QByteArrayView text) {
    const QList<QByteArray> parts = text.toByteArray().split(';');
    Fault fault{parts.front().trimmed(), {}, text.toByteArray()};
    const Kind *const kind = kindNamed(fault.name);
    if (!kind)
        return unknownFault(fault.name);
    for (const QByteArray &part : parts.sliced(1)) {
        const qsizetype equals = part.indexOf('=');
        const QByteArray name = part.first(std::max<qsizetype>(equals, 0)).trimmed();
        if (name.isEmpty() || !isParam(name, *kind))
            return wrongParam(part, *kind);
        if (name == "label")
            continue;
        bool isNumber = false;
        const int number = part.sliced(equals + 1).trimmed().toInt(&isNumber);
        if (!isNumber || number < 0 || number > largestNumber)
            return wrongParam(part, *kind);
        fault.numbers[name] = number;
    }
    return fault;
}

std::optional<SimulatedAnswer> replacement(const Fault &fault, const FaultScene &scene) {
    const Kind *const kind = kindNamed(fault.name);
    return kind && kind->replace ? kind->replace(fault, scene) : std::nullopt;
}

void spoil(SimulatedAnswer &answer, const Fault &fault) {
    const Kind *const kind = kindNamed(fault.name);
    if (kind && kind->spoil)
        kind->spoil(answer, fault);
}

} // namespace quaygate::simulator
