# fish completion for quaygate

function __quaygate_needs_command
    set -l words (commandline -opc)
    test (count $words) -eq 1
end

function __quaygate_in
    set -l words (commandline -opc)
    test (count $words) -gt 1; and test "$words[2]" = "$argv[1]"
end

# One word after the command, so that its action is what comes next.
function __quaygate_needs_action
    set -l words (commandline -opc)
    test (count $words) -eq 2; and test "$words[2]" = "$argv[1]"
end

function __quaygate_has_action
    set -l words (commandline -opc)
    test (count $words) -eq 3; and test "$words[2]" = "$argv[1]"; and contains -- "$words[3]" $argv[2..]
end

function __quaygate_client_keys
    quaygate client-key list 2>/dev/null | string replace -r '\t.*' ''
end

function __quaygate_opens_window
    set -l words (commandline -opc)
    test (count $words) -eq 1; or string match -q -- '-*' $words[2]
end

complete -c quaygate -f

complete -c quaygate -n __quaygate_needs_command -a serve -d 'run the gateway without a window'
complete -c quaygate -n __quaygate_needs_command -a check -d 'check the configuration file'
complete -c quaygate -n __quaygate_needs_command -a client-key -d 'keys for the tools that use the gateway'
complete -c quaygate -n __quaygate_needs_command -a secret -d 'keep keys in the keychain'
complete -c quaygate -n __quaygate_needs_command -a traffic -d 'show what happened'
complete -c quaygate -n __quaygate_needs_command -a parse-url -d 'read an address of the Azure portal'
complete -c quaygate -n __quaygate_needs_command -a simulate -d 'run the Azure look-alike'
complete -c quaygate -n __quaygate_needs_command -a autostart -d 'start Quaygate after login, or not'

complete -c quaygate -n __quaygate_opens_window -l config -rF -d 'the configuration file'
complete -c quaygate -n __quaygate_opens_window -l theme -x -a 'system light dark' -d 'the colours of the window'
complete -c quaygate -n __quaygate_opens_window -l background -d 'start without showing the window'
complete -c quaygate -n __quaygate_opens_window -l playground -d 'open the playground'
complete -c quaygate -n __quaygate_opens_window -l start-gateway -d 'start the gateway'
complete -c quaygate -n __quaygate_needs_command -l version -d 'show the version'
complete -c quaygate -s h -l help -d 'show help'

complete -c quaygate -n '__quaygate_in serve' -l config -rF -d 'the configuration file'
complete -c quaygate -n '__quaygate_in serve' -l port -x -d 'listen on this port'
complete -c quaygate -n '__quaygate_in serve' -l demo -d 'serve the built-in simulator'

complete -c quaygate -n '__quaygate_in check' -l config -rF -d 'the configuration file'

complete -c quaygate -n '__quaygate_needs_action client-key' -a 'add change list remove'
complete -c quaygate -n '__quaygate_has_action client-key change remove' -a '(__quaygate_client_keys)'
complete -c quaygate -n '__quaygate_in client-key' -l config -rF -d 'the configuration file'
complete -c quaygate -n '__quaygate_in client-key' -l route -x -d 'a route that the key may use'
complete -c quaygate -n '__quaygate_in client-key' -l model -x -d 'a model that it may ask for'
complete -c quaygate -n '__quaygate_in client-key' -l requests -x -d 'how many requests, as in 60/minute'
complete -c quaygate -n '__quaygate_in client-key' -l tokens -x -d 'how many tokens, as in 9000/minute'

complete -c quaygate -n '__quaygate_needs_action secret' -a 'set list remove'

complete -c quaygate -n '__quaygate_in traffic' -l limit -x -d 'the newest so many'
complete -c quaygate -n '__quaygate_in traffic' -l follow -d 'go on with new ones as they come'
complete -c quaygate -n '__quaygate_in traffic' -l json -d 'one JSON object a line'
complete -c quaygate -n '__quaygate_in traffic' -l since -x -d 'from then on: 15m, 2h, 3d or a date'
complete -c quaygate -n '__quaygate_in traffic' -l route -x -d 'of that route only'
complete -c quaygate -n '__quaygate_in traffic' -l client-key -x -a '(__quaygate_client_keys)' -d 'of that client key only'
complete -c quaygate -n '__quaygate_in traffic' -l model -x -d 'asked for, sent or returned'
complete -c quaygate -n '__quaygate_in traffic' -l failed -d 'only what failed or was refused'
complete -c quaygate -n '__quaygate_in traffic' -l file -rF -d 'another traffic file'

complete -c quaygate -n '__quaygate_in simulate' -l port -x -d 'listen on this port'
complete -c quaygate -n '__quaygate_in simulate' -l key-env -x -d 'ask for the key that this variable holds'
complete -c quaygate -n '__quaygate_in simulate' -l key -x -d 'ask for this made-up key'
complete -c quaygate -n '__quaygate_in simulate' -l deployment -x -d 'NAME=MODEL, or NAME=MODEL;FAULT'
complete -c quaygate -n '__quaygate_in simulate' -l token-lifetime -x -d 'the access tokens end after so many seconds'

complete -c quaygate -n '__quaygate_needs_action autostart' -a 'on off status'
