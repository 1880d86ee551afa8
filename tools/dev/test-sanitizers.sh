# shellcheck shell=bash
#: test-sanitizers [PRESET]   build and run the tests of the gateway with sanitizers; presets: asan-ubsan
#:                            (as if none is named), tsan

cmd_test_sanitizers() {
    local preset="${1:-asan-ubsan}"
    [[ $# -le 1 && "$preset" =~ ^(asan-ubsan|tsan)$ ]] ||
        die "test-sanitizers takes asan-ubsan or tsan, not: $*"
    # What runs without a window and does not replace the memory's own functions, as the test that
    # keys are wiped does.
    local programs=(test_http_server test_http_upstream test_http_upstream_libcurl
        test_epoll_dispatcher test_pipeline test_gateway test_simulator test_json test_config
        test_azure test_secrets)
    require build test
    build_preset "$preset" --target "${programs[@]}" fuzz_targets

    local names="${programs[*]}"
    TSAN_OPTIONS="suppressions=$PWD/tests/support/thread_sanitizer.supp" \
        ctest --preset "$preset" --parallel "$(jobs_at_once)" --no-tests=error \
            -R "^(${names// /|}|fuzz_corpus)\\." </dev/null ||
        die "tests FAILED under $preset; the failures stand above"
    say "all tests passed under $preset"
}
