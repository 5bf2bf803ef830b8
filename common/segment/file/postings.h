/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * postings.h - a cursor over a term's list in one segment
 *
 * A cursor stands at a block of up to BLOCK articles, or at none.  Blocks are
 * found by their last articles, without being read; the articles of one are
 * unpacked when it is loaded, the wdf and positions when they are first asked
 * for.  Going back is allowed, and costs the loading of a block.
 *
 * What is read is checked; where it is not what it should be, the segment is
 * marked as damaged.  A cursor stays one of these whatever happens
 * (postings_valid):
 *
 *   - A list whose skips, or whose single block, cannot be read when it is
 *     opened is the empty list: it has no blocks.
 *   - A list that has blocks keeps them, with their skips.  Those are inside
 *     of the map, but what they say may be anything.
 *   - A block is loaded as a whole, or none is: its articles ascend, and are
 *     articles of the segment; their wdf are in bounds.  Wdf that cannot be
 *     read are 1, positions none.
 *
 * In a segment that is marked no block is loaded any more.  A cursor
 * allocates nothing.
 */
#ifndef MORGUE_SEGMENT_POSTINGS_H
#define MORGUE_SEGMENT_POSTINGS_H

#include <assert.h>

#include "bytes.h"
#include "segment.h"

/** Behind the last article of all. */
enum { DOC_END = INT32_MAX };

struct postings {
    struct segment *segment;
    uint32_t df, flags;
    uint32_t blocks;                 /* 0: the list is empty */
    const uint8_t *last, *end, *pos; /* of each block */
    const uint8_t *impact, *group;   /* NULL: a single block has none */
    uint64_t at, pos_at;             /* of the first block, in the parts */
    uint8_t own_last[4];             /* `last` of a single block */

    /* the block that is loaded */
    uint32_t block; /* UINT32_MAX: none */
    uint32_t n;
    bool wdf_known, start_known;
    const uint8_t *wdf_from, *wdf_end; /* packed */
    const uint8_t *inline_pos, *inline_end;
    uint64_t delta_at;       /* of its positions, behind their counts */
    uint32_t doc[BLOCK + 8]; /* DOC_END behind the last */
    uint32_t wdf[BLOCK];
    uint32_t start[BLOCK + 1]; /* where each one's positions begin */
};

/** Whether the cursor is in one of the states above. */
static inline bool
postings_valid(const struct postings *p)
{
    if (p->block == UINT32_MAX)
        return p->n == 0 && p->blocks != 1 && (p->blocks > 0) == !!p->impact;
    return p->block < p->blocks && p->n > 0 && p->n <= BLOCK &&
           (p->blocks > 1) == !!p->impact &&
           p->doc[p->n - 1] < p->segment->docs && p->doc[p->n] == DOC_END;
}

/** Set the cursor at no block of the term's list; at that of a single one. */
void postings_open(struct postings *p, struct segment *s,
                   const struct term_info *info);

/** Begin to fetch what postings_open will look at. */
static inline void
postings_prefetch(const struct segment *s, const struct term_info *info)
{
    if (!(info->flags & TERM_INLINE))
        __builtin_prefetch(s->map + s->part[PART_POSTINGS].at + info->post);
}

/** Make one list of two of one block, which have less than BLOCK articles
 *  together; of an article that is in both the greater wdf counts.  It has no
 *  positions. */
void postings_merge(struct postings *p, const struct postings *other);

/** Load a block.  False, and none is loaded, where the segment is damaged. */
bool postings_load(struct postings *p, uint32_t block);

/** Unpack the wdf of the block that is loaded. */
void postings_read_wdf(struct postings *p);

/** The last article of a block. */
static inline uint32_t
postings_last(const struct postings *p, uint32_t block)
{
    return get_u32(p->last + (size_t)block * 4);
}

/** The first block from `from` on whose last article is not before `doc`;
 *  p->blocks where there is none. */
uint32_t postings_find(const struct postings *p, uint32_t from, uint32_t doc);

/** Load the block that `doc` would be in, if it is another one.  False where
 *  all articles are before it. */
static inline bool
postings_seek(struct postings *p, uint32_t doc)
{
    uint32_t b = p->block, from = 0;

    if (b < p->blocks) {
        if (doc <= p->doc[p->n - 1] &&
            (b == 0 || doc > postings_last(p, b - 1)))
            return true;
        from = doc > p->doc[p->n - 1] ? b + 1 : 0;
    }
    b = postings_find(p, from, doc);
    return b < p->blocks && postings_load(p, b);
}

/** How many articles of the block that is loaded are before `doc`. */
uint32_t postings_rank(const struct postings *p, uint32_t doc);

/** The same of n ascending ones. */
void postings_ranks(const struct postings *p, uint8_t *rank,
                    const uint32_t *doc, uint32_t n);

/** Of n ascending articles those that are not behind the block that is loaded,
 *  with their ranks; how many these are. */
static inline uint32_t
postings_reach(const struct postings *p, uint8_t *rank, const uint32_t *doc,
               uint32_t n)
{
    uint32_t last = p->doc[p->n - 1], to = 0;

    while (to < n && doc[to] <= last)
        to++;
    postings_ranks(p, rank, doc, to);
    return to;
}

/** The wdf of the i-th article of the block that is loaded. */
static inline uint32_t
postings_wdf(struct postings *p, uint32_t i)
{
    assert(i < p->n);
    if (!p->wdf_known)
        postings_read_wdf(p);
    return p->wdf[i];
}

/* ---- positions ---------------------------------------------------------- */

/** A walk over the positions of one article at a time. */
struct positions {
    struct postings *postings;
    uint32_t block;     /* of which the rest is */
    uint32_t pack;      /* which of its packs is in delta; UINT32_MAX none */
    uint32_t next_pack; /* which one begins at `at` */
    uint64_t at;        /* in PART_POSITIONS */
    uint32_t i;         /* the next in delta */
    uint32_t left;      /* of the article */
    uint32_t pos;       /* the last one */
    uint32_t delta[BLOCK];
};

void positions_open(struct positions *w, struct postings *p);

/** Begin with the positions of the i-th article of the block that the cursor
 *  has loaded; there are none where they cannot be read. */
void positions_start(struct positions *w, uint32_t i);

/** The pack that w->i is behind the end of; used by positions_next. */
bool positions_more(struct positions *w);

/** To the next position, which is w->pos; false behind the last. */
static inline bool
positions_next(struct positions *w)
{
    if (w->left == 0 || (w->i == BLOCK && !positions_more(w)))
        return false;
    w->left--;
    w->pos += w->delta[w->i++];
    return true;
}

#endif
