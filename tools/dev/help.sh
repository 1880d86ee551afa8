# shellcheck shell=bash
#: help                       this list

cmd_help() {
    echo "Usage: ./dev COMMAND [arguments]"
    echo
    sed -n 's/^#: \{0,1\}/  /p' tools/dev/{run,test}.sh
    local file
    for file in tools/dev/*.sh; do
        case "$file" in
        */run.sh | */test.sh | */help.sh) ;;
        *) sed -n 's/^#: \{0,1\}/  /p' "$file" ;;
        esac
    done
    sed -n 's/^#: \{0,1\}/  /p' tools/dev/help.sh
}
