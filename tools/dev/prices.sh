# shellcheck shell=bash
#: prices [VERSION]           make resources/prices.json anew from the package genai-prices of PyPI, the
#:                            newest or that VERSION

cmd_prices() {
    [[ $# -le 1 ]] || die "prices takes one version at most, not: $*"
    require prices
    local work=build/prices package="genai-prices${1:+==$1}"
    rm -rf "$work"
    python3 -m venv "$work"
    # Data, and read as such: nothing of it is run, so nothing that it needs is installed.
    "$work/bin/pip" download --quiet --disable-pip-version-check --no-deps --only-binary :all: \
        --python-version 3.13 --dest "$work" "$package" || die "$package could not be fetched; pip's reason stands above."
    "$work/bin/python" tools/dev/lib/prices.py "$work"/genai_prices-*.whl resources/prices.json
    say "resources/prices.json is new; look at what changed before it is committed."
}
