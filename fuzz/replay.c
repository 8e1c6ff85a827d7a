/* Stands in for libFuzzer where there is none: passes the empty input and then every file of the
 * folders and files named on the command line through LLVMFuzzerTestOneInput, once, in order. */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static _Noreturn void give_up(const char *what, const char *path)
{
    (void)fprintf(stderr, "replay: %s %s: %s\n", what, path, strerror(errno));
    exit(1);
}

static void replay_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        give_up("cannot open", path);
    long size = ftell(file);
    if (size < 0)
        give_up("cannot measure", path);
    rewind(file);
    /* Exactly as long as the input, so that a sanitizer sees a read past its end. */
    uint8_t *data = malloc(size > 0 ? (size_t)size : 1);
    if (data == NULL || fread(data, 1, (size_t)size, file) != (size_t)size)
        give_up("cannot read", path);
    (void)fclose(file);
    (void)printf("%s\n", path);
    (void)fflush(stdout); /* names the culprit of a crash */
    (void)LLVMFuzzerTestOneInput(data, (size_t)size);
    free(data);
}

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay(const char *path)
{
    struct dirent **entries;
    int n = scandir(path, &entries, visible, alphasort);
    if (n < 0 && errno == ENOTDIR) {
        replay_file(path);
        return 1;
    }
    if (n < 0)
        give_up("cannot list", path);
    int replayed = 0;
    for (int i = 0; i < n; i++) {
        size_t cap = strlen(path) + strlen(entries[i]->d_name) + 2;
        char *child = malloc(cap);
        if (child == NULL)
            give_up("no memory for", path);
        (void)snprintf(child, cap, "%s/%s", path, entries[i]->d_name);
        replayed += replay(child);
        free(child);
        free(entries[i]);
    }
    free(entries);
    return replayed;
}

int main(int argc, char **argv)
{
    (void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    int replayed = 0;
    for (int i = 1; i < argc; i++)
        replayed += replay(argv[i]);
    (void)printf("%d inputs\n", replayed);
    if (replayed == 0)
        (void)fputs("replay: an empty corpus proves nothing\n", stderr);
    return replayed > 0 ? 0 : 1;
}
