/* The shells' scripts. Each only hands the words on to `airbridge --complete`, so that a new command or option
 * needs no change here, and an installed script is never older than the program. */
#include <string.h>

#include "cli/cli.h"

static const char BASH[] =
    "# Completion of airbridge for bash. The program itself says what may follow.\n"
    "_airbridge() {\n"
    "    local i line word words=()\n"
    "    # bash cuts --option=value in three; to the program it is one word\n"
    "    for ((i = 1; i <= COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if ((i > 1)) && { [[ $word == = && ${words[-1]} == --* ]] || [[ ${words[-1]} == --*= ]]; }; then\n"
    "            words[-1]+=$word\n"
    "        else\n"
    "            words+=(\"$word\")\n"
    "        fi\n"
    "    done\n"
    "    COMPREPLY=()\n"
    "    while IFS= read -r line; do\n"
    "        case $line in\n"
    "        :files) compopt -o default ;;\n"
    "        :folders) compopt -o dirnames ;;\n"
    "        *) COMPREPLY+=(\"${line%%$'\\t'*}\") ;;\n"
    "        esac\n"
    "    done < <(\"${COMP_WORDS[0]/#\\~/$HOME}\" --complete \"${words[@]}\" 2> /dev/null)\n"
    "}\n"
    "complete -F _airbridge airbridge\n";

static const char ZSH[] =
    "#compdef airbridge\n"
    "# Completion of airbridge for zsh. The program itself says what may follow.\n"
    "_airbridge() {\n"
    "    local line\n"
    "    local -a answers\n"
    "    local -a lines=(\"${(@f)$(\"${words[1]/#\\~/$HOME}\" --complete \"${(@)words[2,CURRENT-1]}\" \"$PREFIX\" 2> /dev/null)}\")\n"
    "    [[ $PREFIX == --*=* ]] && compset -P '--*='\n"
    "    for line in $lines; do\n"
    "        case $line in\n"
    "        :files) _files ;;\n"
    "        :folders) _files -/ ;;\n"
    "        ?*) answers+=(\"${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}\") ;;\n"
    "        esac\n"
    "    done\n"
    "    (( $#answers )) && _describe airbridge answers\n"
    "}\n"
    "if [[ ${funcstack[1]} == _airbridge ]]; then\n"
    "    _airbridge \"$@\"\n"
    "else\n"
    "    compdef _airbridge airbridge\n"
    "fi\n";

static const char FISH[] =
    "# Completion of airbridge for fish. The program itself says what may follow.\n"
    "function __airbridge_complete\n"
    "    set -l words (commandline -opc)\n"
    "    set -l current (commandline -ct)\n"
    "    set -l joined (string match -r -- '^--[^=]*=' \"$current\")\n"
    "    set -l value (string replace -r -- '^--[^=]*=' '' \"$current\")\n"
    "    for line in ($words[1] --complete $words[2..] \"$current\" 2> /dev/null)\n"
    "        switch $line\n"
    "            case :files\n"
    "                string replace -r -- '^' \"$joined\" (__fish_complete_path \"$value\")\n"
    "            case :folders\n"
    "                string replace -r -- '^' \"$joined\" (__fish_complete_directories \"$value\")\n"
    "            case '*'\n"
    "                echo \"$joined$line\"\n"
    "        end\n"
    "    end\n"
    "end\n"
    "complete -c airbridge -f -a '(__airbridge_complete)'\n";

ab_status cli_completion(FILE *out, const char *shell, ab_error *err)
{
    const char *script = NULL;

    if (strcmp(shell, "bash") == 0)
        script = BASH;
    else if (strcmp(shell, "zsh") == 0)
        script = ZSH;
    else if (strcmp(shell, "fish") == 0)
        script = FISH;
    if (!script)
        return ab_fail(err, AB_USAGE, "--completion takes bash, zsh or fish, not \"%s\"", shell);
    fputs(script, out);
    return AB_OK;
}
