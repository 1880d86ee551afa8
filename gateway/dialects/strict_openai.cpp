#include "gateway/dialects/strict_openai.h"

#include "gateway/json/json_text.h"
#include "gateway/json/text_edits.h"

#include <algorithm>

namespace quaygate::dialects {

namespace {

using json::Node;
using json::TextEdits;

/// Every one of them is Azure's.
constexpr QByteArrayView azureNames[] = {
    "prompt_filter_results", "prompt_annotations",     "content_filter_results",
    "content_filter_result", "content_filter_offsets", "content_filters",
};

/// What cannot be Azure's is not parsed.
bool mayHoldAzureNames(QByteArrayView text) {
    return text.contains("_filter") || text.contains("prompt_annotations");
}

bool isAzureName(QByteArrayView key) {
    return std::find(std::begin(azureNames), std::end(azureNames), key) != std::end(azureNames);
}

bool isNull(const Node *node) {
    return !node || node->type == Node::Type::Null;
}

bool isAzures(const Node::Member &member) {
    return isAzureName(member.key);
}

/// Adds a member as the first one of an object that loses what is Azure's.
void insertMember(TextEdits &edits, const Node &object, const QByteArray &member) {
    const bool alone = std::all_of(object.members.begin(), object.members.end(), isAzures);
    edits.insert(object.span.begin + 1, member + (alone ? "" : ","));
}

/// Where Azure puts its fields: beside the standard ones of the answer, of the choices, of images,
/// and of the response that an event holds.
void dropAzureFields(TextEdits &edits, const Node &root) {
    edits.removeMembers(root, isAzures);
    for (const QByteArrayView list : {"choices", "data"}) {
        const Node *items = root.find(list);
        if (!items)
            continue;
        for (const Node &item : items->elements)
            edits.removeMembers(item, isAzures);
    }
    if (const Node *response = root.find("response"))
        edits.removeMembers(*response, isAzures);
}

/// A choice of a chunk that says nothing: no text, no reason to finish.
bool saysNothing(const Node &choice) {
    return isNull(choice.find("delta")) && !choice.find("text") &&
           isNull(choice.find("finish_reason"));
}

bool isDropped(const Node &chunk, const Node &choices) {
    const Node *usage = chunk.find("usage");
    if (choices.elements.empty())
        return isNull(usage);
    return isNull(usage) &&
           std::all_of(choices.elements.begin(), choices.elements.end(), saysNothing);
}

} // namespace

QByteArray strictOpenAiBody(const QByteArray &body) {
    if (!mayHoldAzureNames(body))
        return body;
    const json::Parsed parsed = json::parse(body);
    TextEdits edits(body);
    dropAzureFields(edits, parsed.root);
    if (const Node *choices = parsed.root.find("choices")) {
        for (const Node &choice : choices->elements) {
            if (choice.type == Node::Type::Object && isNull(choice.find("message")) &&
                !choice.find("text"))
                insertMember(edits, choice,
                             R"("message":{"role":"assistant","content":null,"refusal":null})");
        }
    }
    return edits.isEmpty() ? body : edits.applied();
}

StrictEvent strictOpenAiEvent(const QByteArray &data) {
    // A chunk that has a delta and no field of Azure's is one that OpenAI could have sent.
    if (!mayHoldAzureNames(data) && data.contains("\"delta\""))
        return {false, data};
    const json::Parsed parsed = json::parse(data);
    const Node *choices = parsed.root.find("choices");
    if (choices && choices->type == Node::Type::Array && isDropped(parsed.root, *choices))
        return {true, {}};
    TextEdits edits(data);
    dropAzureFields(edits, parsed.root);
    if (choices) {
        for (const Node &choice : choices->elements) {
            if (choice.type == Node::Type::Object && !choice.find("delta") && !choice.find("text"))
                insertMember(edits, choice, R"("delta":{})");
        }
    }
    return {false, edits.isEmpty() ? data : edits.applied()};
}

} // namespace quaygate::dialects
