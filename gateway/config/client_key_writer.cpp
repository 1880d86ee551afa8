#include "gateway/config/writers.h"

namespace quaygate {

QByteArray writeClientKey(const ClientKey &key, int depth) {
    const ClientKey usual;
    ObjectWriter object(depth);
    object.addText(u"name", key.name);
    object.addText(u"hash", key.hash);
    if (key.routes != usual.routes)
        object.addTexts(u"routes", key.routes);
    if (key.models != usual.models)
        object.addTexts(u"models", key.models);
    addRules(object, key.rules);
    object.addUnknown(key.unknown);
    return object.json();
}

} // namespace quaygate
