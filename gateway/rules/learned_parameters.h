#pragma once

#include "gateway/config/config.h"
#include "gateway/rules/dialect.h"
#include "gateway/rules/parameter_refusal.h"

#include <QByteArray>
#include <QHash>
#include <QList>

#include <functional>

namespace quaygate {

/// Which parameters the models of deployments were found to refuse, for each API by itself.
/// Remembered until a deployment's answers come from another model. Each worker has its own, on its
/// thread; what one learns is told to the others.
class LearnedParameters {
public:
    /// For `withParameters`.
    QList<ParameterEdit> of(const Backend &backend, RuleDialect dialect) const;

    /// Says so to `onLearned` if it is news.
    void learn(const Backend &backend, RuleDialect dialect, const QList<ParameterEdit> &edits);
    /// The same without saying so: another worker has.
    void note(const Backend &backend, RuleDialect dialect, const QList<ParameterEdit> &edits);

    /// `model` is what an answer in this API names. The first one is that which the refusals are
    /// of; after another one the model is asked anew. An empty name says nothing.
    void forgetIfModelChanged(const Backend &backend, RuleDialect dialect, const QByteArray &model);

    std::function<void(const Backend &backend, RuleDialect dialect,
                       const QList<ParameterEdit> &edits)>
        onLearned;

private:
    struct Entry {
        QList<ParameterEdit> edits;
        QByteArray model; ///< empty: no answer has named it yet
    };

    bool add(const Backend &backend, RuleDialect dialect, const QList<ParameterEdit> &edits);

    QHash<QByteArray, Entry> m_entries;
};

} // namespace quaygate
