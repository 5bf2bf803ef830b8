/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * preset.c - small zlib streams that have a dictionary in common
 *
 * Packing is our own: LZ77 with chains of equal hashes, the dictionary's made
 * once, and the fixed codes of RFC 1951, 3.2.6.  libdeflate knows no
 * dictionaries; zlib hashes its dictionary anew for each stream, and took 3 to
 * 8 us for an article's head where this takes 1 to 2.  Fixed codes are
 * unpacked in half of the time, since no tables are to be built, and for
 * streams this small hardly longer.
 *
 * Unpacking is libdeflate's: in front of the stream's blocks goes one that is
 * stored and has the dictionary, so that what refers to it is found.
 */
#include "preset.h"

#include <endian.h>
#include <stdlib.h>

enum {
    HASH_BITS = 12,
    HASHES = 1 << HASH_BITS,
    MATCH_MIN = 4,
    MATCH_MAX = 258,
    MATCH_GOOD = 24, /* no better one is looked for */
    DEPTH = 6,       /* candidates that are tried */
    WINDOW = 32768,  /* how far back one may be */
    STORED = 5,      /* bytes of the head of a stored block */
    HEAD = 6,        /* zlib's, with the dictionary's sum */
    NONE = 0         /* no position; there is none at the beginning */
};

/* A code, its bits in the order they are written, and how many. */
struct code {
    uint16_t bits;
    uint8_t n;
};

struct preset_packer {
    uint32_t sum, len;      /* of the dictionary */
    uint16_t first[HASHES]; /* the last position of each hash: of the
                               dictionary's */
    uint16_t last[HASHES];  /* and of the data's as well */
    uint16_t before[1 + PRESET_DICTIONARY_MAX + PRESET_DATA_MAX];
    /* one byte, so that no position is 0; dictionary; data */
    uint8_t data[1 + PRESET_DICTIONARY_MAX + PRESET_DATA_MAX];
    struct code symbol[288], distance[32];
    uint8_t length_symbol[MATCH_MAX + 1]; /* less 257 */
};

struct preset_unpacker {
    uint32_t sum, len; /* of the dictionary */
    struct buf stream; /* a stored block of it; then what is unpacked */
};

_Static_assert((0x78 << 8 | 0x20) % 31 == 0, "a zlib stream begins so");

/* RFC 1951, 3.2.5: what each symbol begins with, and its further bits. */
static const uint16_t length_base[29] = {
    3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
    31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
static const uint8_t length_more[29] = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1,
                                        1, 1, 2, 2, 2, 2, 3, 3, 3, 3,
                                        4, 4, 4, 4, 5, 5, 5, 5, 0};

/* ---- the dictionary ----------------------------------------------------- */

static struct morgue_str
last_of(struct morgue_str s)
{
    size_t n = s.len < PRESET_DICTIONARY_MAX ? s.len : PRESET_DICTIONARY_MAX;

    return str_slice(s.s + s.len - n, n);
}

static struct code
code_of(uint32_t value, uint8_t n)
{
    struct code c = {.n = n};

    for (uint8_t i = 0; i < n; i++)
        c.bits = (uint16_t)(c.bits | (value >> i & 1) << (n - 1 - i));
    return c;
}

static void
make_codes(struct preset_packer *p)
{
    for (uint32_t s = 0; s < 288; s++)
        p->symbol[s] = s < 144   ? code_of(0x30 + s, 8)
                       : s < 256 ? code_of(0x190 + s - 144, 9)
                       : s < 280 ? code_of(s - 256, 7)
                                 : code_of(0xC0 + s - 280, 8);
    for (uint32_t d = 0; d < 32; d++)
        p->distance[d] = code_of(d, 5);
    for (uint32_t s = 0; s < 29; s++)
        for (uint32_t l = length_base[s]; l <= MATCH_MAX; l++)
            p->length_symbol[l] = (uint8_t)s;
}

static uint32_t
hash_at(const uint8_t *at)
{
    uint32_t v;

    memcpy(&v, at, sizeof v);
    return v * 0x9E3779B1u >> (32 - HASH_BITS);
}

static void
enter(struct preset_packer *p, uint16_t *last, uint32_t at)
{
    uint32_t h = hash_at(p->data + at);

    p->before[at] = last[h];
    last[h] = (uint16_t)at;
}

