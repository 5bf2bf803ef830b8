/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * grams.c - in which blocks of a segment's dictionary a piece of a word is
 *
 * PART_GRAMS, of no bytes where there are no grams:
 *
 *     u32        n, how many buckets: a power of two
 *     u32 end[n] where each ends, from behind these
 *     the buckets
 *
 * A gram is in the bucket that the highest bits of its hash (hash_of) tell,
 * and told there by the eight behind these.  So two grams may look the same,
 * and then have the blocks of both.  In a bucket, for each gram:
 *
 *     u8      its eight bits
 *     varint  bytes of its list << 1, and 1 for a map
 *     bytes   the list: of each block a varint, how many blocks are between it
 *             and the one before, of the first how many are before; or a map
 *             where that is shorter: a varint, how many bytes of zeros are
 *             left out first, and a bit for each block, the lowest first
 *
 * In a dictionary of a million words a block of 32 has about 100 grams; what
 * is common has a bit a block, and the rest a byte or two for each.
 *
 * Making costs memory of about twice the part, and some 20 ns for each gram
 * of a word that the word before does not share.
 */
#include "grams.h"

#include <stdlib.h>

#include "../../base/utf8.h"
#include "dictionary.h"
#include "../../text/words.h"

enum { BUCKET_BITS_MAX = 20, TAG_BITS = 8, IN_BUCKET = 4 };

static uint32_t
hash_of(const uint32_t c[GRAM])
{
    uint64_t h = (uint64_t)c[0] << 42 | (uint64_t)c[1] << 21 | c[2];

    h *= UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 32;
    h *= UINT64_C(0xD6E8FEB86659FD93);
    return (uint32_t)(h >> 32);
}

static uint32_t
bucket_of(uint32_t hash, unsigned bits)
{
    return bits > 0 ? hash >> (32 - bits) : 0;
}

static uint8_t
tag_of(uint32_t hash, unsigned bits)
{
    return (uint8_t)(hash >> (32 - TAG_BITS - bits));
}

/* ---- making ------------------------------------------------------------- */

/* A list in the form without a map. */
struct gram_list {
    uint32_t hash;
    uint32_t first, last; /* pieces, from 1 */
    uint64_t len;         /* bytes */
    uint64_t from, next;  /* its first block, and the one behind its last */
};

enum { PIECE = 28 };

struct gram_piece {
    uint8_t bytes[PIECE];
    uint32_t next; /* from 1; 0: none */
};

void
gram_writer_init(struct gram_writer *w)
{
    *w = (struct gram_writer){.n = 0};
}

void
gram_writer_free(struct gram_writer *w)
{
    free(w->list);
    free(w->slot);
    free(w->piece);
    gram_writer_init(w);
}

static uint32_t *
slot_of(const struct gram_writer *w, uint32_t hash)
{
    size_t i = hash & (w->slots - 1);

    while (w->slot[i] > 0 && w->list[w->slot[i] - 1].hash != hash)
        i = (i + 1) & (w->slots - 1);
    return w->slot + i;
}

static bool
grow_slots(struct gram_writer *w)
{
    enum { FIRST = 1024 };
    size_t n = w->slots > 0 ? w->slots * 2 : FIRST;
    uint32_t *slot = calloc(n, sizeof *slot);

    if (!slot)
        return false;
    free(w->slot);
    w->slot = slot;
    w->slots = n;
    for (size_t i = 0; i < w->n; i++)
        *slot_of(w, w->list[i].hash) = (uint32_t)i + 1;
    return true;
}

/* Room for one more of what there are `n` of; NULL when out of memory. */
static void *
one_more(void *of, size_t n, size_t *cap, size_t size)
{
    return n < *cap ? of : list_grown(of, cap, n + 1, size);
}

static struct gram_list *
list_of(struct gram_writer *w, uint32_t hash)
{
    uint32_t *slot;
    struct gram_list *more;

    if (w->n >= w->slots / 2 && !grow_slots(w))
        return NULL;
    slot = slot_of(w, hash);
    if (*slot > 0)
        return w->list + *slot - 1;
    more = one_more(w->list, w->n, &w->cap, sizeof *more);
    if (!more || w->n >= UINT32_MAX)
        return NULL;
    w->list = more;
    w->list[w->n] = (struct gram_list){.hash = hash};
    *slot = (uint32_t)++w->n;
    return w->list + w->n - 1;
}

/* Make a piece behind the last of the list. */
static bool
add_piece(struct gram_writer *w, struct gram_list *l)
{
    struct gram_piece *more =
        one_more(w->piece, w->pieces, &w->pieces_cap, sizeof *more);

    if (!more || w->pieces >= UINT32_MAX)
        return false;
    w->piece = more;
    w->piece[w->pieces++].next = 0;
    if (l->last > 0)
        w->piece[l->last - 1].next = (uint32_t)w->pieces;
    else
        l->first = (uint32_t)w->pieces;
    l->last = (uint32_t)w->pieces;
    return true;
}

