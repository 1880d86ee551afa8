#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

/// The numbered errors of Entra ID. Pure functions.
namespace quaygate {

/// The number in "AADSTS7000215: Invalid client secret …", wherever it stands.
std::optional<int> entraErrorNumber(const QByteArray &text);

/// What that number means and what to do, with {tenant}, {app}, {secret} and {scope} to be filled
/// in; null if it is not known.
QString entraErrorText(int number);

} // namespace quaygate
