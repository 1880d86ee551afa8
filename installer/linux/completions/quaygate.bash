# bash completion for quaygate
# shellcheck shell=bash

_quaygate() {
    local word="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD - 1]}"
    local command="" action="" words=""
    if ((COMP_CWORD > 1)) && [[ ${COMP_WORDS[1]} != -* ]]; then
        command="${COMP_WORDS[1]}"
    fi
    if ((COMP_CWORD > 2)); then
        action="${COMP_WORDS[2]}"
    fi
    COMPREPLY=()

    # What an option wants.
    case "$previous" in
    --config | --file)
        compopt -o filenames 2>/dev/null
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
    --theme)
        mapfile -t COMPREPLY < <(compgen -W "system light dark" -- "$word")
        return
        ;;
    --client-key)
        mapfile -t COMPREPLY < <(compgen -W "$(quaygate client-key list 2>/dev/null | cut -f1)" -- "$word")
        return
        ;;
    --port | --key-env | --key | --deployment | --token-lifetime | --limit | --since | --route | --model | \
        --requests | --tokens)
        return
        ;;
    esac

    case "$command" in
    "")
        words="--config --theme --background --playground --start-gateway --help --version"
        if ((COMP_CWORD == 1)); then
            words+=" serve check client-key secret traffic parse-url simulate autostart"
        fi
        ;;
    serve) words="--config --port --demo --help" ;;
    check) words="--config --help" ;;
    client-key)
        case "$action" in
        "") words="add change list remove --help" ;;
        change | remove)
            words="--config"
            [[ $action == remove ]] || words+=" --route --model --requests --tokens"
            if ((COMP_CWORD == 3)); then
                words+=" $(quaygate client-key list 2>/dev/null | cut -f1)"
            fi
            ;;
        add) words="--config --route --model --requests --tokens" ;;
        list) words="--config" ;;
        esac
        ;;
    secret) [[ -n "$action" ]] || words="set list remove --help" ;;
    traffic)
        words="--limit --follow --json --since --route --client-key --model --failed --file --help"
        ;;
    parse-url) words="--help" ;;
    simulate) words="--port --key-env --key --deployment --token-lifetime --help" ;;
    autostart) [[ -n "$action" ]] || words="on off status --help" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}

complete -F _quaygate quaygate
