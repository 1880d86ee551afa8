quaygate_install(application service elsewhere)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_RPM_FILE_NAME
    "quaygate-${CPACK_PACKAGE_VERSION}-1.${quaygate_system}.${quaygate_processor}.rpm")
set(CPACK_RPM_PACKAGE_RELEASE "1.${quaygate_system}")
set(CPACK_RPM_PACKAGE_LICENSE GPL-3.0-or-later)
set(CPACK_RPM_PACKAGE_GROUP "Applications/Internet")
set(CPACK_RPM_COMPRESSION_TYPE xz)
set(CPACK_RPM_POST_UNINSTALL_SCRIPT_FILE "${quaygate_linux_build}/rpm/postun")
set(CPACK_RPM_INSTALL_WITH_EXEC OFF)

# Folders that belong to the system.
set(CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
    /usr/share/applications /usr/share/metainfo /usr/share/man /usr/share/man/man1
    /usr/share/bash-completion /usr/share/bash-completion/completions
    /usr/share/fish /usr/share/fish/vendor_completions.d /usr/share/zsh /usr/share/zsh/site-functions
    /usr/share/licenses /usr/lib/systemd /usr/lib/systemd/user
    /usr/share/icons /usr/share/icons/hicolor)
foreach(size 16x16 22x22 24x24 32x32 48x48 64x64 128x128 256x256 512x512 scalable symbolic)
    list(APPEND CPACK_RPM_EXCLUDE_FROM_AUTO_FILELIST_ADDITION
        /usr/share/icons/hicolor/${size} /usr/share/icons/hicolor/${size}/apps)
endforeach()

# What is linked is found by rpmbuild, by its soname. The drivers that are opened while it runs go by
# other names in each distribution and can only be recommended.
set(CPACK_RPM_PACKAGE_AUTOREQPROV ON)
set(CPACK_RPM_PACKAGE_REQUIRES ca-certificates)
set(CPACK_RPM_PACKAGE_RECOMMENDS "(gnome-keyring or kwalletmanager or keepassxc)" qt6-qtwayland)
list(JOIN CPACK_RPM_PACKAGE_RECOMMENDS ", " CPACK_RPM_PACKAGE_RECOMMENDS)

# libcurl's versions of symbols are Debian's own. The rest makes the package say nothing of when and
# where it was built; the times of files are those of the commit already (same_times.cmake).
set(CPACK_RPM_SPEC_MORE_DEFINE [=[
%global __requires_exclude ^libcurl.so.4.CURL_.*$
%global _buildhost quaygate
%global use_source_date_epoch_as_buildtime 1
%global clamp_mtime_to_source_date_epoch 1
%global source_date_epoch_from_changelog 0
%global _build_id_links none
%global debug_package %{nil}
%global __os_install_post %{nil}]=])
