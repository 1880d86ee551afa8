#include "gateway/simulator/key_check.h"

#include "gateway/simulator/azure_errors.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace quaygate::simulator {

namespace {

/// Where a family looks for a key; a family that is not named here asks for none.
struct Credentials {
    Family family;
    bool anthropicHeader; ///< x-api-key
    /// The dated families take every Bearer value for a token of Entra ID; the others take the
    /// key, too.
    bool keyAsBearer;
};

constexpr std::array table{
    Credentials{Family::Deployment, false, false},
    Credentials{Family::Resource, false, false},
    Credentials{Family::V1, false, true},
    Credentials{Family::Anthropic, true, true},
};

QByteArray bearer(const HttpRequest &request) {
    const QByteArray value = request.headers.value("Authorization").value_or(QByteArray());
    return value.size() > 7 && sameHeader(value.first(7), "Bearer ") ? value.sliced(7).trimmed()
                                                                     : QByteArray();
}

std::optional<QByteArray> keyHeader(const HttpRequest &request, bool anthropic) {
    const auto key = request.headers.value("api-key");
    return key || !anthropic ? key : request.headers.value("x-api-key");
}

} // namespace

QByteArray presentedKey(const HttpRequest &request) {
    const auto key = keyHeader(request, true);
    return key ? *key : bearer(request);
}

std::optional<SimulatedAnswer> checkKey(const Call &call, const SimulatedResource &resource) {
    const auto rule = std::find_if(table.begin(), table.end(), [&](const Credentials &each) {
        return each.family == call.family;
    });
    if (rule == table.end())
        return std::nullopt;
    const auto key = keyHeader(*call.request, rule->anthropicHeader);
    const QByteArray token = key ? QByteArray() : bearer(*call.request);
    // A token of the simulator's own is looked at even where no key is asked for.
    const TokenIssuer::Verdict verdict = resource.tokens().judge(token, call.now);
    if (verdict != TokenIssuer::Verdict::Foreign)
        return verdict == TokenIssuer::Verdict::Good ? std::nullopt : std::optional(wrongToken());
    if (!resource.hasKey())
        return std::nullopt;
    if (key)
        return resource.accepts(*key) ? std::nullopt : std::optional(wrongKey());
    if (token.isEmpty())
        return wrongKey();
    if (rule->keyAsBearer && resource.accepts(token))
        return std::nullopt;
    return wrongToken();
}

} // namespace quaygate::simulator
