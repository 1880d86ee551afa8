# shellcheck shell=bash
#: format [--check]           format the C++ files; with --check only say which ones need it

cmd_format() {
    require format
    local mode=(-i)
    case "${1:-}" in
    "") ;;
    --check) mode=(--dry-run --Werror) ;;
    *) die "format takes --check or nothing, not: $*" ;;
    esac
    our_files '*.cpp' '*.h' | xargs -r clang-format "${mode[@]}"
}
