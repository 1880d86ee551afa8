#pragma once

namespace quaygate {

class ConfigStore;
class Gateway;
class LoginStart;
class SecretStore;

/// What the window works with; owned by app/, outlives every widget. All of it lives on the GUI
/// thread and never blocks.
struct Services {
    ConfigStore &config;
    Gateway &gateway;
    SecretStore &keychain;
    SecretStore &session;
    LoginStart *login = nullptr; ///< null: it cannot be chosen here
};

} // namespace quaygate
