# shellcheck shell=bash
#: bench gateway [--quick]    measure the gateway beside nginx, Portkey and LiteLLM; one table, also in
#:                            build/bench/gateway.md. More options: ./dev bench gateway --help
#: bench rules                measure what the rules cost a request, each beside what it may cost

# Debian starts a web server for everybody as soon as nginx is installed; only the program is wanted.
require_bench_packages() {
    local had_nginx=yes
    have nginx || have /usr/sbin/nginx || had_nginx=no
    require build bench
    if [[ $had_nginx == no ]] && have systemctl && [[ -d /run/systemd/system ]]; then
        local command=(systemctl disable --now --quiet nginx)
        [[ $EUID -eq 0 ]] || command=(sudo "${command[@]}")
        "${command[@]}" || say "nginx was installed and runs as a service; stop it if you do not want that."
    fi
}

cmd_bench() {
    local what="${1:-}"
    [[ "$what" == gateway || "$what" == rules ]] || die "bench takes what to measure: gateway or rules"
    shift
    "bench_$what" "$@"
}

bench_rules() {
    require build
    build_preset release --target bench_rules
    build/release/tests/bench/rules/bench_rules
}

bench_gateway() {
    # nginx is where a user's PATH does not lead.
    export PATH="$PATH:/usr/sbin"
    if [[ " $* " == *" --help "* || " $* " == *" -h "* ]]; then
        have python3 || require bench
    else
        require_bench_packages
        build_preset release --target quaygate bench_stream_source bench_stream_load
        bench_peer portkey node "$@"
        bench_peer litellm python "$@"
    fi
    python3 tests/bench/gateway/bench.py "$@" </dev/null
}

# bench_peer NAME KIND OPTIONS…: installs what the options do not leave out. Without it the rest is
# measured all the same, and the table says what is missing.
bench_peer() {
    local name="$1" kind="$2"
    shift 2
    case " ${*,,} " in *" --without $name "* | *" --without=$name "*) return ;; esac
    tests/bench/gateway/install "$kind" build/bench || say "$name could not be installed and is left out."
}
