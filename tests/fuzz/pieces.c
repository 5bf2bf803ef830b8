/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * pieces.c - rounds of queries made of pieces
 *
 * The first rounds try each line of query.seeds as it is, in each way.  One
 * of the others begins with nothing or with one of those, and puts pieces of
 * query.dict, which is a dictionary of libFuzzer, and bytes into it, or takes
 * some out.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../random.h"
#include "fuzz.h"

enum { PIECES_MAX = 300, PIECE_BYTES = 120, QUERY_MAX = 600, WAYS = 256 };

struct piece {
    char s[PIECE_BYTES];
    size_t n;
};

static struct piece piece[PIECES_MAX], seed_query[PIECES_MAX];
static size_t pieces, seeds;
static uint64_t state;

static size_t
below(size_t n)
{
    return (size_t)(random_next(&state) >> 16) % n;
}

/* ---- what is read ------------------------------------------------------- */

/* The text between the quotation marks of a line of a dictionary. */
static void
read_piece(struct piece *to, const char *line)
{
    for (const char *s = line + 1; *s && *s != '"'; s++) {
        unsigned byte = (unsigned char)*s;

        if (s[0] == '\\' && s[1] == 'x' && sscanf(s + 2, "%2x", &byte) == 1)
            s += 3;
        else if (s[0] == '\\' && s[1])
            byte = (unsigned char)*++s;
        to->s[to->n++] = (char)byte;
    }
}

/* Lines of a file; those of a dictionary begin with a quotation mark. */
static size_t
read_lines(struct piece *to, const char *path, int is_dictionary)
{
    char line[PIECE_BYTES];
    FILE *f = fopen(path, "r");
    size_t n = 0;

    if (!f) {
        perror(path);
        exit(2);
    }
    while (n < PIECES_MAX && fgets(line, sizeof line, f)) {
        if (!is_dictionary) {
            to[n].n = strcspn(line, "\n");
            memcpy(to[n].s, line, to[n].n);
            n++;
        } else if (line[0] == '"') {
            read_piece(&to[n++], line);
        }
    }
    fclose(f);
    return n;
}

/* ---- rounds ------------------------------------------------------------- */

/* Put `n` bytes at a place into the query, if there is room. */
static size_t
put(char *query, size_t len, const char *s, size_t n)
{
    size_t at = below(3) ? len : below(len + 1);

    if (n > QUERY_MAX - len)
        return len;
    memmove(query + at + n, query + at, len - at);
    memcpy(query + at, s, n);
    return len + n;
}

static size_t
change(char *query, size_t len)
{
    const struct piece *p = &piece[below(pieces)];
    char byte = (char)below(256);
    size_t at, n;

    switch (below(12)) {
    case 0:
        return put(query, len, &byte, 1);
    case 1:
        return put(query, len, " ", 1);
    case 2: /* out */
        at = below(len + 1);
        n = below(12);
        n = n > len - at ? len - at : n;
        memmove(query + at, query + at + n, len - at - n);
        return len - n;
    case 3: /* once more */
        at = below(len + 1);
        n = below(len - at + 1);
        if (n <= QUERY_MAX - len)
            memcpy(query + len, query + at, n);
        return n <= QUERY_MAX - len ? len + n : len;
    default:
        return put(query, len, p->s, p->n);
    }
}

static void
try(uint8_t way, const char *query, size_t len)
{
    uint8_t bytes[1 + QUERY_MAX];

    bytes[0] = way;
    memcpy(bytes + 1, query, len);
    LLVMFuzzerTestOneInput(bytes, len + 1);
}

static void
try_changed(uint64_t seed, uint64_t round)
{
    char query[QUERY_MAX];
    size_t len = 0;

    state = (seed + 1) * 0x9E3779B97F4A7C15u + round * 0xD1B54A32D192ED03u;
    state += state == 0; /* which stays */
    for (int i = 0; i < 4; i++)
        random_next(&state);
    if (below(3) == 0) {
        const struct piece *p = &seed_query[below(seeds)];

        len = p->n;
        memcpy(query, p->s, len);
    }
    for (size_t n = 1 + below(12); n > 0; n--)
        len = change(query, len);
    try((uint8_t)below(WAYS), query, len);
}

void
fuzz_round(uint64_t seed, uint64_t round)
{
    if (pieces == 0) {
        pieces = read_lines(piece, "tests/fuzz/query.dict", 1);
        seeds = read_lines(seed_query, "tests/fuzz/query.seeds", 0);
    }
    if (round < seeds * WAYS) {
        const struct piece *p = &seed_query[round / WAYS];

        try((uint8_t)(round % WAYS), p->s, p->n);
    } else {
        try_changed(seed, round);
    }
}
