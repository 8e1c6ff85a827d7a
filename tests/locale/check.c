/* Proves that the comma tests have a comma to stumble over. */
#include <stdio.h>
#include <string.h>

int main(void)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%.1f", 0.5);
    (void)printf("printf writes one half as %s\n", text);
    return strcmp(text, "0,5") == 0 ? 0 : 1;
}
