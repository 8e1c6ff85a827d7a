# Completion of airbridge for bash. The program itself says what may follow.
_airbridge() {
    local i line word words=()
    # bash cuts --option=value in three; to the program it is one word
    for ((i = 1; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((i > 1)) && { [[ $word == = && ${words[-1]} == --* ]] || [[ ${words[-1]} == --*= ]]; }; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    COMPREPLY=()
    while IFS= read -r line; do
        case $line in
        :files) compopt -o default ;;
        :folders) compopt -o dirnames ;;
        *) COMPREPLY+=("${line%%$'\t'*}") ;;
        esac
    done < <("${COMP_WORDS[0]/#\~/$HOME}" --complete "${words[@]}" 2> /dev/null)
}
complete -F _airbridge airbridge
