# Completion of airbridge for fish. The program itself says what may follow.
function __airbridge_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l joined (string match -r -- '^--[^=]*=' "$current")
    set -l value (string replace -r -- '^--[^=]*=' '' "$current")
    for line in ($words[1] --complete $words[2..] "$current" 2> /dev/null)
        switch $line
            case :files
                string replace -r -- '^' "$joined" (__fish_complete_path "$value")
            case :folders
                string replace -r -- '^' "$joined" (__fish_complete_directories "$value")
            case '*'
                echo "$joined$line"
        end
    end
end
complete -c airbridge -f -a '(__airbridge_complete)'
