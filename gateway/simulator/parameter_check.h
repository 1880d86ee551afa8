#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QJsonObject>

#include <optional>
#include <span>

namespace quaygate::simulator {

/// What a parameter of a body may be. `least` and `most` are bounds of numbers, where there are
/// any.
struct Parameter {
    enum class Type { Any, Boolean, Integer, Number, String, Array, Object };

    const char *name;
    Type type = Type::Any;
    std::optional<double> least = {};
    std::optional<double> most = {};
};

/// What the service says against the parameters of a body: unknown ones, wrong types, numbers out
/// of bounds. Null counts as absent.
std::optional<SimulatedAnswer> checkParameters(const QJsonObject &body,
                                               std::span<const Parameter> known);

/// What it says against a text that must be there and have at most so many characters.
std::optional<SimulatedAnswer> checkText(const QString &name, const QString &text,
                                         qsizetype longest);

/// "an array", "a string" …: what a value is, in the service's words.
QString typeOf(const QJsonValue &value);

} // namespace quaygate::simulator
