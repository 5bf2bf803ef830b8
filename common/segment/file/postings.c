/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * postings.c - a cursor over a term's list in one segment
 *
 * Loading a full block costs about 40 ns, its wdf 15 ns more; finding one
 * costs the logarithm of how far it is.  Positions are unpacked in packs of
 * 128 as they are walked to; packs between are skipped by their lengths.
 */
#include "postings.h"

#include "pack.h"

/* A block of postings, which is two packs, is not longer. */
enum { BLOCK_BYTES = 2 * PACK_MAX };

static bool
damage(struct postings *p)
{
    p->segment->damaged = true;
    return false;
}

/* Have no block loaded. */
static void
unload(struct postings *p)
{
    p->block = UINT32_MAX;
    p->n = 0;
    p->wdf_known = p->start_known = false;
}

/* Be the empty list. */
static void
make_empty(struct postings *p)
{
    p->blocks = 0;
    p->last = p->end = p->pos = p->impact = p->group = NULL;
    p->inline_pos = p->inline_end = NULL;
    unload(p);
}

/* What is left of a part from `at`, BLOCK_BYTES at most. */
static const uint8_t *
rest(struct segment *s, enum segment_part part, uint64_t at,
     const uint8_t **end)
{
    uint64_t len = s->part[part].len;
    const uint8_t *p;

    len = at < len ? len - at : 0;
    if (len > BLOCK_BYTES)
        len = BLOCK_BYTES;
    p = segment_bytes(s, part, at, len);
    *end = p ? p + len : NULL;
    return p;
}

/* ---- opening ------------------------------------------------------------ */

static bool
open_skips(struct postings *p, uint64_t at)
{
    const uint64_t n = p->blocks, groups = (n + GROUP - 1) / GROUP;
    const bool pos = p->flags & (TERM_POSITIONS | TERM_SHARED);
    const uint64_t len =
        sizeof(struct impact) * (1 + n + groups) + 4 * n * (pos ? 3 : 2);
    const uint8_t *skip = segment_bytes(p->segment, PART_POSTINGS, at, len);

    if (!skip)
        return false;
    p->last = skip + sizeof(struct impact);
    p->end = p->last + 4 * n;
    p->pos = pos ? p->end + 4 * n : NULL;
    p->impact = p->end + (pos ? 8 : 4) * n;
    p->group = p->impact + sizeof(struct impact) * n;
    p->at = at + len;
    return true;
}

/* Of a list that is shorter than a block, the rest.  All of it, for a loop of
 * constant length is a few wide stores. */
static void
clear_docs(struct postings *p)
{
    for (uint32_t i = 0; i < BLOCK + 8; i++)
        p->doc[i] = DOC_END;
}

static bool
open_inline(struct postings *p, const struct term_info *info)
{
    if (info->doc >= p->segment->docs || p->df != 1)
        return false;
    put_u32(p->own_last, info->doc);
    clear_docs(p);
    p->doc[0] = info->doc;
    p->block = 0;
    p->n = 1;
    p->wdf[0] = info->wdf;
    p->start[0] = 0;
    p->start[1] = info->pos_n;
    p->wdf_known = p->start_known = true;
    p->inline_pos = info->inline_pos;
    p->inline_end = info->inline_end;
    return true;
}

/* A list of one block is loaded at once, for its last article is in it. */
static bool
open_single(struct postings *p, const struct term_info *info)
{
    p->last = p->own_last;
    p->at = info->post;
    if (info->flags & TERM_INLINE)
        return open_inline(p, info);
    if (!postings_load(p, 0))
        return false;
    put_u32(p->own_last, p->doc[p->n - 1]);
    return true;
}

