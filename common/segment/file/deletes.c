/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * deletes.c - the articles of a segment that are deleted, as a file
 *
 *     "morgue deletes 1"
 *     u32  articles of the segment
 *     u32  how many of them are deleted
 *     u64  the sum of their lengths
 *     u32  terms
 *     u32  0
 *     u64  a bit for each article, lowest first, set for deleted ones
 *     for each term that they had, ascending by hash:
 *         u64 hash64 of the term, u32 how many of them had it
 *     u64  XXH3 of all before
 */
#include "deletes.h"

#include <stdlib.h>
#include <unistd.h>

#include "../../base/hash.h"
#include "bytes.h"

#define MAGIC "morgue deletes 1"

enum { MAGIC_LEN = sizeof MAGIC - 1, HEAD = MAGIC_LEN + 24, TERM = 12 };

static size_t
words_of(uint32_t docs)
{
    return ((size_t)docs + 63) / 64;
}

/* ---- writing ------------------------------------------------------------ */

enum morgue_status
deletes_write(const struct dir *dir, const char *name, const struct deletes *d,
              uint32_t docs, const struct deleted_term *term, uint64_t *sum,
              struct morgue_error *err)
{
    enum morgue_status st;
    struct buf b;

    buf_init(&b, SIZE_MAX / 2);
    buf_add(&b, MAGIC, MAGIC_LEN);
    buf_u32(&b, docs);
    buf_u32(&b, d->n);
    buf_u64(&b, d->length);
    buf_u32(&b, d->terms);
    buf_u32(&b, 0);
    for (size_t i = 0; i < words_of(docs); i++)
        buf_u64(&b, d->bit[i]);
    for (uint32_t i = 0; i < d->terms; i++) {
        buf_u64(&b, term[i].hash);
        buf_u32(&b, term[i].n);
    }
    st = buf_status(&b, err);
    if (!st) {
        *sum = hash64(b.data, b.len);
        buf_u64(&b, *sum);
        st = buf_status(&b, err);
    }
    if (!st)
        st = dir_write_new(dir, name, buf_view(&b), err);
    buf_free(&b);
    return st;
}

/* ---- reading ------------------------------------------------------------ */

/* The deletions in the file's bytes, in one piece of memory with what they
 * point to; NULL when out of memory. */
static struct deletes *
unpack(const uint8_t *p, uint32_t docs, uint32_t terms, uint64_t sum)
{
    size_t words = words_of(docs);
    size_t bytes = words * sizeof(uint64_t) + (size_t)terms * TERM;
    struct deletes *d = malloc(sizeof *d + bytes);
    uint64_t *bit;

    if (!d)
        return NULL;
    bit = (uint64_t *)(void *)(d + 1);
    for (size_t i = 0; i < words; i++)
        bit[i] = get_u64(p + HEAD + i * 8);
    memcpy(bit + words, p + HEAD + words * 8, (size_t)terms * TERM);
    *d = (struct deletes){.refs = 1,
                          .sum = sum,
                          .bit = bit,
                          .n = get_u32(p + MAGIC_LEN + 4),
                          .length = get_u64(p + MAGIC_LEN + 8),
                          .terms = terms,
                          .term = (const uint8_t *)(bit + words)};
    return d;
}

/* Whether so many articles are marked, and nothing behind the last one. */
static bool
marks(const uint8_t *bits, uint32_t docs, uint32_t n)
{
    uint64_t marked = 0, last = 0;

    for (size_t i = 0; i < words_of(docs); i++) {
        last = get_u64(bits + i * 8);
        marked += (uint64_t)__builtin_popcountll(last);
    }
    return marked == n && (docs % 64 == 0 || last >> docs % 64 == 0);
}

/* Whether the bytes are deletions of a segment with so many articles. */
static bool
is_whole(const uint8_t *p, size_t len, const struct segment *s, uint64_t sum)
{
    uint64_t terms;

    if (len < HEAD + 8 || memcmp(p, MAGIC, MAGIC_LEN) != 0)
        return false;
    terms = get_u32(p + MAGIC_LEN + 16);
    return get_u32(p + MAGIC_LEN) == s->docs &&
           len == HEAD + words_of(s->docs) * 8 + terms * TERM + 8 &&
           get_u64(p + len - 8) == sum && hash64(p, len - 8) == sum &&
           marks(p + HEAD, s->docs, get_u32(p + MAGIC_LEN + 4)) &&
           get_u64(p + MAGIC_LEN + 8) <= s->length;
}

enum morgue_status
deletes_read(struct segment *s, const struct dir *dir, const char *name,
             uint64_t sum, struct morgue_error *err)
{
    enum morgue_status st;
    struct buf b;

    buf_init(&b, SIZE_MAX / 2);
    st = dir_read(&b, dir, name, err);
    if (!st && !is_whole((const uint8_t *)b.data, b.len, s, sum)) {
        st = error_set(err, MORGUE_DAMAGED, "'%s/%s' is damaged", dir->path,
                       name);
    } else if (!st) {
        s->deletes =
            unpack((const uint8_t *)b.data, s->docs,
                   get_u32((const uint8_t *)b.data + MAGIC_LEN + 16), sum);
        if (!s->deletes)
            st = error_nomem(err);
    }
    buf_free(&b);
    return st;
}

bool
deletes_share(struct segment *s, const struct segment *of, uint64_t sum)
{
    struct deletes *d = (struct deletes *)(uintptr_t)of->deletes;

    if (!d || d->sum != sum)
        return false;
    __atomic_add_fetch(&d->refs, 1, __ATOMIC_RELAXED);
    s->deletes = d;
    return true;
}

void
deletes_free(struct segment *s)
{
    struct deletes *d = (struct deletes *)(uintptr_t)s->deletes;

    s->deletes = NULL;
    if (d && __atomic_sub_fetch(&d->refs, 1, __ATOMIC_ACQ_REL) == 0)
        free(d);
}
