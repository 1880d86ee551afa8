#include "gateway/rules/parameter_refusal.h"

#include "gateway/json/text_edits.h"
#include "gateway/rules/json_body.h"

#include <QByteArrayList>

#include <algorithm>

namespace quaygate {

namespace {

using json::Node;

/// How a model says no.
enum class Refusal {
    Unsupported, ///< the parameter, whatever its value; or it does not know it
    Value,       ///< this value of it
};

enum class Droppable {
    Always,        ///< a refused value stands for all: the model has but one
    ByValue,       ///< others than the refused value may be good
    NotForValue,   ///< not because of its value
    WithoutEffect, ///< only where its value says what counts without it
};

/// In which APIs a parameter has its name.
enum class In { Chat, Responses, Both };

struct Parameter {
    QByteArrayView name;
    In in;
    Droppable droppable;
    QByteArrayView newName = {};
};

constexpr Parameter table[] = {
    {"max_tokens", In::Chat, Droppable::NotForValue, "max_completion_tokens"},
    {"max_completion_tokens", In::Chat, Droppable::NotForValue, "max_tokens"},
    {"temperature", In::Both, Droppable::Always},
    {"top_p", In::Both, Droppable::Always},
    {"presence_penalty", In::Both, Droppable::Always},
    {"frequency_penalty", In::Both, Droppable::Always},
    {"seed", In::Both, Droppable::Always},
    {"parallel_tool_calls", In::Both, Droppable::NotForValue},
    {"stream_options", In::Both, Droppable::NotForValue},
    {"reasoning_effort", In::Chat, Droppable::ByValue},
    {"verbosity", In::Chat, Droppable::ByValue},
    {"reasoning.effort", In::Responses, Droppable::ByValue},
    {"text.verbosity", In::Responses, Droppable::ByValue},
    {"user", In::Both, Droppable::NotForValue},
    {"safety_identifier", In::Both, Droppable::NotForValue},
    {"prompt_cache_key", In::Both, Droppable::NotForValue},
    {"prompt_cache_retention", In::Both, Droppable::NotForValue},
    {"logprobs", In::Both, Droppable::WithoutEffect},
    {"top_logprobs", In::Both, Droppable::WithoutEffect},
    {"logit_bias", In::Both, Droppable::WithoutEffect},
    {"stop", In::Both, Droppable::WithoutEffect},
    {"n", In::Both, Droppable::WithoutEffect},
};

/// What is longer is no value that a model has a word for.
constexpr qsizetype longestValue = 64;

const Parameter *rowOf(QByteArrayView name, RuleDialect dialect) {
    const In other = dialect == RuleDialect::Chat ? In::Responses : In::Chat;
    const auto *const row =
        std::find_if(std::begin(table), std::end(table), [&](const Parameter &parameter) {
            return parameter.name == name && parameter.in != other;
        });
    return row == std::end(table) ? nullptr : row;
}

struct Refused {
    QByteArrayList names;
    Refusal refusal = Refusal::Unsupported;
};

/// The text between the first two apostrophes.
QByteArray quotedName(QByteArrayView message) {
    const qsizetype begin = message.indexOf('\'') + 1;
    const qsizetype end = begin > 0 ? message.indexOf('\'', begin) : -1;
    return end < 0 ? QByteArray() : message.sliced(begin, end - begin).toByteArray();
}

/// "Unrecognized request argument supplied: a" and "… arguments supplied: a, b".
QByteArrayList unrecognized(QByteArrayView message) {
    constexpr QByteArrayView supplied = " supplied: ";
    const qsizetype at = message.indexOf(supplied);
    if (!message.startsWith("Unrecognized request argument") || at < 0)
        return {};
    QByteArrayList names;
    for (const QByteArray &name : message.sliced(at + supplied.size()).toByteArray().split(','))
        names.append(name.trimmed());
    return names;
}

Refused readRefusal(QByteArrayView errorBody) {
    const json::Parsed parsed = json::parse(errorBody);
    const Node *const nested = parsed.root.find("error");
    const Node &error = nested ? *nested : parsed.root;
    const QByteArray message = stringOf(errorBody, error.find("message"));
    const QByteArray code = stringOf(errorBody, error.find("code"));
    const QByteArray param = stringOf(errorBody, error.find("param"));
    const bool value = code == "unsupported_value" || message.startsWith("Unsupported value: ");
    const bool parameter = code == "unsupported_parameter" || code == "unknown_parameter" ||
                           message.startsWith("Unsupported parameter: ") ||
                           message.startsWith("Unknown parameter: ");
    if (!value && !parameter)
        return {unrecognized(message)};
    const QByteArray name = param.isEmpty() ? quotedName(message) : param;
    return {name.isEmpty() ? QByteArrayList() : QByteArrayList{name},
            value ? Refusal::Value : Refusal::Unsupported};
}

/// The object that a parameter stands in, and the parameter's name in there.
struct Place {
    const Node *object = nullptr; ///< null: there is none
    QByteArray name;