static bool
add_block(struct gram_writer *w, uint32_t hash, uint64_t block)
{
    struct gram_list *l = list_of(w, hash);
    uint8_t v[VARINT_MAX];
    size_t n;

    if (!l)
        return false;
    if (l->len > 0 && l->next > block)
        return true; /* it has the block */
    if (l->len == 0)
        l->from = block;
    n = put_varint(v, block - l->next);
    for (size_t i = 0; i < n; i++) {
        if (l->len % PIECE == 0 && !add_piece(w, l))
            return false;
        w->piece[l->last - 1].bytes[l->len++ % PIECE] = v[i];
    }
    l->next = block + 1;
    return true;
}

/* The characters of the term into `c`, and its end; how many.  *known: of
 * them, those within the first `shared` bytes. */
static size_t
characters(uint32_t c[DICT_TERM_MAX + 1], size_t *known,
           struct morgue_str term, size_t shared)
{
    size_t n = 0;

    *known = 0;
    for (size_t at = 0; at < term.len; n++) {
        at += utf8_decode(term.s + at, term.s + term.len, &c[n], NULL);
        *known += at <= shared;
    }
    c[n++] = GRAM_END;
    return n;
}

void
gram_writer_add(struct gram_writer *w, uint64_t block, struct morgue_str term,
                size_t shared)
{
    uint32_t c[DICT_TERM_MAX + 1];
    size_t known, n;

    if (w->nomem || term.len == 0 || term.len > DICT_TERM_MAX ||
        (term.s[0] >= 'A' && term.s[0] <= 'Z'))
        return;
    n = characters(c, &known, term, shared);
    for (size_t i = known < GRAM ? 0 : known - GRAM + 1; i + GRAM <= n; i++)
        if (gram_counts(c + i) && !add_block(w, hash_of(c + i), block)) {
            w->nomem = true;
            return;
        }
}

/* The bytes of a list, one after another. */
static void
put_list(struct buf *out, const struct gram_writer *w,
         const struct gram_list *l)
{
    uint64_t left = l->len;

    for (uint32_t i = l->first; i > 0; i = w->piece[i - 1].next) {
        size_t n = left < PIECE ? (size_t)left : PIECE;

        buf_add(out, w->piece[i - 1].bytes, n);
        left -= n;
    }
}

/* Set the bits of a list's blocks, from `base` on.  False where it has others
 * than those before `blocks`. */
static bool
set_bits(uint8_t *bits, const uint8_t *at, const uint8_t *end, uint64_t base,
         uint64_t blocks)
{
    uint64_t block = 0, gap;

    while (at < end) {
        if (!get_varint_max(&at, end, blocks - 1, &gap) ||
            gap >= blocks - block)
            return false;
        block += gap;
        bits[(block - base) >> 3] =
            (uint8_t)(bits[(block - base) >> 3] | 1u << (block & 7));
        block++;
        if (block == blocks)
            return at == end;
    }
    return true;
}

/* The same list as a map, in place of its bytes, which are the last. */
static void
put_map(struct buf *out, size_t bytes, const struct gram_list *l)
{
    size_t zeros = (size_t)(l->from / 8);
    size_t n = (size_t)((l->next - 1) / 8) - zeros + 1;
    uint8_t *map = calloc(n, 1);

    if (!map) {
        out->nomem = true;
        return;
    }
    set_bits(map, (uint8_t *)out->data + out->len - bytes,
             (uint8_t *)out->data + out->len, (uint64_t)zeros * 8, l->next);
    buf_cut(out, out->len - bytes);
    buf_varint(out, zeros);
    buf_add(out, map, n);
    free(map);
}

static size_t
varint_len(uint64_t v)
{
    uint8_t p[VARINT_MAX];

    return put_varint(p, v);
}

static void
put_gram(struct buf *out, struct buf *scratch, const struct gram_writer *w,
         const struct gram_list *l, unsigned bits)
{
    uint64_t zeros = l->from / 8;
    uint64_t map = varint_len(zeros) + (l->next - 1) / 8 - zeros + 1;

    buf_reset(scratch);
    put_list(scratch, w, l);
    if (map < l->len && buf_status(scratch, NULL) == MORGUE_OK)
        put_map(scratch, scratch->len, l);
    buf_char(out, (char)tag_of(l->hash, bits));
    buf_varint(out, (uint64_t)scratch->len << 1 | (map < l->len));
    buf_str(out, buf_view(scratch));
    out->nomem |= scratch->nomem;
}

/* The numbers of the lists, those of each bucket together and in their order;
 * *end tells where each bucket's end among them.  NULL when out of memory. */
static uint32_t *
sort_lists(uint32_t **end, const struct gram_writer *w, unsigned bits)
{
    size_t buckets = (size_t)1 << bits;
    uint32_t *sorted = calloc(w->n + 1, sizeof *sorted);
    uint32_t *at = calloc(buckets + 1, sizeof *at);

    *end = at;
    if (!sorted || !at) {
        free(sorted);
        return NULL;
    }
    for (size_t i = 0; i < w->n; i++)
        at[bucket_of(w->list[i].hash, bits) + 1]++;
    for (size_t b = 1; b < buckets; b++)
        at[b] += at[b - 1];
    for (size_t i = 0; i < w->n; i++)
        sorted[at[bucket_of(w->list[i].hash, bits)]++] = (uint32_t)i;
    return sorted;
}