void
postings_open(struct postings *p, struct segment *s,
              const struct term_info *info)
{
    bool good = info->df > 0 && info->df <= s->docs;

    p->segment = s;
    p->df = info->df;
    p->flags = info->flags;
    p->pos_at = info->pos;
    make_empty(p);
    p->blocks = info->df / BLOCK + (info->df % BLOCK > 0);
    if (good)
        good =
            p->blocks > 1 ? open_skips(p, info->post) : open_single(p, info);
    if (!good) {
        make_empty(p);
        damage(p);
    }
    assert(postings_valid(p));
}

/* Be a list of one block, which has these, and not fewer than before. */
static void
take_block(struct postings *p, const uint32_t *doc, const uint32_t *wdf,
           uint32_t n)
{
    memcpy(p->doc, doc, n * sizeof *doc);
    memcpy(p->wdf, wdf, n * sizeof *wdf);
    put_u32(p->own_last, doc[n - 1]);
    p->last = p->own_last;
    p->inline_pos = p->inline_end = NULL;
    p->flags = 0;
    p->df = p->n = n;
    p->block = 0;
    p->blocks = 1;
    p->wdf_known = true;
}

/* Behind the last article of each is DOC_END, which is never the less. */
void
postings_merge(struct postings *p, const struct postings *other)
{
    uint32_t doc[BLOCK], wdf[BLOCK], i = 0, k = 0, n = 0;

    if (p->n == 0 || other->n == 0) /* it is damaged */
        return;
    assert(p->n + other->n < BLOCK);
    while (i < p->n || k < other->n) {
        bool first = p->doc[i] <= other->doc[k];
        bool second = p->doc[i] >= other->doc[k];
        uint32_t a = first ? p->wdf[i] : 0, b = second ? other->wdf[k] : 0;

        doc[n] = first ? p->doc[i] : other->doc[k];
        wdf[n++] = a > b ? a : b;
        i += first;
        k += second;
    }
    take_block(p, doc, wdf, n);
}

/* ---- blocks ------------------------------------------------------------- */

