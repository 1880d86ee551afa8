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
    if (!key.isEmpty())
        m_deployments[key].append(&backend);
}

void ModelNames::addAliases(const QList<ModelAlias> &aliases) {
    for (const ModelAlias &alias : aliases) {
        const QByteArray name = alias.name.toUtf8();
        const Backends backends = named(alias.target.toUtf8());
        if (backends.isEmpty())
            continue;
        if (const qsizetype star = name.indexOf('*'); star >= 0) {
            m_patterns.push_back({name.first(star), name.sliced(star + 1), backends});
        } else if (!m_aliases.contains(name)) {
            m_aliases.insert(name, backends);
            m_listed.removeAll(name);
            m_listed.prepend(name);
        }
    }
    const auto size = [](const Pattern &one) { return one.before.size() + one.after.size(); };
    std::stable_sort(m_patterns.begin(), m_patterns.end(),
                     [size](const Pattern &a, const Pattern &b) { return size(a) > size(b); });
}

ModelNames::Backends ModelNames::named(const QByteArray &name) const {
    if (const Backend *const backend = m_names.value(name))
        return {backend};
    return m_deployments.value(name.toLower());
}

ModelNames::Backends ModelNames::find(const QByteArray &model) const {
    if (const auto alias = m_aliases.constFind(model); alias != m_aliases.constEnd())
        return *alias;
    if (const Backends backends = named(model); !backends.isEmpty())
        return backends;
    const auto found = std::find_if(m_patterns.begin(), m_patterns.end(), [&](const Pattern &one) {
        return model.size() >= one.before.size() + one.after.size() &&
               model.startsWith(one.before) && model.endsWith(one.after);
    });
    return found == m_patterns.end() ? Backends() : found->backends;
}

} // namespace quaygate