enum morgue_status
preset_packer_new(struct preset_packer **out, struct morgue_str dictionary,
                  struct morgue_error *err)
{
    struct preset_packer *p = calloc(1, sizeof *p);

    *out = p;
    if (!p)
        return error_nomem(err);
    dictionary = last_of(dictionary);
    p->len = (uint32_t)dictionary.len;
    p->sum = adler32_of(dictionary);
    memcpy(p->data + 1, dictionary.s, dictionary.len);
    make_codes(p);
    for (uint32_t at = 1; at + MATCH_MIN <= 1 + p->len; at++)
        enter(p, p->first, at);
    return MORGUE_OK;
}

void
preset_packer_free(struct preset_packer *p)
{
    free(p);
}

enum morgue_status
preset_unpacker_new(struct preset_unpacker **out, struct morgue_str dictionary,
                    struct morgue_error *err)
{
    struct preset_unpacker *u = calloc(1, sizeof *u);
    enum morgue_status st;

    *out = u;
    if (!u)
        return error_nomem(err);
    dictionary = last_of(dictionary);
    u->len = (uint32_t)dictionary.len;
    u->sum = adler32_of(dictionary);
    buf_init(&u->stream, SIZE_MAX / 2);
    buf_char(&u->stream, 0); /* RFC 1951, 3.2.4 */
    for (uint32_t v = u->len | ~u->len << 16, i = 0; i < 4; i++)
        buf_char(&u->stream, (char)(v >> (8 * i)));
    buf_str(&u->stream, dictionary);
    st = buf_status(&u->stream, err);
    if (st) {
        preset_unpacker_free(u);
        *out = NULL;
    }
    return st;
}

void
preset_unpacker_free(struct preset_unpacker *u)
{
    if (!u)
        return;
    buf_free(&u->stream);
    free(u);
}

/* ---- packing ------------------------------------------------------------ */

/* Bits to be written, the lowest first; behind `to` there is always room for
 * all of them. */
struct bit_writer {
    uint64_t bits;
    uint32_t n;
    uint8_t *to;
};

static inline void
put_bits(struct bit_writer *b, uint32_t bits, uint32_t n)
{
    uint64_t out;

    b->bits |= (uint64_t)bits << b->n;
    b->n += n;
    out = htole64(b->bits);
    memcpy(b->to, &out, sizeof out);
    b->to += b->n / 8;
    b->bits >>= b->n & ~7u;
    b->n &= 7;
}

static void
put_match(struct bit_writer *b, const struct preset_packer *p, uint32_t len,
          uint32_t dist)
{
    uint32_t s = p->length_symbol[len], d = dist - 1, more = 0;
    struct code c = p->symbol[257 + s];

    put_bits(b, c.bits, c.n);
    put_bits(b, len - length_base[s], length_more[s]);
    /* Symbols go by two for each power of 2. */
    if (d >= 4) {
        more = 30 - (uint32_t)__builtin_clz(d);
        s = 2 * more + (d >> more);
    } else {
        s = d;
    }
    put_bits(b, p->distance[s].bits, p->distance[s].n);
    put_bits(b, d & ((1u << more) - 1), more);
}

static uint32_t
match_len(const uint8_t *a, const uint8_t *b, uint32_t max)
{
    uint64_t x, y;
    uint32_t n = 0;

    while (n + sizeof x <= max) {
        memcpy(&x, a + n, sizeof x);
        memcpy(&y, b + n, sizeof y);
        if (x != y)
            return n + (uint32_t)__builtin_ctzll(le64toh(x ^ y)) / 8;
        n += sizeof x;
    }
    while (n < max && a[n] == b[n])
        n++;
    return n;
}

/* The longest match for what is at `at`; its length, or 0. */
static uint32_t
find_match(const struct preset_packer *p, uint32_t at, uint32_t end,
           uint32_t *dist)
{
    uint32_t best = 0, max = end - at < MATCH_MAX ? end - at : MATCH_MAX;
    uint32_t from;

    if (max < MATCH_MIN)
        return 0;
    from = p->last[hash_at(p->data + at)];
    for (int i = 0;
         i < DEPTH && from != NONE && at - from <= WINDOW && best < MATCH_GOOD;
         i++) {
        uint32_t len;

        if (best < max && p->data[from + best] == p->data[at + best]) {
            len = match_len(p->data + from, p->data + at, max);
            if (len > best && len >= MATCH_MIN) {
                best = len;
                *dist = at - from;
            }
        }
        from = p->before[from];
    }
    return best;
}

