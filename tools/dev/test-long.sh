# shellcheck shell=bash
#: test-long                  the tests that take minutes: each fuzz target for 60 s

# shellcheck source=tools/dev/lib/fuzzing.sh
source tools/dev/lib/fuzzing.sh

cmd_test_long() {
    [[ $# -eq 0 ]] || die "test-long takes nothing, not: $*"
    build_fuzz_targets --target fuzz_targets
    local target failed=()
    for target in $(fuzz_targets); do
        fuzz_for "$target" 60 || failed+=("$target")
    done
    [[ ${#failed[@]} -eq 0 ]] || die "long tests FAILED: ${failed[*]}"
    say "all long tests passed"
}
