# shellcheck shell=bash
# A Debian of another release in a folder, made by debootstrap. Which archive it comes from is what
# this machine's own apt is set to; nothing of that is written down in the repository.

# begin COMMAND HOME: HOME is the folder for what ./dev COMMAND makes, which needs root's rights.
begin() {
    [[ $EUID -eq 0 ]] || die "this makes a Debian of its own in a folder and needs root:" \
        "sudo ./dev $1"
    require portability
    have debootstrap || die "this needs debootstrap, which this system does not have."
    mkdir -p "$2"
    # Held until the last process with this descriptor has ended, those in the root as well.
    exec 9>"$2/lock"
    flock --nonblock 9 || die "another ./dev $1 is at work in $2."
}

# archive_of SUITE: the archive among this machine's apt sources that has SUITE. DEBIAN_MIRROR names
# one where there is none, as on Ubuntu.
archive_of() {
    local suite="$1" answer uri found="${DEBIAN_MIRROR:-}"
    answer="$(mktemp -d)"
    # shellcheck disable=SC2016 # what stands in $(…) is apt's to fill in
    for uri in $(apt-get indextargets --no-release-info --format '$(REPO_URI)' \
        'Created-By: Packages' | sort -u); do
        [[ -z "$found" ]] || break
        # apt's own helper, so that its proxy and its credentials count.
        if /usr/lib/apt/apt-helper -qq download-file "${uri%/}/dists/$suite/InRelease" \
            "$answer/InRelease" >/dev/null 2>&1; then
            found="$uri"
        fi
    done
    rm -r "$answer"
    [[ -n "$found" ]] || die "none of this machine's apt sources has Debian's $suite;" \
        "name an archive that has it: DEBIAN_MIRROR=http://… ./dev …"
    echo "$found"
}

# remove_root ROOT: never while something is mounted in it.
remove_root() {
    local root
    root="$(realpath -m "$1")"
    if grep -qF " $root/" /proc/self/mountinfo || grep -qF " $root " /proc/self/mountinfo; then
        die "something is mounted in $root; unmount it first."
    fi
    rm -rf --one-file-system "$root" "$root.complete"
}

# make_root SUITE ROOT PACKAGES [COMMAND…]: a Debian SUITE in ROOT with PACKAGES ("a,b") and whatever
# COMMAND, run inside, installs. One that is there is taken as it is if it was made of the same and
# to the end, which ROOT.complete says.
make_root() {
    local suite="$1" root="$2" packages="$3" archive made_of="$*"
    shift 3
    if [[ -f "$root.complete" && "$(<"$root.complete")" == "$made_of" ]]; then return; fi
    remove_root "$root"
    archive="$(archive_of "$suite")"
    say "making a Debian $suite in $root"
    mkdir -p "$root"
    # In namespaces of its own as well: debootstrap mounts things and may be interrupted.
    alone debootstrap --variant=minbase --include="$packages" "$suite" "$root" "$archive" \
        >"$root.log" 2>&1 || die "debootstrap failed: $(tail -n 3 "$root.log")"
    # No service is to be started by a package in here.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    # Archives that are kept at a date, proxies and the like are as this machine's apt is told.
    apt-config dump --format '%F "%v";%n' Acquire |
        grep -E '^Acquire::(http|https|Check-[A-Za-z-]*|Retries|ForceIPv[46])\b' \
            >"$root/etc/apt/apt.conf.d/90machine" || true
    [[ $# -eq 0 ]] || in_root "$root" "$@"
    echo "$made_of" >"$root.complete"
}

# alone COMMAND…: runs it in a mount and a process namespace that end with it, and it with this shell,
# even if that is killed: so nothing stays mounted and nothing goes on running. Asks nothing.
alone() {
    setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child "$@" </dev/null &
    wait $!
}

# in_root ROOT [SOURCE:TARGET[:ro]…] COMMAND…: runs COMMAND in ROOT, with folders of this machine in it.
in_root() { alone tests/portability/enter_root "$@"; }
