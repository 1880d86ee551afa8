# shellcheck shell=bash
#: build [PRESET]             build everything; presets: release (as if none is named), dev,
#:                            asan-ubsan, tsan. The program is build/PRESET/app/quaygate

cmd_build() {
    local preset="${1:-release}"
    [[ $# -le 1 ]] || die "build takes one preset, not: $*"
    require build
    build_preset "$preset"
}