static void
put_block(struct bit_writer *b, struct preset_packer *p, uint32_t end)
{
    uint32_t at = p->len + 1, dist = 0, next_dist = 0;
    uint32_t len = find_match(p, at, end, &dist);

    put_bits(b, 1 | 1 << 1, 3); /* the last block, with fixed codes */
    while (at < end) {
        uint32_t next = 0, to;

        if (at + MATCH_MIN <= end)
            enter(p, p->last, at);
        if (len < MATCH_GOOD && at + 1 < end)
            next = find_match(p, at + 1, end, &next_dist);
        if (len == 0 || next > len) {
            struct code c = p->symbol[p->data[at++]];

            put_bits(b, c.bits, c.n);
            len = next;
            dist = next_dist;
            continue;
        }
        put_match(b, p, len, dist);
        to = at + len;
        for (at++; at < to; at++)
            if (at + MATCH_MIN <= end)
                enter(p, p->last, at);
        len = at < end ? find_match(p, at, end, &dist) : 0;
    }
    put_bits(b, p->symbol[256].bits, p->symbol[256].n);
    if (b->n > 0)
        put_bits(b, 0, 8 - b->n);
}

static void
put_sum(uint8_t *to, uint32_t sum)
{
    for (int i = 0; i < 4; i++)
        to[i] = (uint8_t)(sum >> (24 - 8 * i));
}

enum morgue_status
preset_pack(struct buf *out, struct preset_packer *p, struct morgue_str data,
            struct morgue_error *err)
{
    /* Nine bits at most for each byte; and some to write at once. */
    size_t room = HEAD + data.len + data.len / 8 + 4 + 4 + sizeof(uint64_t);
    uint8_t *to = (uint8_t *)buf_room(out, room);
    struct bit_writer b = {.to = to + HEAD};

    if (!to)
        return buf_status(out, err);
    if (data.len > PRESET_DATA_MAX)
        return error_set(err, MORGUE_INTERNAL, "too long to be packed so");
    memcpy(p->data + 1 + p->len, data.s, data.len);
    memcpy(p->last, p->first, sizeof p->last);
    /* RFC 1950: deflate, a window of 32 KB, FDICT; divisible by 31. */
    to[0] = 0x78;
    to[1] = 0x20;
    put_sum(to + 2, p->sum);
    put_block(&b, p, 1 + p->len + (uint32_t)data.len);
    put_sum(b.to, adler32_of(data));
    buf_cut(out, out->len + (size_t)(b.to + 4 - to));
    return MORGUE_OK;
}

/* ---- unpacking ---------------------------------------------------------- */

static uint32_t
get_sum(const char *at)
{
    uint32_t sum = 0;

    for (int i = 0; i < 4; i++)
        sum = sum << 8 | (uint8_t)at[i];
    return sum;
}

bool
preset_is_used(struct morgue_str packed)
{
    return packed.len > 1 && (packed.s[1] & 0x20);
}

size_t
preset_room(const struct preset_unpacker *u)
{
    return u->len;
}

enum morgue_status
preset_unpack(char *to, size_t size, struct preset_unpacker *u,
              struct inflater *inflater, struct morgue_str packed)
{
    struct buf *s = &u->stream;
    uint32_t sum;

    if (packed.len < HEAD + 4 || packed.s[0] != 0x78 || packed.s[1] != 0x20 ||
        get_sum(packed.s + 2) != u->sum)
        return MORGUE_DAMAGED;
    sum = get_sum(packed.s + packed.len - 4);
    buf_cut(s, STORED + (size_t)u->len);
    buf_add(s, packed.s + HEAD, packed.len - HEAD - 4);
    if (s->nomem) {
        s->nomem = false; /* the dictionary is still there */
        return MORGUE_NOMEM;
    }
    return inflater_unpack_raw(to, u->len + size, inflater, buf_view(s)) &&
                   adler32_of(str_slice(to + u->len, size)) == sum
               ? MORGUE_OK
               : MORGUE_DAMAGED;
}
