# NOT VERIFIED.
quaygate_install(application)
set(CPACK_DMG_VOLUME_NAME Quaygate)
set(CPACK_PACKAGE_FILE_NAME "quaygate-${CPACK_PACKAGE_VERSION}-macos-${quaygate_processor}")
