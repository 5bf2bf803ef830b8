/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list_write.c - blocks of postings and positions, skips and impacts
 */
#include "list_write.h"

#include <stdlib.h>

#include "bytes.h"
#include "pack.h"

enum { SPOOL = 16 << 20, POSITIONS_MAX = 1 << 30 };

void
list_writer_init(struct list_writer *w, const struct dir *dir)
{
    *w = (struct list_writer){.n = 0};
    spool_init(&w->postings, dir, SPOOL);
    spool_init(&w->positions, dir, SPOOL);
    buf_init(&w->blocks, SIZE_MAX / 2);
}

void
list_writer_free(struct list_writer *w)
{
    spool_free(&w->postings);
    spool_free(&w->positions);
    buf_free(&w->blocks);
    free(w->delta);
    free(w->skip);
}

bool
list_grow_positions(struct list_writer *w)
{
    size_t cap = w->delta_cap ? w->delta_cap * 2 : 1024;
    uint32_t *more =
        cap <= POSITIONS_MAX ? realloc(w->delta, cap * sizeof *more) : NULL;

    if (!more) {
        w->nomem = true;
        return false;
    }
    w->delta = more;
    w->delta_cap = cap;
    return true;
}

/* ---- impacts ------------------------------------------------------------ */

/* The pairs of the articles of which no other has both a wdf not less and a
 * length not more, by falling wdf; how many. */
static size_t
frontier(uint8_t pair[][2], const uint16_t least[256])
{
    size_t n = 0;
    unsigned length = 256;

    for (unsigned wdf = 256; wdf-- > 0 && length > 0;)
        if (least[wdf] < length) {
            length = least[wdf];
            pair[n][0] = (uint8_t)wdf;
            pair[n++][1] = (uint8_t)length;
        }
    return n;
}

/* Put the two neighbours together that lose the least by it. */
static size_t
join_pairs(uint8_t pair[][2], size_t n)
{
    size_t best = 0;
    unsigned least = UINT32_MAX;

    for (size_t i = 0; i + 1 < n; i++) {
        unsigned wdf = pair[i + 1][0] ? pair[i + 1][0] : 1u;
        unsigned loss = (pair[i][0] - pair[i + 1][0]) * 64u / wdf +
                        (pair[i][1] - pair[i + 1][1]) * 2u;

        if (loss < least) {
            least = loss;
            best = i;
        }
    }
    pair[best][1] = pair[best + 1][1];
    for (size_t i = best + 1; i + 1 < n; i++)
        memcpy(pair[i], pair[i + 1], 2);
    return n - 1;
}

static struct impact
impact_of(const uint16_t least[256])
{
    uint8_t pair[256][2];
    struct impact impact;
    size_t n = frontier(pair, least);

    while (n > IMPACT_PAIRS)
        n = join_pairs(pair, n);
    for (size_t i = 0; i < IMPACT_PAIRS; i++)
        memcpy(impact.pair[i], pair[i < n ? i : n - 1], 2);
    return impact;
}

static void
none_yet(uint16_t least[256])
{
    for (size_t i = 0; i < 256; i++)
        least[i] = 256;
}

static void
note(uint16_t least[256], uint32_t wdf, uint8_t code)
{
    unsigned w = wdf < 255 ? wdf : 255;

    if (code < least[w])
        least[w] = code;
}

static struct impact
block_impact(const struct list_writer *w)
{
    uint16_t least[256];

    none_yet(least);
    for (uint32_t i = 0; i < w->n; i++)
        note(least, w->wdf[i], w->code[w->doc[i]]);
    return impact_of(least);
}

/* Of several impacts together. */
static struct impact
joint_impact(const struct list_skip *skip, size_t n)
{
    uint16_t least[256];

    none_yet(least);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < IMPACT_PAIRS; k++)
            note(least, skip[i].impact.pair[k][0], skip[i].impact.pair[k][1]);
    return impact_of(least);
}

/* ---- blocks ------------------------------------------------------------- */

/* A pack of `n` numbers, at most BLOCK; nothing of none. */
static void
add_pack(struct buf *b, const uint32_t *v, uint32_t n)
{
    uint8_t *at = n > 0 ? (uint8_t *)buf_room(b, PACK_MAX + PACK_SLACK) : NULL;

    if (at)
        buf_cut(b, b->len + (n == BLOCK ? pack_write(at, v)
                                        : pack_write_short(at, v, n)));
}

