# shellcheck shell=bash
#: test-package               make the packages, then install, use, upgrade and remove them in fresh Debians
#:                            in build/test-package; needs root

cmd_test_package() {
    [[ $# -eq 0 ]] || die "test-package takes nothing, not: $*"
    exec tests/packaging/test_packages
}
