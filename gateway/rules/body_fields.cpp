#include "gateway/rules/body_fields.h"

#include "gateway/json/text_edits.h"
#include "gateway/rules/json_body.h"

#include <algorithm>

namespace quaygate {

namespace {

/// The last of that name: two of them would be added, or set, twice.
const BodyField *lastOf(const QList<BodyField> &fields, const QString &name) {
    const auto found = std::find_if(fields.rbegin(), fields.rend(),
                                    [&name](const BodyField &field) { return field.name == name; });
    return found == fields.rend() ? nullptr : &*found;
}

bool isLast(const QList<BodyField> &fields, const BodyField &field) {
    return lastOf(fields, field.name) == &field;
}

QByteArray memberText(const BodyField &field) {
    return json::quote(field.name) + ':' + field.json;
}

} // namespace

Result<QByteArray> withFields(const QByteArray &body, const Rules &rules) {
    if (rules.defaults.isEmpty() && rules.overrides.isEmpty())
        return body;
    const Result<json::Node> root = parseBody(body);
    if (!root)
        return root.error();
    json::TextEdits edits(body);
    QByteArrayList added;
    for (const BodyField &field : rules.defaults) {
        if (isLast(rules.defaults, field) && !lastOf(rules.overrides, field.name) &&
            !root->find(field.name.toUtf8()))
            added.append(memberText(field));
    }
    for (const BodyField &field : rules.overrides) {
        if (!isLast(rules.overrides, field))
            continue;
        const QByteArray name = field.name.toUtf8();
        if (!root->find(name))
            added.append(memberText(field));
        // Most readers take the last of several members of one name, but not all do.
        for (const json::Node::Member &member : root->members) {
            if (member.key == name)
                edits.replace(member.value.span, field.json);
        }
    }
    edits.addMembers(*root, added);
    return edits.isEmpty() ? body : edits.applied();
}

} // namespace quaygate
