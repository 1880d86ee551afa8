#include "gateway/dialects/upstream_error.h"

namespace quaygate::dialects {

namespace {

QByteArray codeOf(const JsonView &code) {
    return code.isNumber() ? code.raw().toByteArray() : code.string();
}

} // namespace

UpstreamError readUpstreamError(QByteArrayView body) {
    const JsonDocument document(body);
    return document.isObject() ? readUpstreamError(document.root()) : UpstreamError{};
}

UpstreamError readUpstreamError(const JsonView &object) {
    const JsonView member = object["error"];
    if (member.isString())
        return {member.string(), {}, {}, {}};
    const JsonView error = member.isObject() ? member : object;
    UpstreamError read{error["message"].string(), codeOf(error["code"]), error["type"].string(),
                       error["param"].string()};
    if (read.code.isEmpty())
        read.code = codeOf(error["statusCode"]);
    return read;
}

} // namespace quaygate::dialects
