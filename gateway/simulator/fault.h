#pragma once

#include "gateway/result.h"
#include "gateway/simulator/simulated_answer.h"

#include <QByteArray>
#include <QByteArrayView>

#include <map>
#include <optional>

namespace quaygate::simulator {

/// One thing that goes wrong on a bad day, as asked for: `NAME[;param=value]…`.
struct Fault {
    QByteArray name;
    std::map<QByteArray, int> numbers;
    QByteArray text; ///< as asked for; what `every` and `first` count by

    int number(QByteArrayView param, int otherwise) const;
    Milliseconds time(QByteArrayView param, int otherwise) const;
};

/// BadRequest with a message that says which faults and which parameters there are.
Result<Fault> parseFault(QByteArrayView text);

/// What a fault needs to know of the request it spoils.
struct FaultScene {
    QString operation; ///< "ChatCompletions_Create"
    QString apiVersion;
    QString model;
    QString deployment;
    qint64 now = 0;    ///< seconds since the epoch
    int renewsIn = 60; ///< seconds
    bool quotaUsedUp = false;
};

/// The answer that the fault gives in place of the real one, or nothing if it lets the request
/// through.
std::optional<SimulatedAnswer> replacement(const Fault &fault, const FaultScene &scene);

/// Spoils an answer: its pace, its pieces or its end.
void spoil(SimulatedAnswer &answer, const Fault &fault);

} // namespace quaygate::simulator
