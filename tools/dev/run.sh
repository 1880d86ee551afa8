# shellcheck shell=bash
#: run [ARGUMENTS]            install what is missing, build, start Quaygate; without a display, the
#:                            headless demo. ARGUMENTS go to the program

has_display() {
    [[ "$OSTYPE" == darwin* || -n "${DISPLAY:-}" || -n "${WAYLAND_DISPLAY:-}" ]]
}

# Passes the gateway's output on and, once it listens, says what to try.
announce_demo() {
    # Ctrl-C is meant for the gateway, whose last words still pass through here.
    trap '' INT TERM
    local line
    while IFS= read -r line; do
        printf '%s\n' "$line"
        if [[ "$line" =~ ^listening\ on\ http://[^/]*:([0-9]+)$ ]]; then
            cat <<EOF

No display here, so this is the headless demo: the gateway in front of the built-in simulator.
Try, in another terminal:

  curl http://localhost:${BASH_REMATCH[1]}/azure-openai -H content-type:application/json \\
    -d '{"model":"","messages":[{"role":"user","content":"Write a haiku about clouds."}]}'

Ctrl-C ends it.
EOF
        fi
    done
}

cmd_run() {
    require build run
    build_preset release --target quaygate
    local program=build/release/app/quaygate
    # A subcommand is run as it is; options alone belong to what is started by default.
    if [[ $# -gt 0 && "$1" != -* ]] || has_display; then
        exec "$program" "$@"
    fi
    exec "$program" serve --demo "$@" > >(announce_demo)
}
