# shellcheck shell=bash
# The libFuzzer targets of tests/fuzz: one a folder of seeds, tests/fuzz/corpus/TARGET.

fuzz_targets() {
    local folder
    for folder in tests/fuzz/corpus/*/; do basename "$folder"; done
}

build_fuzz_targets() {
    require build fuzz
    build_preset fuzz "$@"
}

# fuzz_for TARGET SECONDS: the seeds are only read; what is found is kept below build/fuzzing.
fuzz_for() {
    local target="$1" seconds="$2" work="build/fuzzing/$1" result=0
    mkdir -p "$work/corpus" "$work/findings"
    # So that a finding of this run is told from one that has been there.
    touch "$work/began"
    build/fuzz/tests/fuzz/"fuzz_$target" "$work/corpus" "tests/fuzz/corpus/$target" \
        -max_total_time="$seconds" -max_len=4096 -timeout=10 -rss_limit_mb=2048 \
        -artifact_prefix="$work/findings/" -print_final_stats=1 \
        >"$work/log" 2>&1 </dev/null || result=$?
    if [[ $result -ne 0 ]]; then
        cat "$work/log" >&2
        say "$target broke a promise; what it says stands above. The input is in:"
        find "$work/findings" -type f -newer "$work/began" >&2
        say "again: build/fuzz/tests/fuzz/fuzz_$target FILE. Once it is mended, the file belongs in" \
            "tests/fuzz/corpus/$target, with a name that says what it is."
        return 1
    fi
    local runs
    runs="$(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log")"
    say "$target: nothing found in $seconds s and $runs runs; interesting inputs are in $work/corpus"
}
