#pragma once

#include "gateway/simulator/multipart_form.h"
#include "gateway/simulator/parameter_check.h"

namespace quaygate::simulator {

/// The texts of a form as the values that a JSON body would have, so that both are checked in one
/// way: numbers and booleans where the parameter is one and the text can be read so, lists of what
/// comes several times. Files become their names.
QJsonObject parametersOf(const MultipartForm &form, std::span<const Parameter> known);

} // namespace quaygate::simulator