enum morgue_status
grams_make(struct buf *out, const struct gram_writer *w,
           struct morgue_error *err)
{
    unsigned bits = 0;
    struct buf scratch;
    uint32_t *end = NULL, *sorted;
    size_t from = out->len, data;

    if (w->nomem)
        return error_nomem(err);
    if (w->n == 0)
        return MORGUE_OK;
    while (bits < BUCKET_BITS_MAX && (size_t)IN_BUCKET << bits < w->n)
        bits++;
    sorted = sort_lists(&end, w, bits);
    if (!sorted) {
        free(end);
        return error_nomem(err);
    }
    buf_init(&scratch, SIZE_MAX / 2);
    buf_u32(out, (uint32_t)1 << bits);
    for (size_t b = 0; b < (size_t)1 << bits; b++)
        buf_u32(out, 0);
    data = out->len;
    for (size_t b = 0, i = 0; b < (size_t)1 << bits; b++) {
        for (; i < end[b]; i++)
            put_gram(out, &scratch, w, w->list + sorted[i], bits);
        if (out->nomem || out->full || out->len - data > UINT32_MAX)
            break;
        put_u32((uint8_t *)out->data + from + 4 + 4 * b,
                (uint32_t)(out->len - data));
    }
    free(sorted);
    free(end);
    buf_free(&scratch);
    if (out->len - data > UINT32_MAX)
        return error_set(err, MORGUE_UNSUPPORTED,
                         "the grams of a dictionary have more than 4 GB");
    return buf_status(out, err);
}

/* ---- asking ------------------------------------------------------------- */

/* The bucket of a gram into *at and *end, and how many bits tell it. */
static bool
find_bucket(const uint8_t **at, const uint8_t **end, unsigned *bits,
            struct segment *s, uint32_t hash)
{
    const uint8_t *p = segment_bytes(s, PART_GRAMS, 0, 4);
    uint64_t n = p ? get_u32(p) : 0, bucket, from = 0, to, data;

    *bits = 0;
    while (*bits < BUCKET_BITS_MAX && (uint64_t)1 << *bits < n)
        ++*bits;
    if (n != (uint64_t)1 << *bits)
        return false;
    bucket = bucket_of(hash, *bits);
    data = 4 + 4 * n;
    p = segment_bytes(s, PART_GRAMS, 4 + 4 * bucket, 4);
    if (!p)
        return false;
    to = get_u32(p);
    if (bucket > 0) {
        p = segment_bytes(s, PART_GRAMS, 4 * bucket, 4);
        if (!p)
            return false;
        from = get_u32(p);
    }
    if (from > to)
        return false;
    *at = *end = NULL;
    if (from == to)
        return true;
    *at = segment_bytes(s, PART_GRAMS, data + from, to - from);
    *end = *at ? *at + (to - from) : NULL;
    return *at != NULL;
}

/* Set the bits of a map.  False where it has others than those before
 * `blocks`. */
static bool
set_map(uint8_t *bits, const uint8_t *at, const uint8_t *end, uint64_t blocks)
{
    uint64_t zeros, room = (blocks + 7) / 8;

    if (!get_varint_max(&at, end, room, &zeros) ||
        (uint64_t)(end - at) > room - zeros)
        return false;
    if (zeros + (uint64_t)(end - at) == room && blocks % 8 != 0 && end > at &&
        end[-1] >> (blocks % 8) != 0)
        return false;
    for (bits += zeros; at < end; at++, bits++)
        *bits |= *at;
    return true;
}

static bool
set_gram(uint8_t *bits, struct segment *s, uint32_t hash)
{
    const uint8_t *at, *end;
    uint64_t blocks = dict_blocks(s), len;
    unsigned hash_bits;

    if (!find_bucket(&at, &end, &hash_bits, s, hash))
        return false;
    while (at < end) {
        uint8_t tag = *at++;
        bool map, fits = true;

        if (!get_varint(&at, end, &len))
            return false;
        map = len & 1;
        len >>= 1;
        if (len > (uint64_t)(end - at))
            return false;
        if (tag == tag_of(hash, hash_bits))
            fits = map ? set_map(bits, at, at + len, blocks)
                       : set_bits(bits, at, at + len, 0, blocks);
        if (!fits)
            return false;
        at += len;
    }
    return true;
}

bool
grams_find(uint8_t *bits, struct segment *s, const uint32_t gram[GRAM])
{
    if (s->part[PART_GRAMS].len == 0 || dict_blocks(s) == 0)
        return true;
    if (!s->damaged && set_gram(bits, s, hash_of(gram)))
        return true;
    s->damaged = true;
    return false;
}
