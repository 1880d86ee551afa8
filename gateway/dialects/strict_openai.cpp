#include "gateway/dialects/strict_openai.h"

#include "gateway/json/json_text.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace quaygate::dialects {

namespace {

using json::Node;

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

/// Replacements in a text, in the order of their places.
class Edits {
public:
    explicit Edits(QByteArrayView text) : m_text(text) {}

    /// Cuts the members out that are Azure's, each with one comma.
    void dropAzureMembers(const Node &object) {
        const Node::Member *before = nullptr;
        bool kept = false;
        for (size_t i = 0; i < object.members.size(); ++i) {
            const Node::Member &member = object.members[i];
            if (!isAzureName(member.key)) {
                kept = true;
            } else if (kept) {
                cut(before->value.span.end, member.value.span.end);
            } else {
                const bool last = i + 1 == object.members.size();
                cut(member.keySpan.begin,
                    last ? member.value.span.end : object.members[i + 1].keySpan.begin);
            }
            before = &member;
        }
    }

    /// Adds a member as the first one of an object.
    void insertMember(const Node &object, QByteArrayView member) {
        const qsizetype place = object.span.begin + 1;
        const bool alone =
            std::all_of(object.members.begin(), object.members.end(),
                        [](const Node::Member &other) { return isAzureName(other.key); });
        m_edits.push_back({{place, place}, member.toByteArray() + (alone ? "" : ",")});
    }

    bool isEmpty() const { return m_edits.empty(); }

    QByteArray applied() {
        // What is inserted comes before what is cut at the same place.
        std::sort(m_edits.begin(), m_edits.end(), [](const Edit &a, const Edit &b) {
            return std::pair(a.span.begin, a.span.end) < std::pair(b.span.begin, b.span.end);
        });
        QByteArray out;
        out.reserve(m_text.size() + 64);
        qsizetype copied = 0;
        for (const Edit &edit : m_edits) {
            out.append(m_text.sliced(copied, edit.span.begin - copied));
            out.append(edit.text);
            copied = edit.span.end;
        }
        return out.append(m_text.sliced(copied));
    }

private:
    struct Edit {
        json::Span span;
        QByteArray text;
    };

    void cut(qsizetype begin, qsizetype end) { m_edits.push_back({{begin, end}, {}}); }

    QByteArrayView m_text;
    std::vector<Edit> m_edits;
};

/// Where Azure puts its fields: beside the standard ones of the answer, of the choices, of images,
/// and of the response that an event holds.
void dropAzureFields(Edits &edits, const Node &root) {
    edits.dropAzureMembers(root);
    for (const QByteArrayView list : {"choices", "data"}) {
        const Node *items = root.find(list);
        if (!items)
            continue;
        for (const Node &item : items->elements)
            edits.dropAzureMembers(item);
    }
    if (const Node *response = root.find("response"))
        edits.dropAzureMembers(*response);
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
    Edits edits(body);
    dropAzureFields(edits, parsed.root);
    if (const Node *choices = parsed.root.find("choices")) {
        for (const Node &choice : choices->elements) {
            if (choice.type == Node::Type::Object && isNull(choice.find("message")) &&
                !choice.find("text"))
                edits.insertMember(
                    choice, R"("message":{"role":"assistant","content":null,"refusal":null})");
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
    Edits edits(data);
    dropAzureFields(edits, parsed.root);
    if (choices) {
        for (const Node &choice : choices->elements) {
            if (choice.type == Node::Type::Object && !choice.find("delta") && !choice.find("text"))
                edits.insertMember(choice, R"("delta":{})");
        }
    }
    return {false, edits.isEmpty() ? data : edits.applied()};
}

} // namespace quaygate::dialects
