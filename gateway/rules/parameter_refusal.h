#pragma once

#include "gateway/result.h"
#include "gateway/rules/dialect.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace quaygate {

/// What is done to one parameter of a request because a model refused it.
struct ParameterEdit {
    QByteArray name;         ///< of a member, or of one in an object: "reasoning.effort"
    QByteArray newName = {}; ///< empty: the parameter is left out
    QByteArray value = {};   ///< as JSON: only this value is refused; empty: all are

    bool operator==(const ParameterEdit &) const = default;
};

/// What must be changed in a request for a model that answered it with 400 to take it: nothing if
/// the answer is about something else, or if it names a parameter that cannot go without the answer
/// being another one than was asked for. Then the client gets the 400. Only these can:
///
/// | Parameter | Of | What is done | When |
/// |---|---|---|---|
/// | max_tokens | chat | becomes max_completion_tokens | not supported, unknown |
/// | max_completion_tokens | chat | becomes max_tokens | not supported, unknown |
/// | temperature, top_p, presence_penalty, frequency_penalty, seed | both | left out | always |
/// | parallel_tool_calls, stream_options | both | left out | not supported, unknown |
/// | reasoning_effort, verbosity | chat | left out | always; a refused value: that value only |
/// | reasoning.effort, text.verbosity | responses | left out | the same |
/// | user, safety_identifier, prompt_cache_key, prompt_cache_retention | both | left out | not
/// supported, unknown |
/// | logprobs, top_logprobs, logit_bias, stop, n | both | left out | where the value is what counts
/// without it: null, false, 0, {}, [], and 1 for n |
///
/// The others carry what was asked (messages, tools, response_format, a stop that matters, n of
/// more than 1, log probabilities that someone waits for), bound the cost, or keep data from being
/// stored. `errorBody` may have any of the shapes that Azure uses. Pure.
QList<ParameterEdit> refusedParameters(QByteArrayView errorBody, QByteArrayView requestBody,
                                       RuleDialect dialect);

/// The body with the edits made, of which those count that meet their parameter; all else keeps its
/// bytes. Where the new name is there already, the old one is left out. BodyNotJson if the body is
/// no JSON object. Pure.
Result<QByteArray> withParameters(const QByteArray &body, const QList<ParameterEdit> &edits);

} // namespace quaygate
