# shellcheck shell=bash
#: test-qt68 [CTEST ARGUMENTS]
#:                            make a Debian 13 in build/qt68, build and test there on Qt 6.8; needs root

cmd_test_qt68() { exec tests/portability/qt68 "$@"; }
