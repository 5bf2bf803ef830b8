/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * seeds.c - each file as it is, and changed at random a few times
 *
 *     seeds ROUNDS SEED FILE...
 *
 * What fuzzers start from, tried without one.  Files that are gzip are
 * unpacked first, since a change of packed bytes is found by gzip itself.
 * Prints `ok` or dies where a promise is broken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "../random.h"
#include "fuzz.h"

enum { SIZE_MAX_READ = 4 * 1024 * 1024 };

static uint64_t state;

static size_t
below(size_t n)
{
    return (size_t)(random_next(&state) % n);
}

static size_t
read_file(const char *path, uint8_t *to)
{
    gzFile f = gzopen(path, "rb");
    int n = f ? gzread(f, to, SIZE_MAX_READ) : 0;

    if (f)
        gzclose(f);
    return n > 0 ? (size_t)n : 0;
}

/* Change `to`, a copy of the file, in one to four places; its new length. */
static size_t
change(uint8_t *to, size_t len)
{
    for (size_t n = 1 + below(4); n > 0 && len > 1; n--) {
        size_t at = below(len), piece = 1 + below(40);

        if (piece > len - at)
            piece = len - at;
        switch (below(5)) {
        case 0:
            to[at] = (uint8_t)below(256);
            break;
        case 1:
            to[at] = (uint8_t) "<>\"'&{}[]:,;\n\0="[below(15)];
            break;
        case 2: /* out */
            memmove(to + at, to + at + piece, len - at - piece);
            len -= piece;
            break;
        case 3: /* over another place */
            memmove(to + below(len - piece + 1), to + at, piece);
            break;
        default:
            if (below(4) == 0)
                len = at + 1;
        }
    }
    return len;
}

int
main(int argc, char **argv)
{
    uint8_t *file = malloc(SIZE_MAX_READ), *copy = malloc(SIZE_MAX_READ);
    long rounds = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

    if (argc < 4 || !file || !copy) {
        fputs("usage: seeds ROUNDS SEED FILE...\n", stderr);
        return 2;
    }
    for (int i = 3; i < argc; i++) {
        size_t len = read_file(argv[i], file);

        /* Each file has its own row of changes, so that one is tried again
         * alone. */
        state = (uint64_t)strtol(argv[2], NULL, 10) * 2654435761u + 88172645;
        fprintf(stderr, "%s\n", argv[i]);
        LLVMFuzzerTestOneInput(file, len);
        for (long n = 0; n < rounds && len > 0; n++) {
            memcpy(copy, file, len);
            LLVMFuzzerTestOneInput(copy, change(copy, len));
        }
    }
    puts("ok");
    free(file);
    free(copy);
    return 0;
}
