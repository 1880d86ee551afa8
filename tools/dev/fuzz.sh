# shellcheck shell=bash
#: fuzz [TARGET [SECONDS]]    let libFuzzer look for an input that breaks TARGET, for 60 s if no time is
#:                            given; without a TARGET, list them

# shellcheck source=tools/dev/lib/fuzzing.sh
source tools/dev/lib/fuzzing.sh

cmd_fuzz() {
    local target="${1:-}" seconds="${2:-60}"
    if [[ -z "$target" ]]; then
        fuzz_targets
        return
    fi
    [[ $# -le 2 && "$seconds" =~ ^[1-9][0-9]*$ ]] || die "fuzz takes a target and a number of seconds, not: $*"
    [[ " $(fuzz_targets | paste -sd ' ') " == *" $target "* ]] ||
        die "there is no target '$target'; there are: $(fuzz_targets | paste -sd ' ')"
    build_fuzz_targets --target "fuzz_$target"
    fuzz_for "$target" "$seconds"
}
