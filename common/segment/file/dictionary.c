/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * dictionary.c - looking terms up in a segment, and walking over them
 *
 * A term is found by bisecting the index of blocks, which has the first bytes
 * of their first terms, and reading through one block; a block is only looked
 * at before where these bytes are the same.  Of stems and ids the filter is
 * asked first.
 */
#include "../../base/hash.h"
#include "dictionary.h"
#include "filter.h"

#define ALWAYS_INLINE static inline __attribute__((always_inline))

/* ---- blocks ------------------------------------------------------------- */

/* Where block `i` begins; the end of the part for the one behind the last. */
static bool
block_start(struct segment *s, uint64_t i, uint64_t *at)
{
    const uint8_t *p;

    *at = s->part[PART_DICTIONARY].len;
    if (i == dict_blocks(s))
        return true;
    p = dict_entry(s, i);
    if (p)
        *at = get_u64(p) & DICT_PLACE_MAX;
    return p != NULL;
}

bool
dict_enter(struct dict_cursor *c, struct segment *s, uint64_t i)
{
    uint64_t from, to, len;
    const uint8_t *at, *end;

    *c = (struct dict_cursor){0};
    if (!block_start(s, i, &from) || !block_start(s, i + 1, &to))
        return false;
    at = from < to ? segment_bytes(s, PART_DICTIONARY, from, to - from) : NULL;
    end = at ? at + (to - from) : NULL;
    if (!at || !get_varint_max(&at, end, DICT_PLACE_MAX, &len) || len == 0 ||
        len > (uint64_t)(end - at)) {
        s->damaged = true;
        return false;
    }
    *c = (struct dict_cursor){
        .at = at, .end = at + len, .info = at + len, .info_end = end};
    return true;
}

/* The same for a walk. */
static bool
enter_block(struct term_walk *w, uint64_t i)
{
    if (!dict_enter(&w->in, w->segment, i))
        return false;
    w->block = i + 1;
    w->len = 0;
    return true;
}

/* Read the bytes of the next term, which has to be behind the last one of the
 * block. */
static bool
read_bytes(struct term_walk *w)
{
    size_t shared, rest;

    if (!dict_read_lengths(&w->in, w->len, &shared, &rest) ||
        (shared < w->len && *w->in.at <= (uint8_t)w->term[shared]))
        return false;
    memcpy(w->term + shared, w->in.at, rest);
    w->in.at += rest;
    w->len = shared + rest;
    return true;
}

/* ---- where a term's list is --------------------------------------------- */

ALWAYS_INLINE bool
read_inline(struct term_info *info, struct dict_cursor *c,
            const struct segment *s, unsigned head)
{
    const unsigned width = dict_doc_width(s->docs);
    const bool once = head & DICT_ONCE;
    uint64_t wdf = once, n = info->flags & TERM_POSITIONS ? 1 : 0, skip;

    if (width > (uint64_t)(c->info_end - c->info))
        return false;
    for (unsigned i = 0; i < width; i++)
        info->doc |= (uint32_t)c->info[i] << (8 * i);
    c->info += width;
    if (head > (DICT_ONCE | 15) || info->doc >= s->docs ||
        (once && (info->flags & TERM_ZERO_WDF)))
        return false;
    if (!once && !(info->flags & TERM_ZERO_WDF) &&
        (!get_varint_max(&c->info, c->info_end, INT32_MAX, &wdf) || wdf == 0))
        return false;
    if (n > 0 && !once &&
        !get_varint_max(&c->info, c->info_end, UINT32_MAX, &n))
        return false;
    info->df = 1;
    info->wdf = (uint32_t)wdf;
    info->pos_n = (uint32_t)n;
    info->inline_pos = c->info;
    for (uint64_t i = 0; i < n; i++)
        if (!get_varint_max(&c->info, c->info_end, UINT32_MAX, &skip))
            return false;
    info->inline_end = c->info;
    return true;
}

/* A place in a part, told by its distance from the last one. */
ALWAYS_INLINE bool
read_place(struct dict_cursor *c, const struct segment *s,
           enum segment_part part, uint64_t *last)
{
    uint64_t v;

    if (!get_varint(&c->info, c->info_end, &v))
        return false;
    *last += unzigzag(v);
    return *last < s->part[part].len;
}

/* Inlined, it has the cursor in registers, and what is not asked for of the
 * terms on the way to one is not made. */
ALWAYS_INLINE bool
read_info(struct term_info *info, struct dict_cursor *c,
          const struct segment *s)
{
    uint64_t v;

    *info = (struct term_info){0};
    if (!get_varint_max(&c->info, c->info_end, UINT64_C(16) * s->docs + 15,
                        &v))
        return false;
    info->flags = v & 15;
    if (info->flags & TERM_INLINE)
        return v <= UINT8_MAX && read_inline(info, c, s, (unsigned)v);
    info->df = (uint32_t)(v >> 4);
    if (info->df == 0 || info->df > s->docs)
        return false;
    if (!read_place(c, s, PART_POSTINGS, &c->post))
        return false;
    info->post = c->post;
    if (!(info->flags & TERM_POSITIONS))
        return true;
    if (!read_place(c, s, PART_POSITIONS, &c->pos))
        return false;
    info->pos = c->pos;
    return true;
}

bool
dict_read_info(struct term_info *info, struct dict_cursor *c,
               const struct segment *s)
{
    return read_info(info, c, s);
}

/* ---- deletions ---------------------------------------------------------- */

uint32_t
dict_deleted_with(const struct deletes *d, const char *term, size_t len)
{
    enum { ENTRY = 12 };
    uint64_t hash;
    uint32_t low = 0, high;

    if (!d || d->terms == 0)
        return 0;
    hash = hash64(term, len);
    high = d->terms;
    while (low < high) {
        uint32_t mid = low + (high - low) / 2;

        if (get_u64(d->term + (size_t)mid * ENTRY) < hash)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == d->terms || get_u64(d->term + (size_t)low * ENTRY) != hash)
        return 0;
    return get_u32(d->term + (size_t)low * ENTRY + 8);
}

