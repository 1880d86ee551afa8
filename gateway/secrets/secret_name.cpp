#include "gateway/secrets/secret_name.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace quaygate {

namespace {

bool isControl(QChar character) {
    return character.category() == QChar::Other_Control;
}

Error invalid(const QString &message) {
    return {ErrorCode::ConfigInvalid, message, {}};
}

} // namespace

Result<void> checkSecretName(const QString &name) {
    if (name.isEmpty())
        return invalid(u"A key needs a name; give it one."_s);
    if (name.size() > maxSecretNameLength)
        return invalid(
            u"The name of a key has at most %1 characters, this one has %2; shorten it."_s
                .arg(maxSecretNameLength)
                .arg(name.size()));
    if (std::any_of(name.begin(), name.end(), isControl))
        return invalid(u"The name of a key holds no line breaks or other control characters; "
                       "remove them."_s);
    return {};
}

Result<void> checkNotEmpty(const Secret &secret) {
    if (secret.isEmpty())
        return invalid(u"The key is empty; enter one."_s);
    return {};
}

} // namespace quaygate
