#include "gateway/rules/token_reckoning.h"

#include "gateway/json/json_text.h"

#include <algorithm>

namespace quaygate {

namespace {

constexpr qint64 bytesOfToken = 4;
/// What a picture of a usual size costs; it stands in the body as a hundred times as many bytes.
constexpr qint64 tokensOfData = 1000;
/// A text without a quote is taken for data if it is that long and begins like base64.
constexpr qsizetype shortestData = 4096;
constexpr qsizetype looksAt = 256;

bool isBase64(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '-' || c == '_' || c == '=';
}

/// What stands in JSON as base64, with or without "data:image/png;base64," before it.
bool isData(QByteArrayView text) {
    if (text.size() < shortestData)
        return false;
    if (text.startsWith("data:"))
        return true;
    const QByteArrayView start = text.first(looksAt);
    return std::all_of(start.begin(), start.end(), isBase64);
}

qint64 tokensOfInput(QByteArrayView body) {
    qint64 data = 0;
    qint64 dataBytes = 0;
    qsizetype from = 0;
    while (from < body.size()) {
        const qsizetype quote = body.indexOf('"', from);
        const qsizetype to = quote < 0 ? body.size() : quote;
        if (isData(body.sliced(from, to - from))) {
            ++data;
            dataBytes += to - from;
        }
        from = to + 1;
    }
    return (body.size() - dataBytes) / bytesOfToken + data * tokensOfData;
}

/// 0 if there is none, or no number.
qint64 numberOf(QByteArrayView body, QByteArrayView member) {
    const auto span = json::findMember(body, member);
    if (!span || span->begin == span->end)
        return 0;
    const QByteArrayView text = body.sliced(span->begin, span->end - span->begin);
    constexpr qint64 most = 10'000'000; // no model says so much
    bool isNumber = false;
    const qint64 number = text.toByteArray().toLongLong(&isNumber);
    return isNumber ? std::clamp<qint64>(number, 0, most) : 0;
}

} // namespace

qint64 reckonTokens(QByteArrayView body) {
    if (!body.trimmed().startsWith('{'))
        return 0;
    qint64 output = 0;
    for (const char *member : {"max_completion_tokens", "max_tokens", "max_output_tokens"}) {
        if (output == 0 && body.contains(member)) // far faster than reading the JSON
            output = numberOf(body, member);
    }
    if (output > 0)
        output *= std::max<qint64>(1, numberOf(body, "n"));
    return tokensOfInput(body) + output;
}

} // namespace quaygate
