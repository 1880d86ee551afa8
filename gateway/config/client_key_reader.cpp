#include "gateway/config/readers.h"

using namespace Qt::StringLiterals;

namespace quaygate {

ClientKey readClientKey(Reading &reading, const json::Node &node, const QString &pointer) {
    ClientKey key;
    ObjectReader object(reading, node, pointer, u"A client key"_s);
    object.take("name", key.name);
    object.take("hash", key.hash);
    object.take("routes", key.routes);
    object.take("models", key.models);
    key.rules = takeRules(reading, object);
    key.unknown = object.rest();
    return key;
}

} // namespace quaygate
