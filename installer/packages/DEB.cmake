quaygate_install(application service debian)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_PACKAGE_RELEASE "${quaygate_debian_release}")
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${quaygate_linux_build}/debian/postrm")

# What is linked is found by dpkg-shlibdeps. These are opened while it runs: the keychain's library, the
# authorities that Azure's certificates are checked with, and the plugins for drawings, which are a package
# of their own from Qt 6.8 on.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS
    "libsecret-1-0, ca-certificates, qt6-svg-plugins | libqt6svg6 (<< 6.5)")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS
    "gnome-keyring | kwalletmanager | keepassxc, qt6-wayland, xdg-utils")

# A name that is unlike for each system, and with nothing in it that a download page changes.
execute_process(COMMAND dpkg --print-architecture
    OUTPUT_VARIABLE architecture OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
set(CPACK_DEBIAN_FILE_NAME "quaygate_${CPACK_PACKAGE_VERSION}_${quaygate_system}_${architecture}.deb")
