#include "gateway/rules/learned_parameters.h"

#include "gateway/config/deployment_key.h"

namespace quaygate {

namespace {

/// Far more than anybody has; the table starts anew rather than grow.
constexpr qsizetype mostDeployments = 4096;
/// More than there are parameters; of each, some values may be refused.
constexpr qsizetype mostEdits = 64;

QByteArray keyOf(const Backend &backend, RuleDialect dialect) {
    return deploymentKey(backend) + QByteArray::number(static_cast<int>(dialect));
}

} // namespace

QList<ParameterEdit> LearnedParameters::of(const Backend &backend, RuleDialect dialect) const {
    return m_entries.isEmpty() ? QList<ParameterEdit>()
                               : m_entries.value(keyOf(backend, dialect)).edits;
}

void LearnedParameters::learn(const Backend &backend, RuleDialect dialect,
                              const QList<ParameterEdit> &edits) {
    if (add(backend, dialect, edits) && onLearned)
        onLearned(backend, dialect, edits);
}

void LearnedParameters::note(const Backend &backend, RuleDialect dialect,
                             const QList<ParameterEdit> &edits) {
    add(backend, dialect, edits);
}

void LearnedParameters::forgetIfModelChanged(const Backend &backend, RuleDialect dialect,
                                             const QByteArray &model) {
    if (m_entries.isEmpty() || model.isEmpty())
        return;
    const auto entry = m_entries.find(keyOf(backend, dialect));
    if (entry == m_entries.end())
        return;
    if (entry->model.isEmpty())
        entry->model = model;
    else if (entry->model != model)
        m_entries.erase(entry);
}

/// True if something was new.
bool LearnedParameters::add(const Backend &backend, RuleDialect dialect,
                            const QList<ParameterEdit> &edits) {
    if (edits.isEmpty())
        return false;
    const QByteArray key = keyOf(backend, dialect);
    if (m_entries.size() >= mostDeployments && !m_entries.contains(key))
        m_entries.clear();
    Entry &entry = m_entries[key];
    bool news = false;
    for (const ParameterEdit &edit : edits) {
        if (entry.edits.contains(edit))
            continue;
        news = true;
        // What is refused under its new name goes back to the old one.
        entry.edits.removeIf([&](const ParameterEdit &known) {
            return !edit.newName.isEmpty() && known.newName == edit.name;
        });
        if (entry.edits.size() >= mostEdits)
            entry.edits.clear();
        entry.edits.append(edit);
    }
    return news;
}

} // namespace quaygate
