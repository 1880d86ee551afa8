# shellcheck shell=bash
# The Debian and Ubuntu packages that the commands need, and how they get installed.

# The packages of a group; "a|b" means either, where the name differs between releases.
packages_of() {
    case "$1" in
    build)
        echo ca-certificates git \
            g++ cmake ninja-build \
            qt6-base-dev qt6-httpserver-dev qt6-websockets-dev 'qt6-svg-dev|libqt6svg6-dev' \
            qtkeychain-qt6-dev libgl1-mesa-dev \
            libcurl4-openssl-dev libsqlite3-dev libre2-dev pkg-config \
            libgtest-dev libgmock-dev
        ;;
    run) echo fonts-dejavu-core curl ;;
    test)
        echo dbus dbus-daemon gnome-keyring \
            xvfb xauth fonts-dejavu-core \
            curl openssl
        have node || echo nodejs
        ;;
    clients)
        echo python3-venv
        # Node from another origin brings its own npm and conflicts with Debian's package of that
        # name, so what counts is whether the commands are there.
        have node || echo nodejs
        have npm || echo npm
        ;;
    package)
        echo gzip dpkg-dev file rpm patchelf binutils xz-utils python3 \
            qt6-wayland qt6-xdgdesktopportal-platformtheme qt6-base-dev-tools 'qt6-svg-plugins|libqt6svg6'
        ;;
    package-check)
        echo desktop-file-utils appstream lintian rpm rpm2cpio cpio python3-venv imagemagick
        ;;
    portability) echo debootstrap debian-archive-keyring util-linux ;;
    bench)
        echo 'nginx-light|nginx' wrk openssl python3 python3-venv
        have node || echo nodejs
        have npm || echo npm
        ;;
    prices) echo python3-venv ca-certificates ;;
    fuzz) echo clang-14 libclang-rt-14-dev ;;
    format) echo git clang-format ;;
    lint) echo git clang-tidy shellcheck ;;
    esac
}

is_installed() {
    local name
    for name in ${1//|/ }; do
        if [[ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" == installed ]]; then
            return 0
        fi
    done
    return 1
}

# The first of "a|b" that this release has.
available_name() {
    local name
    for name in ${1//|/ }; do
        if apt-cache show "$name" >/dev/null 2>&1; then
            echo "$name"
            return
        fi
    done
    echo "${1%%|*}"
}

# apt_get ARGUMENTS…: asks nothing, waits for another apt, as root or through sudo.
apt_get() {
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 "$@")
    [[ $EUID -eq 0 ]] || command=(sudo "${command[@]}")
    "${command[@]}" </dev/null
}

# install_packages NAME…
install_packages() {
    local name names=() by_hand
    for name in "$@"; do names+=("$(available_name "$name")"); done
    by_hand="apt-get install --no-install-recommends ${names[*]}"
    if [[ $EUID -ne 0 ]] && ! have sudo; then
        die "packages are missing, and there is no sudo to install them. As root, run:
  $by_hand"
    fi
    say "installing Debian packages: ${names[*]}"
    apt_get update -qq || die "the package lists could not be fetched; apt's reason stands above."
    # Only now are the names of a bare system known.
    names=()
    for name in "$@"; do names+=("$(available_name "$name")"); done
    apt_get install -y -qq --no-install-recommends "${names[@]}" ||
        die "the packages could not be installed; apt's reason stands above. By hand, as root:
  $by_hand"
}

# require GROUP…: installs the groups' packages that are missing, or says what is needed.
require() {
    local group package wanted=() missing=()
    for group in "$@"; do
        for package in $(packages_of "$group"); do wanted+=("$package"); done
    done
    if ! have apt-get || ! have dpkg-query; then
        say "this system has no apt; needed are (by their Debian names): ${wanted[*]}"
        return
    fi
    for package in "${wanted[@]}"; do
        is_installed "$package" || missing+=("$package")
    done
    [[ ${#missing[@]} -eq 0 ]] || install_packages "${missing[@]}"
}