    const Node *value() const { return object ? object->find(name) : nullptr; }
};

Place placeOf(const Node &root, const QByteArray &name) {
    const qsizetype dot = name.indexOf('.');
    if (dot < 0)
        return {&root, name};
    return {root.find(QByteArrayView(name).first(dot)), name.sliced(dot + 1)};
}

bool isWithoutEffect(QByteArrayView name, QByteArrayView value) {
    if (name == "n")
        return value == "1" || value == "null";
    return value == "null" || value == "false" || value == "0" || value == "{}" || value == "[]";
}

/// What is done to one parameter; nothing to be done has no name.
ParameterEdit editOf(const Parameter &row, Refusal refusal, QByteArrayView value) {
    ParameterEdit edit{row.name.toByteArray(), row.newName.toByteArray()};
    switch (row.droppable) {
    case Droppable::Always:
        return edit;
    case Droppable::NotForValue:
        return refusal == Refusal::Unsupported ? edit : ParameterEdit();
    case Droppable::WithoutEffect:
        edit.value = value.toByteArray();
        return isWithoutEffect(row.name, value) ? edit : ParameterEdit();
    case Droppable::ByValue:
        if (refusal == Refusal::Value)
            edit.value = value.toByteArray();
        return edit.value.size() <= longestValue ? edit : ParameterEdit();
    }
    return {};
}

void apply(json::TextEdits &edits, QByteArrayView body, const Node &root, const ParameterEdit &edit,
           QByteArrayList &leftOut) {
    const Place place = placeOf(root, edit.name);
    const Node *const value = place.value();
    if (!value || (!edit.value.isEmpty() && textOf(body, *value) != edit.value))
        return;
    if (edit.newName.isEmpty() || place.object->find(edit.newName)) {
        leftOut.append(edit.name);
        return;
    }
    for (const Node::Member &member : place.object->members) {
        if (member.key == place.name)
            edits.replace(member.keySpan, '"' + edit.newName + '"');
    }
}

/// All at once for each object, so that each loses the right commas.
void leaveOut(json::TextEdits &edits, const Node &root, const QByteArrayList &names) {
    std::vector<const Node *> objects;
    for (const QByteArray &name : names) {
        if (names.contains(name.first(std::max<qsizetype>(name.indexOf('.'), 0))))
            continue; // it goes with its object
        const Node *const object = placeOf(root, name).object;
        if (std::find(objects.begin(), objects.end(), object) == objects.end())
            objects.push_back(object);
    }
    for (const Node *const object : objects) {
        edits.removeMembers(*object, [&](const Node::Member &member) {
            return std::any_of(names.begin(), names.end(), [&](const QByteArray &name) {
                const Place place = placeOf(root, name);
                return place.object == object && place.name == member.key;
            });
        });
    }
}

} // namespace

QList<ParameterEdit> refusedParameters(QByteArrayView errorBody, QByteArrayView requestBody,
                                       RuleDialect dialect) {
    if (dialect != RuleDialect::Chat && dialect != RuleDialect::Responses)
        return {};
    const Refused refused = readRefusal(errorBody);
    if (refused.names.isEmpty())
        return {};
    const Result<Node> root = parseBody(requestBody);
    if (!root)
        return {};
    QList<ParameterEdit> edits;
    for (const QByteArray &name : refused.names) {
        const Parameter *const row = rowOf(name, dialect);
        const Node *const value = placeOf(*root, name).value();
        if (!row || !value)
            return {}; // the model would refuse again
        const ParameterEdit edit = editOf(*row, refused.refusal, textOf(requestBody, *value));
        if (edit.name.isEmpty())
            return {};
        edits.append(edit);
    }
    return edits;
}

Result<QByteArray> withParameters(const QByteArray &body, const QList<ParameterEdit> &edits) {
    if (edits.isEmpty())
        return body;
    const Result<Node> root = parseBody(body);
    if (!root)
        return root.error();
    json::TextEdits changes(body);
    QByteArrayList leftOut;
    for (const ParameterEdit &edit : edits)
        apply(changes, body, *root, edit, leftOut);
    leaveOut(changes, *root, leftOut);
    return changes.isEmpty() ? body : changes.applied();
}

} // namespace quaygate
