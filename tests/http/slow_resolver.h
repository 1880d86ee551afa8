#pragma once

namespace quaygate::test {

/// This program's own getaddrinfo, so that tests need no DNS: a name that ends in ".slow.test"
/// resolves to 127.0.0.1 once `letSlowNamesResolve` is called, one that ends in ".invalid" does not
/// exist, and every other name is resolved as usual.
void holdSlowNames();
void letSlowNamesResolve();

/// How many threads wait for a slow name.
int slowNamesWaiting();

} // namespace quaygate::test
