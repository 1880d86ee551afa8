# shellcheck shell=bash
#: lint [FILES]               clang-tidy on our C++ files, shellcheck on the scripts

# The source files that the release build compiles and we wrote, each once.
compiled_files() {
    our_files '*.cpp' | sed "s|^|$PWD/|" | sort >build/lint-ours
    sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' build/release/compile_commands.json |
        sort -u | comm -12 - build/lint-ours
}

cmd_lint() {
    require build lint
    local result=0
    our_files dev .ci/run tests/clients/{install,run,stamp} tests/bench/gateway/install \
        tests/portability/{qt68,bare,enter_root} installer/linux/portable/bundle \
        tests/packaging/{as_person,build_here,check_files,install_and_use,shell_and_session} \
        tests/packaging/{test_packages,unpack_and_use,use_it,with_keyring} '*.sh' | xargs shellcheck -x || result=1
    # The build makes what the sources include: moc output.
    build_preset release
    { if [[ $# -gt 0 ]]; then printf '%s\n' "$@"; else compiled_files; fi; } |
        xargs -P "$(jobs_at_once)" -n 1 clang-tidy -p build/release --quiet || result=1
    [[ $result -eq 0 ]] || die "lint found something; it stands above."
    say "lint found nothing"
}
