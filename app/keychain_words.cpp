#include "app/keychain_words.h"

using namespace Qt::StringLiterals;

namespace quaygate::keychain_words {

namespace {

QString otherwise() {
    return u" Or keep the key for this session only, or in an environment variable."_s;
}

QString howToUnlock() {
#if defined(Q_OS_MACOS)
    return u"unlock the login keychain in Keychain Access"_s;
#elif defined(Q_OS_WIN)
    return u"sign in to Windows again"_s;
#else
    return u"unlock it (log in to the desktop, or use Passwords and Keys or KWalletManager)"_s;
#endif
}

} // namespace

Error missing(const QString &detail) {
#if defined(Q_OS_MACOS)
    const QString reason =
        u"The keychain of macOS is not available to Quaygate; check it in Keychain "
        "Access."_s;
#elif defined(Q_OS_WIN)
    const QString reason =
        u"The Credential Manager of Windows does not answer; check that its service "
        "is running."_s;
#else
    const QString reason =
        u"No keyring service answers on D-Bus; install and start gnome-keyring or "
        "KWallet."_s;
#endif
    return {ErrorCode::SecretStoreMissing, reason + otherwise(), detail};
}

Error noCollection(const QString &detail) {
    return {ErrorCode::SecretStoreMissing,
            u"The keyring service has no default keyring; make one (log in to the desktop, or use "
            "Passwords and Keys)."_s +
                otherwise(),
            detail};
}

Error locked(const QString &detail) {
    return {ErrorCode::SecretStoreLocked,
            u"The keychain is locked; %1 and try again."_s.arg(howToUnlock()), detail};
}

Error denied(const QString &detail) {
    return {ErrorCode::SecretStoreLocked,
            u"The keychain was not allowed to give Quaygate the key; try again and allow it."_s,
            detail};
}

Error noAnswer() {
    return {ErrorCode::SecretStoreLocked,
            u"The keychain has not answered, it may be waiting for its password; %1 and try "
            "again."_s.arg(howToUnlock()),
            {}};
}

Error stillWaiting() {
    return {ErrorCode::SecretStoreLocked,
            u"The keychain has still not answered an earlier request, it may be waiting for its "
            "password; %1 and try again."_s.arg(howToUnlock()),
            {}};
}

Error failed(const QString &detail) {
    return {ErrorCode::Internal,
            u"The keychain could not do it: %1"_s.arg(
                detail.isEmpty() ? u"it gave no reason. Try again."_s : detail),
            detail};
}

} // namespace quaygate::keychain_words
