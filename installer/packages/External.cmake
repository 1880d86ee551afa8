# The relocatable tar.gz, made by installer/portable/bundle of what is installed here.
quaygate_install(application elsewhere)
set(CPACK_PACKAGING_INSTALL_PREFIX /)
set(CPACK_PACKAGE_FILE_NAME "quaygate-${CPACK_PACKAGE_VERSION}-linux-${quaygate_processor}")
set(CPACK_EXTERNAL_ENABLE_STAGING ON)
set(CPACK_EXTERNAL_PACKAGE_SCRIPT "${quaygate_packages}/portable.cmake")
