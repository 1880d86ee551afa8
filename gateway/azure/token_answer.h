#pragma once

#include "gateway/result.h"
#include "gateway/secrets/secret.h"

#include <QByteArrayView>

#include <chrono>
#include <optional>

/// What a token service answers when all is well (sections 4.2 to 4.4 of the Azure reference). Pure
/// functions: `now` is an argument.
namespace quaygate {

using WallTime = std::chrono::system_clock::time_point;

/// A token of Entra ID and how long it is good.
struct AccessToken {
    Secret token;
    WallTime expires;
    /// When the service wants it renewed, if it says so.
    std::optional<WallTime> refresh;
};

/// Reads the answer of Entra ID, the metadata service or App Service; numbers may be texts.
/// `expires_in` counts before `expires_on`, for the clock of this machine may be wrong. Fails with
/// SignInFailed if there is no token in it; the message holds nothing of the answer.
Result<AccessToken> readTokenAnswer(QByteArrayView body, WallTime now);

/// Reads what `az account get-access-token` prints; `expiresOn`, which older versions give alone,
/// is in local time.
Result<AccessToken> readAzureCliAnswer(QByteArrayView output);

} // namespace quaygate
