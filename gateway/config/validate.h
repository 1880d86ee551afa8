#pragma once

#include "gateway/config/config.h"
#include "gateway/config/problem.h"

namespace quaygate {

/// Everything that is wrong with the values; empty if the gateway can serve them. The one
/// validation: form, file and command line all run it. Lines are 0; `parseConfig` fills them from
/// the text.
Problems validate(const Config &config);

/// The checks of a single part, for a form that edits just one; pointers are relative to it
/// ("/endpoint"). Names are compared with `config`'s others in `validate` only.
Problems validate(const Backend &backend);
Problems validate(const Route &route);
Problems validate(const ClientKey &key);
Problems validate(const GatewaySettings &gateway);

} // namespace quaygate
