#pragma once

#include "gateway/azure/spoken_apis.h"
#include "gateway/config/config.h"

#include <QByteArray>
#include <QHash>

#include <functional>

namespace quaygate {

/// What deployments were found to answer, by their refusals. Each worker has its own, on its
/// thread; what one learns is told to the others.
class LearnedApis {
public:
    SpokenApis of(const Backend &backend) const;

    /// Says so to `onLearned` if it is news.
    void learn(const Backend &backend, SpokenApis spoken);
    /// The same without saying so: another worker has.
    void note(const Backend &backend, SpokenApis spoken);

    std::function<void(const Backend &backend, SpokenApis spoken)> onLearned;

private:
    QHash<QByteArray, SpokenApis> m_spoken; ///< of those that do not answer both
};

} // namespace quaygate
