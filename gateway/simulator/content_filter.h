#pragma once

#include "gateway/simulator/simulated_answer.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QStringView>

/// The content filter. It finds nothing but two words that exist for this purpose.
namespace quaygate::simulator {

/// In a prompt: the request is refused with 400.
inline constexpr QStringView promptTrigger = u"trigger-content-filter";
/// In a prompt: the answer is taken back while it is made.
inline constexpr QStringView completionTrigger = u"trigger-completion-filter";

/// Nothing found. With the categories of prompts, and with those of completions.
QJsonObject cleanPromptResults();
QJsonObject cleanCompletionResults();
/// Hate of high severity found, in a completion.
QJsonObject filteredCompletionResults();

/// `prompt_filter_results` of an answer.
QJsonArray promptFilterResults();

/// The 400 for a prompt with the trigger word.
SimulatedAnswer promptFiltered();

} // namespace quaygate::simulator
