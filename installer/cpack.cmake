# The packages. What they have in common stands here; what one kind needs besides, in packages/KIND.cmake,
# which CPack reads when it makes that kind.
set(CPACK_PACKAGE_NAME quaygate)
set(CPACK_PACKAGE_VENDOR "Quaygate")
set(CPACK_PACKAGE_CONTACT "Quaygate maintainers <quaygate@users.noreply.github.com>")
set(CPACK_PACKAGE_HOMEPAGE_URL ${QUAYGATE_HOMEPAGE})
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Desktop gateway, playground and simulator for Azure OpenAI")
set(CPACK_PACKAGE_DESCRIPTION_FILE ${CMAKE_CURRENT_SOURCE_DIR}/description.txt)
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGE_EXECUTABLES quaygate "Quaygate")
set(CPACK_PACKAGE_DIRECTORY ${PROJECT_BINARY_DIR}/out)
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
# Whatever the umask of whoever builds.
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)

if(WIN32)
    set(CPACK_GENERATOR NSIS)
elseif(APPLE)
    set(CPACK_GENERATOR DragNDrop)
else()
    set(CPACK_GENERATOR DEB RPM External) # External: the relocatable tar.gz
    set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_SOURCE_DIR}/packages/same_times.cmake)
endif()

configure_file(packages/project.cmake.in ${PROJECT_BINARY_DIR}/cpack_project.cmake @ONLY)
set(CPACK_PROJECT_CONFIG_FILE ${PROJECT_BINARY_DIR}/cpack_project.cmake)
include(CPack)
