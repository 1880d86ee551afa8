#!/bin/sh
# Runs COMMAND against a real keyring of its own: a private session bus and home, and a gnome-keyring that
# nothing else sees. Whatever was started ends with the command, whose exit code is this script's.
#
#   with_keyring.sh [--locked | --no-collection | --no-service | --no-bus] COMMAND...
#
#   (no option)      a keyring that is unlocked and empty
#   --locked         a keyring that is locked, and nobody who could type its password
#   --no-collection  a keyring service without any keyring
#   --no-service     a bus on which nobody keeps secrets
#   --no-bus         no bus at all
#
# COMMAND sees QUAYGATE_KEYRING (unlocked, locked, no-collection, no-service, no-bus), QUAYGATE_KEYRING_PID
# (the daemon, where there is one) and QUAYGATE_KEYRING_HOME (everything that is written lies below it).
set -eu

fail() {
    echo "with_keyring.sh: $*" >&2
    exit 1
}

need() {
    command -v "$1" >/dev/null || fail "$1 is missing; install the package $2"
}

bus() {
    dbus-send --session --print-reply "$@"
}

# Inside the private bus: the keyring, then the command.
start_keyring() {
    if [ "$1" = no-collection ]; then
        gnome-keyring-daemon --start --foreground --components=secrets \
            >"$QUAYGATE_KEYRING_HOME/daemon.log" 2>&1 &
    else
        printf 'the password of a test keyring' |
            gnome-keyring-daemon --unlock --foreground --components=secrets \
                >"$QUAYGATE_KEYRING_HOME/daemon.log" 2>&1 &
    fi
    QUAYGATE_KEYRING_PID=$!
    export QUAYGATE_KEYRING_PID
    trap 'kill -CONT "$QUAYGATE_KEYRING_PID" 2>/dev/null || true
          kill "$QUAYGATE_KEYRING_PID" 2>/dev/null || true
          wait "$QUAYGATE_KEYRING_PID" 2>/dev/null || true' EXIT

    tries=0
    while ! bus --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
        string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true'; do
        tries=$((tries + 1))
        if [ "$tries" -gt 200 ] || ! kill -0 "$QUAYGATE_KEYRING_PID" 2>/dev/null; then
            cat "$QUAYGATE_KEYRING_HOME/daemon.log" >&2
            fail "gnome-keyring-daemon does not come up"
        fi
        sleep 0.05
    done
    if [ "$1" = locked ]; then
        bus --dest=org.freedesktop.secrets /org/freedesktop/secrets \
            org.freedesktop.Secret.Service.Lock \
            array:objpath:/org/freedesktop/secrets/collection/login >/dev/null ||
            fail "the keyring cannot be locked"
    fi
}

if [ "${1:-}" = --inside ]; then
    shift
    case "$QUAYGATE_KEYRING" in
    unlocked | locked | no-collection) start_keyring "$QUAYGATE_KEYRING" ;;
    esac
    code=0
    "$@" || code=$?
    exit "$code"
fi

QUAYGATE_KEYRING=unlocked
case "${1:-}" in
--locked | --no-collection | --no-service | --no-bus)
    QUAYGATE_KEYRING=${1#--}
    shift
    ;;
esac
[ $# -gt 0 ] || fail "usage: with_keyring.sh [--locked | --no-collection | --no-service | --no-bus] COMMAND..."

need dbus-run-session dbus-daemon
need dbus-send dbus-bin
need gnome-keyring-daemon gnome-keyring

QUAYGATE_KEYRING_HOME=$(mktemp -d)
trap 'rm -rf "$QUAYGATE_KEYRING_HOME"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
HOME=$QUAYGATE_KEYRING_HOME/home
XDG_RUNTIME_DIR=$QUAYGATE_KEYRING_HOME/run
XDG_DATA_HOME=$HOME/.local/share
XDG_CONFIG_HOME=$HOME/.config
XDG_CACHE_HOME=$HOME/.cache
mkdir -m 700 -p "$HOME" "$XDG_RUNTIME_DIR" "$XDG_DATA_HOME" "$XDG_CONFIG_HOME" "$XDG_CACHE_HOME"
export QUAYGATE_KEYRING QUAYGATE_KEYRING_HOME HOME XDG_RUNTIME_DIR XDG_DATA_HOME XDG_CONFIG_HOME XDG_CACHE_HOME
# Which keyring QtKeychain takes must not depend on the desktop of whoever runs this.
unset XDG_CURRENT_DESKTOP DESKTOP_SESSION GNOME_DESKTOP_SESSION_ID KDE_FULL_SESSION GNOME_KEYRING_CONTROL

if [ "$QUAYGATE_KEYRING" = no-bus ]; then
    DBUS_SESSION_BUS_ADDRESS=unix:path=$XDG_RUNTIME_DIR/no-bus
    export DBUS_SESSION_BUS_ADDRESS
    code=0
    "$@" || code=$?
    exit "$code"
fi

# Without service directories nothing is started on demand: neither a second keyring nor a window that
# asks the developer for a password.
cat >"$QUAYGATE_KEYRING_HOME/bus.conf" <<END
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=$XDG_RUNTIME_DIR</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
END
code=0
dbus-run-session --config-file="$QUAYGATE_KEYRING_HOME/bus.conf" -- "$0" --inside "$@" || code=$?
exit "$code"
