#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QString>
#include <QStringList>

/// The errors of the service, in its own words: clients match on these texts.
namespace quaygate::simulator {

/// `{"error":{"code","message"}}`, said by the front of the service.
SimulatedAnswer gatewayError(int status, const QString &code, const QString &message);

/// `{"error":{"message","type","param","code"}}`, said by the model behind it. Empty `param` and
/// `code` are null.
SimulatedAnswer modelError(int status, const QString &message, const QString &param,
                           const QString &code, const QString &type = {});

/// `{"statusCode","message"}`, said by API Management.
SimulatedAnswer flatError(int status, const QString &message);

SimulatedAnswer resourceNotFound();
SimulatedAnswer deploymentNotFound();
SimulatedAnswer wrongKey();
SimulatedAnswer wrongToken();
SimulatedAnswer versionNotSupported();
SimulatedAnswer operationNotSupported(const QString &operation, const QString &model);
SimulatedAnswer bodyNotJson();
SimulatedAnswer bodyNotForm(const QString &contentType);

SimulatedAnswer missingParameter(const QString &name);
SimulatedAnswer invalidType(const QString &param, const QString &expected, const QString &got);
/// "Invalid value: 'x'. Supported values are: 'a', 'b', and 'c'."
SimulatedAnswer invalidValue(const QString &param, const QString &got, const QStringList &known);
SimulatedAnswer unsupportedParameter(const QString &name, const QString &advice = {});
SimulatedAnswer unsupportedValue(const QString &name, const QString &value,
                                 const QString &onlyDefault);

/// "'low', 'medium', and 'high'"; of two: "'low' and 'high'".
QString enumeration(const QStringList &values);

} // namespace quaygate::simulator
