# shellcheck shell=bash
#: test-bare [CTEST ARGUMENTS]
#:                            run ./dev test in a bare Debian 12 in build/bare, from a clean clone;
#:                            needs root

cmd_test_bare() { exec tests/portability/bare "$@"; }
