#include "gateway/traffic/answer_paths.h"

namespace quaygate::traffic {

namespace {

struct Step {
    Place from;
    QByteArrayView key;
    Place to;
};

constexpr Step steps[] = {
    {Place::Root, "model", Place::Model},
    {Place::Root, "usage", Place::Usage},
    {Place::Root, "choices", Place::Choices},
    {Place::Root, "delta", Place::Delta},
    {Place::Root, "response", Place::Response},
    {Place::Root, "message", Place::Begun},
    {Place::Root, "item", Place::Item},
    {Place::Root, "content_block", Place::Item},
    {Place::Root, "b64_json", Place::Token},
    {Place::Root, "partial_image_b64", Place::Token},
    {Place::Response, "model", Place::Model},
    {Place::Response, "usage", Place::Usage},
    {Place::Begun, "model", Place::Model},
    {Place::Begun, "usage", Place::BegunUsage},
    {Place::Item, "name", Place::Token},
    {Place::Delta, "text", Place::Token},
    {Place::Delta, "partial_json", Place::Token},
    {Place::Delta, "thinking", Place::Token},
    {Place::Choice, "text", Place::Token},
    {Place::Choice, "delta", Place::ChoiceDelta},
    {Place::ChoiceDelta, "content", Place::Token},
    {Place::ChoiceDelta, "reasoning_content", Place::Token},
    {Place::ChoiceDelta, "reasoning", Place::Token},
    {Place::ChoiceDelta, "refusal", Place::Token},
    {Place::ChoiceDelta, "tool_calls", Place::Token},
    {Place::ChoiceDelta, "function_call", Place::Token},
    {Place::ChoiceDelta, "audio", Place::Token},
};

} // namespace

Place memberOf(Place parent, QByteArrayView key) {
    if (parent == Place::Token)
        return Place::Token;
    for (const Step &step : steps) {
        if (step.from == parent && step.key == key)
            return step.to;
    }
    return Place::Nowhere;
}

Place elementOf(Place parent) {
    if (parent == Place::Choices)
        return Place::Choice;
    return parent == Place::Token ? Place::Token : Place::Nowhere;
}

} // namespace quaygate::traffic