uint32_t
postings_find(const struct postings *p, uint32_t from, uint32_t doc)
{
    uint32_t step = 1, low = from, high;

    while (from < p->blocks && postings_last(p, from) < doc) {
        low = from + 1;
        from += step;
        step *= 2;
    }
    high = from < p->blocks ? from : p->blocks;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (postings_last(p, mid) < doc)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

/* Both packs at once: the wdf are known then. */
static bool
read_short(struct postings *p, uint32_t next, const uint8_t *in,
           const uint8_t *end)
{
    uint64_t v = next;
    uint32_t most = 0;

    clear_docs(p);
    in = pack_read_short(p->doc, p->n, in, end);
    for (uint32_t i = 0; in && i < p->n; i++) {
        v += p->doc[i];
        p->doc[i] = (uint32_t)v++;
    }
    if (!in || v > p->segment->docs)
        return false;
    p->wdf_known = true;
    if (p->flags & TERM_ZERO_WDF) {
        memset(p->wdf, 0, sizeof p->wdf);
        return true;
    }
    in = pack_read_short(p->wdf, p->n, in, end);
    for (uint32_t i = 0; in && i < p->n; i++) {
        most = p->wdf[i] > most ? p->wdf[i] : most;
        p->wdf[i]++;
    }
    return in && most < INT32_MAX;
}

static bool
read_full(struct postings *p, uint32_t next, const uint8_t *in,
          const uint8_t *end)
{
    p->wdf_from = pack_read(p->doc, in, end);
    p->wdf_end = end;
    if (!p->wdf_from)
        return false;
    pack_sum(p->doc, next);
    for (uint32_t i = BLOCK; i < BLOCK + 8; i++)
        p->doc[i] = DOC_END;
    p->wdf_known = false;
    return p->doc[0] >= next && pack_ascending(p->doc) &&
           p->doc[BLOCK - 1] < p->segment->docs;
}

/* Where the bytes of a block are, and the least that its first article can
 * be; NULL where they cannot be read. */
static const uint8_t *
block_bytes(struct postings *p, uint32_t b, uint32_t *next,
            const uint8_t **end)
{
    const uint8_t *in;
    uint32_t from, to;

    *next = 0;
    if (p->blocks == 1)
        return rest(p->segment, PART_POSTINGS, p->at, end);
    from = b > 0 ? get_u32(p->end + 4 * ((size_t)b - 1)) : 0;
    to = get_u32(p->end + 4 * (size_t)b);
    if (from > to)
        return NULL;
    *next = b > 0 ? postings_last(p, b - 1) + 1 : 0;
    in = segment_bytes(p->segment, PART_POSTINGS, p->at + from, to - from);
    *end = in ? in + (to - from) : NULL;
    return in;
}

bool
postings_load(struct postings *p, uint32_t b)
{
    const uint8_t *in, *end;
    uint32_t next;

    assert(b < p->blocks);
    if (b == p->block)
        return true;
    if (p->segment->damaged)
        return false;
    unload(p);
    in = block_bytes(p, b, &next, &end);
    if (!in)
        return damage(p);
    p->n = b + 1 < p->blocks ? BLOCK : p->df - b * BLOCK;
    if (!(p->n == BLOCK ? read_full : read_short)(p, next, in, end) ||
        (p->blocks > 1 && p->doc[p->n - 1] != postings_last(p, b))) {
        unload(p);
        return damage(p);
    }
    p->block = b;
    return true;
}

/* The wdf of a full block; false where they are not what they should be. */
static bool
read_wdf(struct postings *p)
{
    uint32_t any = 0;

    if (!pack_read(p->wdf, p->wdf_from, p->wdf_end))
        return false;
    for (uint32_t i = 0; i < BLOCK; i++) {
        any |= p->wdf[i];
        p->wdf[i]++;
    }
    return any < INT32_MAX;
}

void
postings_read_wdf(struct postings *p)
{
    assert(p->block < p->blocks && p->n == BLOCK);
    p->wdf_known = true;
    if (p->flags & TERM_ZERO_WDF) {
        memset(p->wdf, 0, sizeof p->wdf);
    } else if (!read_wdf(p)) {
        for (uint32_t i = 0; i < BLOCK; i++)
            p->wdf[i] = 1;
        damage(p);
    }
}

uint32_t
postings_rank(const struct postings *p, uint32_t doc)
{
    return pack_rank(p->doc, doc);
}

void
postings_ranks(const struct postings *p, uint8_t *rank, const uint32_t *doc,
               uint32_t n)
{
    assert(p->block < p->blocks);
    pack_ranks(rank, p->doc, doc, n);
}

/* ---- positions ---------------------------------------------------------- */

/* A pack of `n` numbers at *at of the positions; *at is behind it then.  False
 * where it cannot be read. */
static bool
read_numbers(struct postings *p, uint32_t *v, uint32_t n, uint64_t *at)
{
    const uint8_t *end, *from, *in;

    in = from = rest(p->segment, PART_POSITIONS, *at, &end);
    if (in)
        in = n == BLOCK ? pack_read(v, in, end)
                        : pack_read_short(v, n, in, end);
    if (!in)
        return damage(p);
    *at += (uint64_t)(in - from);
    return true;
}

/* Make how many positions the articles of a block have, less one, of what
 * tells it. */
static void
counts_of(uint32_t *restrict count, const uint32_t *restrict wdf)
{
    for (uint32_t i = 0; i < BLOCK; i++)
        count[i] = list_code_count(wdf[i], count[i]) - 1;
}

/* Read how many positions each article of the block has, less one, at *at,
 * which is behind that then.  In a short block an article of wdf 1 has one,
 * which is not told. */
static bool
read_counts(struct postings *p, uint32_t count[BLOCK], uint64_t *at)
{
    uint32_t n = 0;

    if (!p->wdf_known)
        postings_read_wdf(p);
    if (p->n == BLOCK) {
        if (!read_numbers(p, count, BLOCK, at))
            return false;
        counts_of(count, p->wdf);
        return true;
    }
    for (uint32_t i = 0; i < p->n; i++)
        n += p->wdf[i] != 1;
    if (n > 0 && !read_numbers(p, count, n, at))
        return false;
    for (uint32_t i = p->n; i-- > 0;)
        count[i] =
            p->wdf[i] != 1 ? list_code_count(p->wdf[i], count[--n]) - 1 : 0;
    for (uint32_t i = p->n; i < BLOCK; i++)
        count[i] = 0;
    return true;
}

/* Read where the positions of each article of the block begin. */
static bool
read_starts(struct postings *p)
{
    uint64_t at = p->pos_at;
    uint32_t *count = p->start + 1, any = 0;

    if (!(p->flags & TERM_POSITIONS))
        return false;
    if (p->blocks > 1)
        at += get_u32(p->pos + 4 * (size_t)p->block);
    if (!read_counts(p, count, &at))
        return false;
    for (uint32_t i = 0; i < BLOCK; i++)
        any |= count[i];
    if (any >= 1 << 23) /* so that no sum is too great */
        return damage(p);
    pack_sum(count, 1);
    p->start[0] = 0;
    p->delta_at = at;
    p->start_known = true;
    return true;
}

void
positions_open(struct positions *w, struct postings *p)
{
    w->postings = p;
    w->block = UINT32_MAX;
    w->left = 0;
}

static void
start_inline(struct positions *w)
{
    struct postings *p = w->postings;
    const uint8_t *in = p->inline_pos;
    uint64_t v;

    w->left = 0;
    w->i = 0;
    for (uint32_t i = 0; i < p->start[1] && i < BLOCK; i++) {
        if (!get_varint_max(&in, p->inline_end, UINT32_MAX, &v)) {
            damage(p);
            w->left = 0;
            return;
        }
        w->delta[w->left++] = (uint32_t)v;
    }
}

/* How many numbers the pack has. */
static uint32_t
pack_numbers(const struct postings *p, uint32_t pack)
{
    uint32_t left = p->start[p->n] - pack * BLOCK;

    return left < BLOCK ? left : BLOCK;
}

/* Read the pack at `next_pack`. */
static bool
read_pack(struct positions *w)
{
    uint32_t n = pack_numbers(w->postings, w->next_pack);

    if (!read_numbers(w->postings, w->delta, n, &w->at))
        return false;
    w->pack = w->next_pack++;
    return true;
}

static bool
skip_to(struct positions *w, uint32_t pack)
{
    const uint8_t *end, *in, *from;

    for (; w->next_pack < pack; w->next_pack++) {
        from = rest(w->postings->segment, PART_POSITIONS, w->at, &end);
        in = from ? pack_skip(from, end) : NULL;
        if (!in)
            return damage(w->postings);
        w->at += (uint64_t)(in - from);
    }
    return true;
}

/* Have no positions left, and none of the block. */
static bool
end_walk(struct positions *w)
{
    w->left = 0;
    w->block = UINT32_MAX;
    return false;
}

bool
positions_more(struct positions *w)
{
    w->i = 0;
    return read_pack(w) || end_walk(w);
}

void
positions_start(struct positions *w, uint32_t i)
{
    struct postings *p = w->postings;
    uint32_t pack;

    assert(i < p->n);
    w->left = w->pos = 0;
    if (p->inline_pos) {
        start_inline(w);
        return;
    }
    if (!p->start_known && !read_starts(p))
        return;
    pack = p->start[i] / BLOCK;
    if (w->block != p->block || (pack != w->pack && pack < w->next_pack)) {
        w->block = p->block;
        w->next_pack = 0;
        w->pack = UINT32_MAX;
        w->at = p->delta_at;
    }
    w->i = p->start[i] % BLOCK;
    if (pack != w->pack && (!skip_to(w, pack) || !read_pack(w))) {
        end_walk(w);
        return;
    }
    w->left = p->start[i + 1] - p->start[i];
}