static void
write_positions(struct list_writer *w)
{
    struct buf *to = &w->positions.buf;
    uint32_t code[BLOCK], n = 0;

    for (uint32_t k = 0; k < w->n; k++)
        if (w->n == BLOCK || w->wdf[k] != 1)
            code[n++] = list_count_code(w->wdf[k], w->count[k]);
    add_pack(to, code, n);
    for (size_t i = 0; i < w->delta_n; i += BLOCK)
        add_pack(to, w->delta + i,
                 w->delta_n - i < BLOCK ? (uint32_t)(w->delta_n - i) : BLOCK);
    w->delta_n = 0;
}

static void
write_block(struct list_writer *w)
{
    uint32_t v[BLOCK];

    for (uint32_t i = 0; i < w->n; i++) {
        v[i] = w->doc[i] - w->next;
        w->next = w->doc[i] + 1;
    }
    add_pack(&w->blocks, v, w->n);
    if (w->flags & TERM_ZERO_WDF)
        return;
    for (uint32_t i = 0; i < w->n; i++)
        v[i] = w->wdf[i] - 1;
    add_pack(&w->blocks, v, w->n);
}

static bool
grow_skips(struct list_writer *w)
{
    size_t cap = w->skip_cap ? w->skip_cap * 2 : 64;
    struct list_skip *more;

    if (w->skip_n < w->skip_cap)
        return true;
    more = realloc(w->skip, cap * sizeof *more);
    if (!more)
        return false;
    w->skip = more;
    w->skip_cap = cap;
    return true;
}

void
list_flush(struct list_writer *w)
{
    struct list_skip *skip;
    uint64_t pos = spool_len(&w->positions) - w->pos_from;

    if (!grow_skips(w)) {
        w->nomem = true;
        w->n = 0;
        w->delta_n = 0;
        return;
    }
    skip = &w->skip[w->skip_n++];
    skip->pos = (uint32_t)pos;
    skip->last = w->doc[w->n - 1];
    if (w->n == BLOCK || w->skip_n > 1) /* a single block has no skips */
        skip->impact = block_impact(w);
    write_block(w);
    skip->end = (uint32_t)w->blocks.len;
    w->too_long |= w->blocks.len > UINT32_MAX || pos > UINT32_MAX;
    if (w->flags & TERM_POSITIONS)
        write_positions(w);
    w->n = 0;
}

/* ---- lists -------------------------------------------------------------- */

static void
add_impact(struct spool *s, struct impact impact)
{
    spool_add(s, impact.pair, sizeof impact.pair);
}

static void
write_skips(struct list_writer *w)
{
    struct spool *s = &w->postings;
    size_t n = w->skip_n;

    add_impact(s, joint_impact(w->skip, n));
    for (size_t i = 0; i < n; i++)
        buf_u32(&s->buf, w->skip[i].last);
    for (size_t i = 0; i < n; i++)
        buf_u32(&s->buf, w->skip[i].end);
    for (size_t i = 0; i < n && (w->flags & TERM_POSITIONS); i++)
        buf_u32(&s->buf, w->skip[i].pos);
    for (size_t i = 0; i < n; i++)
        add_impact(s, w->skip[i].impact);
    for (size_t i = 0; i < n; i += GROUP)
        add_impact(s,
                   joint_impact(w->skip + i, n - i < GROUP ? n - i : GROUP));
}

static bool
fits_inline(const struct list_writer *w)
{
    return w->df == 1 && w->n == 1 && w->delta_n <= INLINE_POSITIONS;
}

static void
place_inline(const struct list_writer *w, struct list_place *out)
{
    out->flags |= TERM_INLINE;
    out->doc = w->doc[0];
    out->wdf = w->wdf[0];
    out->pos_n = w->count[0];
    for (uint32_t i = 0; i < out->pos_n; i++)
        out->delta[i] = w->delta[i];
}

enum morgue_status
list_end(struct list_writer *w, struct list_place *out,
         struct morgue_error *err)
{
    enum morgue_status st;

    *out = (struct list_place){.df = w->df, .flags = w->flags};
    if (fits_inline(w)) {
        place_inline(w, out);
        return MORGUE_OK;
    }
    out->post = spool_len(&w->postings);
    out->pos = w->pos_from;
    list_flush(w);
    if (w->nomem)
        return error_nomem(err);
    if (w->too_long)
        return error_set(err, MORGUE_UNSUPPORTED,
                         "a term's list has more than 4 GB");
    if (w->skip_n > 1)
        write_skips(w);
    st = buf_status(&w->blocks, err);
    if (st)
        return st;
    spool_add(&w->postings, w->blocks.data, w->blocks.len);
    st = spool_status(&w->postings, err);
    return st ? st : spool_status(&w->positions, err);
}
