#include "ui/backends/spoken_hint.h"

#include <QCoreApplication>

namespace quaygate {

QString spokenHint(SpokenApis spoken) {
    switch (spoken) {
    case SpokenApis::Both:
        return {};
    case SpokenApis::ChatOnly:
        return QCoreApplication::translate(
            "BackendForm", "Found to answer chat completions only; responses are translated.");
    case SpokenApis::ResponsesOnly:
        return QCoreApplication::translate(
            "BackendForm", "Found to answer responses only; chat completions are translated.");
    }
    return {};
}

} // namespace quaygate
