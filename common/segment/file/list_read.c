/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list_read.c - reading a term's list from front to back
 */
#include "list_read.h"

#include <stdlib.h>

#include "bytes.h"
#include "pack.h"

/* A block of postings, which is two packs, is not longer. */
enum { BLOCK_BYTES = 2 * PACK_MAX, POSITIONS_MAX = 1 << 30 };

void
list_reader_init(struct list_reader *r)
{
    *r = (struct list_reader){.segment = NULL};
}

void
list_reader_free(struct list_reader *r)
{
    free(r->delta);
    list_reader_init(r);
}

/* How long the skips of a list are. */
static uint64_t
skip_bytes(const struct term_info *info)
{
    uint64_t n = ((uint64_t)info->df + BLOCK - 1) / BLOCK;
    uint64_t each = 8 + sizeof(struct impact);

    if (n < 2)
        return 0;
    if (info->flags & (TERM_POSITIONS | TERM_SHARED))
        each += 4;
    return sizeof(struct impact) * (1 + (n + GROUP - 1) / GROUP) + n * each;
}

void
list_read_start(struct list_reader *r, struct segment *s,
                const struct term_info *info)
{
    r->segment = s;
    r->info = *info;
    r->left = info->df;
    r->next = 0;
    r->at = info->post + skip_bytes(info);
    r->pos_at = info->pos;
    r->n = 0;
    r->delta_n = 0;
}

/* What is left of a part from `at`, at most `max` bytes, touched; *end is
 * behind it. */
static const uint8_t *
rest(struct segment *s, enum segment_part part, uint64_t at, uint64_t max,
     const uint8_t **end)
{
    uint64_t len = s->part[part].len;
    const uint8_t *p;

    if (at >= len)
        return NULL;
    if (len - at < max)
        max = len - at;
    p = segment_bytes(s, part, at, max);
    *end = p ? p + max : NULL;
    return p;
}

/* ---- postings ----------------------------------------------------------- */

static const uint8_t *
read_pack(uint32_t *v, uint32_t n, const uint8_t *p, const uint8_t *end)
{
    return n == BLOCK ? pack_read(v, p, end) : pack_read_short(v, n, p, end);
}

static const uint8_t *
read_block(struct list_reader *r, const uint8_t *p, const uint8_t *end)
{
    uint64_t next = r->next;

    p = read_pack(r->doc, r->n, p, end);
    for (uint32_t i = 0; p && i < r->n; i++) {
        next += r->doc[i];
        if (next >= r->segment->docs)
            return NULL;
        r->doc[i] = (uint32_t)next++;
    }
    r->next = (uint32_t)next;
    if (!p || (r->info.flags & TERM_ZERO_WDF)) {
        memset(r->wdf, 0, sizeof r->wdf);
        return p;
    }
    p = read_pack(r->wdf, r->n, p, end);
    for (uint32_t i = 0; p && i < r->n; i++)
        if (r->wdf[i]++ >= INT32_MAX)
            return NULL;
    return p;
}

static bool
read_postings(struct list_reader *r)
{
    const uint8_t *end, *from, *p;

    from = rest(r->segment, PART_POSTINGS, r->at, BLOCK_BYTES, &end);
    p = from ? read_block(r, from, end) : NULL;
    if (!p)
        return false;
    r->at += (uint64_t)(p - from);
    return true;
}

/* ---- positions ---------------------------------------------------------- */

static bool
grow(struct list_reader *r, size_t need)
{
    size_t cap = r->delta_cap ? r->delta_cap : 1024;
    uint32_t *more;

    if (need <= r->delta_cap)
        return true;
    while (cap < need)
        cap *= 2;
    more = realloc(r->delta, cap * sizeof *more);
    if (!more)
        return false;
    r->delta = more;
    r->delta_cap = cap;
    return true;
}

/* `n` numbers of the positions' part, a pack. */
static bool
read_numbers(struct list_reader *r, uint32_t *to, size_t n)
{
    const uint8_t *end = NULL, *from, *p;

    if (n == 0)
        return true;
    from = rest(r->segment, PART_POSITIONS, r->pos_at, BLOCK_BYTES, &end);
    p = from ? read_pack(to, (uint32_t)n, from, end) : NULL;
    if (!p)
        return false;
    r->pos_at += (uint64_t)(p - from);
    return true;
}

/* How many positions each article of the block has. */
static bool
read_counts(struct list_reader *r)
{
    uint32_t code[BLOCK];
    uint32_t n = 0;

    for (uint32_t i = 0; i < r->n; i++)
        n += r->n == BLOCK || r->wdf[i] != 1;
    if (!read_numbers(r, code, n))
        return false;
    for (uint32_t i = r->n; i-- > 0;)
        r->count[i] = r->n == BLOCK || r->wdf[i] != 1
                          ? list_code_count(r->wdf[i], code[--n])
                          : 1;
    return true;
}

/* Whether so many positions may be in what is left of the part: BLOCK of them
 * take two bytes at least. */
static bool
may_follow(const struct list_reader *r, uint64_t positions)
{
    uint64_t len = r->segment->part[PART_POSITIONS].len;

    return positions <= POSITIONS_MAX && r->pos_at <= len &&
           positions / (BLOCK / 2) <= len - r->pos_at;
}

static enum morgue_status
read_positions(struct list_reader *r, struct morgue_error *err)
{
    uint64_t sum = 0;
    bool fine = read_counts(r);

    for (uint32_t i = 0; fine && i < r->n; i++) {
        sum += r->count[i];
        fine = r->count[i] > 0;
    }
    fine = fine && may_follow(r, sum);
    if (fine && !grow(r, (size_t)sum + BLOCK))
        return error_nomem(err);
    r->delta_n = fine ? (size_t)sum : 0;
    for (size_t i = 0; fine && i < r->delta_n; i += BLOCK)
        fine = read_numbers(r, r->delta + i,
                            r->delta_n - i < BLOCK ? r->delta_n - i : BLOCK);
    if (!fine)
        r->segment->damaged = true;
    return segment_status(r->segment, err);
}

/* ---- blocks ------------------------------------------------------------- */

static enum morgue_status
read_inline(struct list_reader *r, struct morgue_error *err)
{
    const uint8_t *p = r->info.inline_pos;
    uint64_t v = 0;

    r->doc[0] = r->info.doc;
    r->wdf[0] = r->info.wdf;
    r->count[0] = r->info.pos_n;
    r->delta_n = r->info.pos_n;
    if (!grow(r, r->delta_n))
        return error_nomem(err);
    for (uint32_t i = 0; i < r->info.pos_n; i++) {
        if (!get_varint(&p, r->info.inline_end, &v))
            r->segment->damaged = true;
        r->delta[i] = (uint32_t)v;
    }
    return segment_status(r->segment, err);
}

enum morgue_status
list_read_block(struct list_reader *r, bool positions,
                struct morgue_error *err)
{
    r->n = r->left < BLOCK ? r->left : BLOCK;
    r->left -= r->n;
    r->delta_n = 0;
    if (r->n == 0)
        return segment_status(r->segment, err);
    if (r->info.flags & TERM_INLINE)
        return read_inline(r, err);
    memset(r->count, 0, sizeof r->count);
    if (!read_postings(r)) {
        r->segment->damaged = true;
        return segment_status(r->segment, err);
    }
    if (!positions || !(r->info.flags & TERM_POSITIONS))
        return MORGUE_OK;
    return read_positions(r, err);
}
