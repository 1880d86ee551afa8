#pragma once

#include "gateway/result.h"

/// What a person is told when the keychain does not do what was asked, in the terms of their
/// system.
namespace quaygate::keychain_words {

Error missing(const QString &detail);
Error noCollection(const QString &detail);
Error locked(const QString &detail);
Error denied(const QString &detail);
/// It was asked, and has not answered within the time limit.
Error noAnswer();
/// It has yet to answer what it was asked before.
Error stillWaiting();
Error failed(const QString &detail);

} // namespace quaygate::keychain_words
