/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * list_write.h - writing the lists of terms, posting by posting
 *
 *     list_begin(w, flags);
 *     for each article that has the term, ascending:
 *         list_add(w, doc, wdf);
 *         for each position, ascending:
 *             list_position(w, pos);
 *     st = list_end(w, &place, err);
 *
 * What is held in memory is the packed list and a block's positions; the
 * layout is at the head of segment.h.  Costs about 5 ns a posting.
 */
#ifndef MORGUE_SEGMENT_LIST_WRITE_H
#define MORGUE_SEGMENT_LIST_WRITE_H

#include "segment.h"
#include "spool.h"

/** Positions of a single article that stand in the dictionary. */
enum { INLINE_POSITIONS = 8 };

/** Where a list is, and how many articles it has; a short one as a whole. */
struct list_place {
    uint64_t post, pos;
    uint32_t df, flags;
    uint32_t doc, wdf, pos_n;
    uint32_t delta[INLINE_POSITIONS]; /* of an inline term's positions */
};

/* What is written of a block in the skips. */
struct list_skip {
    uint32_t last, end, pos;
    struct impact impact;
};

struct list_writer {
    struct spool postings, positions;
    const uint8_t *code; /* the length code of each article; set by the user
                            before the first list */

    /* the block that is being filled */
    uint32_t n;
    uint32_t doc[BLOCK], wdf[BLOCK], count[BLOCK];
    uint32_t *delta;
    size_t delta_n, delta_cap;
    uint32_t last_pos; /* of the article */

    /* the list */
    uint32_t df, flags;
    uint32_t next; /* the least that the next article's number can be */
    uint64_t pos_from;
    struct buf blocks;
    struct list_skip *skip;
    size_t skip_n, skip_cap;
    bool nomem, too_long; /* sticky until list_end */
};

/** Spools are made in `dir`, which must outlive it. */
void list_writer_init(struct list_writer *w, const struct dir *dir);
void list_writer_free(struct list_writer *w);

/** Write the block that is full; used by list_add. */
void list_flush(struct list_writer *w);

/** More room for positions; used by list_position. */
bool list_grow_positions(struct list_writer *w);

/** Begin a list with TERM_POSITIONS, TERM_ZERO_WDF, both or none. */
static inline void
list_begin(struct list_writer *w, uint32_t flags)
{
    w->n = w->df = w->next = 0;
    w->delta_n = 0;
    w->flags = flags;
    w->pos_from = spool_len(&w->positions);
    buf_cut(&w->blocks, 0);
    w->skip_n = 0;
    w->nomem = w->too_long = false;
}

static inline void
list_add(struct list_writer *w, uint32_t doc, uint32_t wdf)
{
    if (w->n == BLOCK)
        list_flush(w);
    w->doc[w->n] = doc;
    w->wdf[w->n] = wdf;
    w->count[w->n] = 0;
    w->n++;
    w->df++;
    w->last_pos = 0;
}

static inline void
list_position(struct list_writer *w, uint32_t pos)
{
    if (w->delta_n == w->delta_cap && !list_grow_positions(w))
        return;
    w->delta[w->delta_n++] = pos - w->last_pos;
    w->last_pos = pos;
    w->count[w->n - 1]++;
}

/** Finish the list, which has an article at least; *out tells where it is. */
enum morgue_status list_end(struct list_writer *w, struct list_place *out,
                            struct morgue_error *err);

#endif
