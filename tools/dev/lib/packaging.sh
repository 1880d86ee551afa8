# shellcheck shell=bash
# How packages are made, so that the same commit gives the same bytes.

# What is packaged: the commit and its time, which stands for the time of everything in the packages.
know_commit() {
    SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null)}" || true
    QUAYGATE_COMMIT="${QUAYGATE_COMMIT:-$(git rev-parse HEAD 2>/dev/null)}" || true
    [[ -n "$SOURCE_DATE_EPOCH" && -n "$QUAYGATE_COMMIT" ]] ||
        die "without git, set SOURCE_DATE_EPOCH and QUAYGATE_COMMIT to the time and name of the commit."
    export SOURCE_DATE_EPOCH QUAYGATE_COMMIT
}

# cpack_in BUILD KIND [CPACK ARGUMENTS]
cpack_in() {
    local build="$1" kind="$2" generator log="$1/cpack-$2.log"
    shift 2
    case "$kind" in
    deb) generator=DEB ;;
    rpm) generator=RPM ;;
    tar.gz) generator=External ;;
    esac
    if ! LC_ALL=C cpack --config "$build/CPackConfig.cmake" -G "$generator" "$@" >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        die "the $kind could not be made; the reason stands above."
    fi
}

# cached BUILD NAME: what CMake knows by that name.
cached() { sed -n "s/^$2:[A-Z]*=//p" "$1/CMakeCache.txt"; }

# What a crash report's addresses are looked up in (addr2line -Cfe FILE OFFSET).
keep_symbols() {
    local build="$1" name
    name="quaygate-$(cached "$build" CMAKE_PROJECT_VERSION)-$(cached "$build" QUAYGATE_SYSTEM)-$(uname -m)"
    objcopy --only-keep-debug "$build/app/quaygate" "$build/quaygate.debug"
    xz --threads=1 --stdout "$build/quaygate.debug" >"$build/out/$name.debug.xz"
}

# build_packages KIND…: from nothing, since what an earlier build left would be of another time.
build_packages() {
    local build=build/package kind
    rm -rf "$build"
    umask 022
    build_preset package
    for kind in "$@"; do cpack_in "$build" "$kind"; done
    # What CPack leaves besides: its workplace, and a description for programs that call it.
    rm -rf "$build/out/_CPack_Packages" "$build"/out/quaygate-*.json
    keep_symbols "$build"
    python3 installer/sbom/make.py "$build" || die "the list of parts could not be made."
    (cd "$build/out" && sha256sum -- * >../SHA256SUMS && mv ../SHA256SUMS .)
}
