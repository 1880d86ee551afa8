# shellcheck shell=bash
#: test [CTEST ARGUMENTS]     install what is missing, build, run every test; needs no terminal

cmd_test() {
    local began=$SECONDS
    require build test clients
    build_preset release
    tests/clients/install build/clients || die "the client libraries could not be installed."

    local result=0
    ctest --test-dir build/release --parallel "$(jobs_at_once)" --output-on-failure \
        --no-tests=error --output-junit test-results.xml "$@" </dev/null || result=$?
    local took=$((SECONDS - began))
    if [[ $result -ne 0 ]]; then
        die "tests FAILED after ${took} s; the failures stand above, all results in" \
            "build/release/test-results.xml"
    fi
    say "all tests passed, ${took} s with installing and building"
}
