#pragma once

#include <QObject>
#include <QPointer>

#include <utility>

namespace quaygate {

/// A callback that does nothing once `object` is gone: what a store or the configuration calls
/// later must not reach a form that was closed meanwhile.
template<typename Object, typename Function>
auto guarded(Object *object, Function function) {
    return [guard = QPointer<Object>(object), function = std::move(function)](auto &&...arguments) {
        if (guard)
            function(std::forward<decltype(arguments)>(arguments)...);
    };
}

} // namespace quaygate