static void
count_live(struct term_info *info, const struct segment *s, const char *term,
           size_t len)
{
    uint32_t deleted = dict_deleted_with(s->deletes, term, len);

    info->live = deleted < info->df ? info->df - deleted : 0;
}

/* ---- walking and finding ------------------------------------------------ */

static int
compare(const char *a, size_t a_len, struct morgue_str b)
{
    size_t n = a_len < b.len ? a_len : b.len;
    int c = n > 0 ? memcmp(a, b.s, n) : 0;

    if (c != 0)
        return c;
    return a_len < b.len ? -1 : a_len > b.len;
}

/* To the first term of the next block, which has to be behind this one's last.
 */
static bool
cross(struct term_walk *w)
{
    char last[DICT_TERM_MAX];
    size_t len = w->len;

    memcpy(last, w->term, len);
    return enter_block(w, w->block) && read_bytes(w) &&
           compare(w->term, w->len, str_slice(last, len)) > 0;
}

/* To the next term, without counting its deleted articles. */
static bool
step(struct term_walk *w)
{
    if (w->segment->damaged ||
        (w->in.at == w->in.end && w->block >= w->blocks))
        return false;
    if ((w->in.at < w->in.end ? read_bytes(w) : cross(w)) &&
        read_info(&w->info, &w->in, w->segment) &&
        (w->in.at < w->in.end || w->in.info == w->in.info_end))
        return true;
    w->segment->damaged = true;
    return false;
}

bool
term_walk_next(struct term_walk *w)
{
    if (!step(w))
        return false;
    count_live(&w->info, w->segment, w->term, w->len);
    return true;
}

int
term_walk_compare(const struct term_walk *a, const struct term_walk *b)
{
    return compare(a->term, a->len, str_slice(b->term, b->len));
}

/* Whether the first term of block `i` is `term`, which begins with `key`, or
 * before it. */
static bool
begins_before(struct term_walk *w, uint64_t i, struct dict_key key,
              struct morgue_str term)
{
    const uint8_t *p = dict_entry(w->segment, i);
    int c = p ? dict_key_compare(dict_key(p + DICT_PLACE), key) : 1;

    if (c != 0)
        return c < 0;
    return enter_block(w, i) && read_bytes(w) &&
           compare(w->term, w->len, term) <= 0;
}

/* Enter the last block whose first term is not behind `term`, or the first.
 */
static bool
seek(struct term_walk *w, struct segment *s, struct morgue_str term)
{
    struct dict_key key;
    uint64_t low = 0, high;
    uint8_t first[DICT_KEY];

    dict_put_key(first, term);
    key = dict_key(first);
    w->segment = s;
    w->in = (struct dict_cursor){0};
    w->block = 0;
    w->blocks = high = dict_blocks(s);
    w->len = 0;
    while (high - low > 1) {
        uint64_t mid = low + (high - low) / 2;

        if (begins_before(w, mid, key, term))
            low = mid;
        else
            high = mid;
        if (s->damaged)
            return false;
    }
    return w->blocks > 0 && enter_block(w, low);
}

bool
term_walk_enter(struct term_walk *w, struct segment *s, struct morgue_str term)
{
    return seek(w, s, term) && term_walk_next(w);
}

void
term_walk_start(struct term_walk *w, struct segment *s, struct morgue_str from)
{
    struct term_walk before;

    if (!seek(w, s, from)) {
        w->in.at = w->in.end;
        w->block = w->blocks;
        return;
    }
    /* The walk has to stand before the first term that counts. */
    for (before = *w; step(w) && compare(w->term, w->len, from) < 0;)
        before = *w;
    *w = before;
}

/* How many of the first `n` bytes are the same. */
static size_t
common(const uint8_t *a, const uint8_t *b, size_t n)
{
    size_t i = 0;

    while (i < n && a[i] == b[i])
        i++;
    return i;
}

/* To the term in the block, which is entered; false where it has none such,
 * and w->segment->damaged where that cannot be told.  The terms ascend, so
 * what each has in common with the one before tells most of them from the one
 * that is sought, of whose bytes `matched` are those of the last term. */
static bool
find_in_block(struct term_walk *w, struct morgue_str term)
{
    const uint8_t *want = (const uint8_t *)term.s;
    struct dict_cursor c = w->in;
    size_t matched = 0, len = 0, shared, rest;
    unsigned n_read = 0;
    bool found = false;

    for (; c.at < c.end && !found; n_read++) {
        if (!dict_read_lengths(&c, len, &shared, &rest))
            goto damaged;
        if (shared < matched)
            return false;
        if (shared == matched) {
            size_t left = term.len - matched, n;

            n = common(c.at, want + matched, rest < left ? rest : left);
            found = n == left && n == rest;
            if (!found &&
                (n == left || (n < rest && c.at[n] > want[matched + n])))
                return false;
            matched += n;
        }
        c.at += rest;
        len = shared + rest;
    }
    for (unsigned i = 0; found && i < n_read; i++)
        if (!read_info(&w->info, &c, w->segment))
            goto damaged;
    return found;
damaged:
    w->segment->damaged = true;
    return false;
}

bool
segment_term(struct term_info *out, struct segment *s, struct morgue_str term)
{
    struct term_walk w;

    if (filter_covers(term) && !filter_passes(s, term))
        return false;
    if (!seek(&w, s, term) || !find_in_block(&w, term))
        return false;
    count_live(&w.info, s, term.s, term.len);
    *out = w.info;
    return true;
}
