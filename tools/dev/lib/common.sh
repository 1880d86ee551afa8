# shellcheck shell=bash
# What every command of ./dev uses. The working directory is the repository's root.

say() { printf './dev: %s\n' "$*" >&2; }

die() {
    say "$*"
    exit 1
}

have() { command -v "$1" >/dev/null 2>&1; }

# How many compilers or tests run at once: one a processor, but each with 1.5 GB of memory.
jobs_at_once() {
    local processors memory=1000000000
    processors="$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)"
    if [[ -r /proc/meminfo ]]; then
        memory="$(sed -n 's/^MemAvailable: *\([0-9]*\) kB$/\1/p' /proc/meminfo)"
    fi
    local by_memory=$((memory / 1500000))
    if ((by_memory < 1)); then by_memory=1; fi
    echo $((processors < by_memory ? processors : by_memory))
}

# configure PRESET: always, so that a changed CMakeLists.txt or a package installed since is seen.
configure() {
    local log="build/$1-configure.log"
    mkdir -p build
    if ! cmake --preset "$1" >"$log" 2>&1 </dev/null; then
        cat "$log" >&2
        die "CMake could not configure the preset '$1'; the reason stands above."
    fi
}

# build_preset PRESET [cmake --build arguments]
build_preset() {
    local preset="$1"
    shift
    configure "$preset"
    cmake --build --preset "$preset" --parallel "$(jobs_at_once)" "$@" </dev/null
}

# Our own files of the given suffixes, also those not committed yet.
our_files() {
    git ls-files --cached --others --exclude-standard -- "$@" | sort -u |
        while read -r file; do [[ ! -f "$file" ]] || echo "$file"; done
}
