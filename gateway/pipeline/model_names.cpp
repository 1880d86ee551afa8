#include "gateway/pipeline/model_names.h"

#include <algorithm>

namespace quaygate {

void ModelNames::addBackend(const Backend &backend) {
    m_backends.append(&backend);
    const QByteArray name = backend.name.toUtf8();
    const QByteArray deployment = backend.deploymentName.toUtf8();
    if (!m_names.contains(name))
        m_names.insert(name, &backend);
    for (const QByteArray &one : {name, deployment}) {
        if (!one.isEmpty() && !m_listed.contains(one))
            m_listed.append(one);
    }
    const QByteArray key = deployment.toLower();
    if (!key.isEmpty() && !m_deployments.contains(key))
        m_deployments.insert(key, &backend);
}

void ModelNames::addAliases(const QList<ModelAlias> &aliases) {
    for (const ModelAlias &alias : aliases) {
        const QByteArray name = alias.name.toUtf8();
        const Backend *const backend = named(alias.target.toUtf8());
        if (!backend)
            continue;
        if (const qsizetype star = name.indexOf('*'); star >= 0) {
            m_patterns.push_back({name.first(star), name.sliced(star + 1), backend});
        } else if (!m_aliases.contains(name)) {
            m_aliases.insert(name, backend);
            m_listed.removeAll(name);
            m_listed.prepend(name);
        }
    }
    const auto size = [](const Pattern &one) { return one.before.size() + one.after.size(); };
    std::stable_sort(m_patterns.begin(), m_patterns.end(),
                     [size](const Pattern &a, const Pattern &b) { return size(a) > size(b); });
}

const Backend *ModelNames::named(const QByteArray &name) const {
    const Backend *const backend = m_names.value(name);
    return backend ? backend : m_deployments.value(name.toLower());
}

const Backend *ModelNames::find(const QByteArray &model) const {
    if (const Backend *const backend = m_aliases.value(model))
        return backend;
    if (const Backend *const backend = named(model))
        return backend;
    const auto found = std::find_if(m_patterns.begin(), m_patterns.end(), [&](const Pattern &one) {
        return model.size() >= one.before.size() + one.after.size() &&
               model.startsWith(one.before) && model.endsWith(one.after);
    });
    return found == m_patterns.end() ? nullptr : found->backend;
}

} // namespace quaygate
