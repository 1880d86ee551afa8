# shellcheck shell=bash
# What a person does at a computer: sourced by the scripts that run inside a fresh Debian.

fail() {
    echo "FAILED: $*" >&2
    exit 1
}

passed() { echo "  passed: $*"; }

# wait_for LOG WHAT COMMAND…: until COMMAND succeeds, for a minute; if it does not, WHAT is told, and what
# stands in LOG.
wait_for() {
    local limit=$((SECONDS + 60)) log="$1" what="$2"
    shift 2
    until "$@" >/dev/null 2>&1; do
        [[ $SECONDS -lt $limit ]] || fail "$what: $(<"$log")"
        sleep 0.1
    done
}

make_person() {
    useradd --create-home --shell /bin/bash person
    install -d -o person -m 700 /tmp/person
}

# serve_and_ask COMMAND…: starts the gateway with it on a free port, sends the request of the README and
# checks the answer. With nothing but bash, so that no package is needed for this.
serve_and_ask() {
    local output body port answer gateway
    output="$(mktemp)"
    "$@" --port 0 >"$output" 2>&1 &
    gateway=$!
    wait_for "$output" "the gateway does not come up" grep -q '^listening on' "$output"
    port="$(sed -n 's|^listening on http://[^/]*:\([0-9]*\).*|\1|p' "$output")"
    body='{"model":"","messages":[{"role":"user","content":"Write a haiku about clouds."}]}'
    exec 3<>"/dev/tcp/127.0.0.1/$port"
    printf 'POST /azure-openai HTTP/1.1\r\nHost: localhost:%s\r\ncontent-type: application/json\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s' \
        "$port" "${#body}" "$body" >&3
    answer="$(cat <&3)"
    exec 3>&-
    kill -TERM "$gateway"
    wait "$gateway" || fail "the gateway did not end well: $? $(<"$output")"
    [[ "$answer" == "HTTP/1.1 200 "* && "$answer" == *'Write a haiku about clouds.'* ]] ||
        fail "the answer is not that of the simulator: $answer"
}

# no_library_missing FILE…
no_library_missing() {
    local file missing
    for file in "$@"; do
        missing="$(ldd "$file" | grep 'not found' || true)"
        [[ -z "$missing" ]] || fail "$file: $missing"
    done
}

# start_screen: a screen and a window manager, as DISPLAY.
start_screen() {
    export DISPLAY=:91
    Xvfb "$DISPLAY" -screen 0 1280x900x24 -nolisten tcp -noreset >/tmp/xvfb.log 2>&1 &
    wait_for /tmp/xvfb.log "there is no screen" xdotool getdisplaygeometry
    openbox >/tmp/openbox.log 2>&1 &
    wait_for /tmp/openbox.log "there is no window manager" wmctrl -m
}

# show_window PICTURE COMMAND…: starts the window, takes its picture, closes it as a person does.
show_window() {
    local picture="$1" window program log
    log="$(mktemp)"
    shift
    rm -f "$picture"
    "$@" >"$log" 2>&1 &
    program=$!
    wait_for "$log" "no window appears" xdotool search --onlyvisible --class quaygate
    window="$(xdotool search --onlyvisible --class quaygate | head -n 1)"
    xdotool getwindowname "$window" | grep -q Quaygate || fail "the window has no title"
    wait_for "$log" "the window stays empty" is_drawn "$window" "$picture"
    wmctrl -i -c "$window"
    wait "$program" || fail "the program did not end well with its window: $? $(<"$log")"
}

# is_drawn WINDOW PICTURE: a window that is being made is of one colour, then of parts; one that is drawn
# looks the same as when its picture was taken before.
is_drawn() {
    local before=""
    [[ ! -f "$2" ]] || before="$(identify -format %# "$2")"
    import -window "$1" "$2"
    [[ "$(identify -format %k "$2")" -gt 64 && "$(identify -format %# "$2")" == "$before" ]]
}
