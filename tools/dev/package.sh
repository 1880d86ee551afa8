# shellcheck shell=bash
#: package [deb|rpm|tar.gz]   make the packages, or those named, with their sums and the list of their
#:                            parts (SPDX), in build/package/out

# shellcheck source=tools/dev/lib/packaging.sh
source tools/dev/lib/packaging.sh

cmd_package() {
    local kinds=("$@") kind
    if [[ ${#kinds[@]} -eq 0 ]]; then
        # Elsewhere than on a Debian it is not known whose the libraries for the tar.gz are.
        kinds=(rpm)
        ! have apt-get || kinds=(deb rpm tar.gz)
    fi
    for kind in "${kinds[@]}"; do
        [[ "$kind" =~ ^(deb|rpm|tar\.gz)$ ]] || die "package makes deb, rpm and tar.gz, not: $kind"
    done
    require build package
    know_commit
    build_packages "${kinds[@]}"
    say "the packages are in build/package/out:"
    (cd build/package/out && du -h -- *) >&2
}
