/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * merge.c - several segments into one
 *
 *   - Articles get new numbers: the inputs' orders merged, deleted ones left
 *     out.
 *   - Blocks of stored articles are copied as they are, but those that are
 *     small or have deleted articles, or that could be smaller, where that is
 *     wanted: these are packed anew.
 *   - The dictionaries are walked together; a term's lists are read block by
 *     block and merged by the new numbers.  First those of words as they
 *     stand: where they went is remembered by where they came from, so that a
 *     stem which had the same list in each input shares it again.  A stem has
 *     the words that it has in any of them.
 *   - Columns are copied by the new numbers, values put into one table.
 *
 * Costs about 30 ns a posting and position, in one thread.  Memory: 8 bytes
 * for each article of the inputs, 40 for each of the output, 100 for each
 * word, 40 for each value of a field, and for each set of values as much and
 * two bytes for a value in it.
 */
#include "merge.h"

#include <stdlib.h>

#include "../../base/hash.h"
#include "../../text/terms.h"
#include "../../text/words.h"
#include "build.h"
#include "renumber.h"
#include "../file/bytes.h"
#include "../file/list_read.h"
#include "../file/stem_words.h"
#include "../file/store.h"

#define GONE UINT32_MAX

/* How much of the inputs is kept in memory: they are mapped, and what was read
 * of them would stay. */
static const uint64_t forget_bytes = 40 << 20;

struct merge_input {
    struct segment *s;
    uint32_t *number; /* of each article in the output, or GONE */
    uint32_t *record; /* and of its record; before, of records: the article */
    uint32_t next;    /* while articles are numbered: the next one */

    struct term_walk walk;
    struct stem_words words;
    struct list_reader list;
    uint32_t at;     /* in the list's block */
    size_t delta_at; /* of its positions */
    uint32_t head;   /* the new number of the article at hand */
};

/* Where a word's list is in the output. */
struct kept {
    uint64_t post, pos;
    uint32_t df, flags;
};

/* Which list came from certain places. */
struct moved {
    struct hash128 from;
    uint32_t kept; /* counted from 1; 0: the cell is free */
};

/* Inputs by what is next in them, the least first. */
struct heap {
    uint32_t *item, n;
};

struct merge {
    struct merge_input *in;
    uint32_t n;
    struct builder *b;
    bool tight; /* all texts are to be compressed hard */
    struct stop *stop;
    uint32_t looked; /* terms that were gone past without a look at it */
    struct inflater *inflater;
    struct arena arena; /* of a block of stored articles */
    uint64_t read;      /* since inputs were let go of */
    struct segment_counts counts;
    struct heap docs, lists, terms;
    uint32_t *same; /* the inputs that stand at one term */
    uint32_t same_n;
    uint64_t (*from)[2]; /* where their lists are */
    uint8_t *code;       /* by new number: of its length */
    uint64_t *column;    /* by new number: of one column */
    struct kept *kept;   /* of words, in the dictionary's order */
    size_t kept_n, kept_cap, kept_at;
    struct moved *moved;
    size_t moved_n, moved_cap;
    struct morgue_str *word; /* of the stem at hand */
    size_t word_n, word_cap;
};

/* ---- heaps -------------------------------------------------------------- */

typedef bool is_before(const struct merge_input *a,
                       const struct merge_input *b);

/* Move what is at `i` down to where it belongs. */
static inline void
sift(const struct heap *h, const struct merge_input *in, uint32_t i,
     is_before *before)
{
    uint32_t *item = h->item, moving = item[i];

    for (uint32_t c = 2 * i + 1; c < h->n; c = 2 * i + 1) {
        if (c + 1 < h->n && before(in + item[c + 1], in + item[c]))
            c++;
        if (!before(in + item[c], in + moving))
            break;
        item[i] = item[c];
        i = c;
    }
    item[i] = moving;
}

static inline void
make_heap(const struct heap *h, const struct merge_input *in,
          is_before *before)
{
    for (uint32_t i = h->n / 2; i-- > 0;)
        sift(h, in, i, before);
}

/* The first has moved on, or (not `more`) has come to its end. */
static inline void
settle_first(struct heap *h, const struct merge_input *in, bool more,
             is_before *before)
{
    if (!more)
        h->item[0] = h->item[--h->n];
    if (h->n > 0)
        sift(h, in, 0, before);
}

/* ---- numbers ------------------------------------------------------------ */

/* To the next article that is not deleted.  False behind the last. */
static bool
next_live(struct merge_input *in)
{
    while (in->next < in->s->docs && segment_deleted(in->s, in->next))
        in->number[in->next++] = GONE;
    return in->next < in->s->docs;
}

static bool
doc_before(const struct merge_input *a, const struct merge_input *b)
{
    bool a_dated = a->next < a->s->dated, b_dated = b->next < b->s->dated;
    uint64_t x, y;

    if (a_dated != b_dated)
        return a_dated;
    if (a_dated) {
        x = column_get(&a->s->column[COLUMN_DATE], a->next);
        y = column_get(&b->s->column[COLUMN_DATE], b->next);
        if (x != y)
            return x > y;
    }
    return column_get(&a->s->column[COLUMN_ARRIVAL], a->next) <
           column_get(&b->s->column[COLUMN_ARRIVAL], b->next);
}

static enum morgue_status
touch_columns(struct merge *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (uint32_t i = 0; i < m->n && !st; i++) {
        struct segment *s = m->in[i].s;

        for (int c = 0; c < COLUMN_N; c++)
            segment_touch_column(s, (enum segment_column)c, 0, s->docs);
        st = segment_status(s, err);
    }
    return st;
}

static void
number_docs(struct merge *m)
{
    struct segment_counts *c = &m->counts;

    for (uint32_t i = 0; i < m->n; i++)
        if (next_live(m->in + i))
            m->docs.item[m->docs.n++] = i;
    make_heap(&m->docs, m->in, doc_before);
    while (m->docs.n > 0) {
        struct merge_input *in = m->in + m->docs.item[0];
        uint64_t length = column_get(&in->s->column[COLUMN_LENGTH], in->next);

        c->dated += in->next < in->s->dated;
        c->length += length;
        m->code[c->docs] = length_code(length);
        in->number[in->next++] = c->docs++;
        settle_first(&m->docs, m->in, next_live(in), doc_before);
    }
}

/* ---- memory ------------------------------------------------------------- */

/* Count bytes that were read, and let go of them now and then. */
static void
forget_some(struct merge *m, uint64_t bytes)
{
    m->read += bytes;
    if (m->read < forget_bytes)
        return;
    m->read = 0;
    for (uint32_t i = 0; i < m->n; i++)
        segment_forget(m->in[i].s);
}

/* ---- stored articles ---------------------------------------------------- */

/* Which article each record is of, in place of which record each article
 * has. */
static enum morgue_status
turn_records(struct merge_input *in, struct morgue_error *err)
{
    struct segment *s = in->s;

    for (uint32_t i = 0; i < s->docs; i++)
        in->record[i] = GONE;
    for (uint32_t doc = 0; doc < s->docs; doc++) {
        uint64_t r = doc + unzigzag(column_get(&s->column[COLUMN_STORE], doc));

        if (r >= s->docs || in->record[r] != GONE)
            s->damaged = true;
        else
            in->record[r] = doc;
    }
    return segment_status(s, err);
}

/* Whether the record of that number is of an article that stays. */
static bool
stays(const struct merge_input *in, uint32_t record)
{
    uint32_t doc = in->record[record];

    return doc != GONE && in->number[doc] != GONE;
}

/* How many records of a block stay. */
static uint32_t
live_records(const struct merge_input *in, const struct text_block *block)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < block->records; i++)
        n += stays(in, block->first + i);
    return n;
}

/* Note that the record of a block is the output's `record`. */
static void
move_record(struct merge *m, const struct merge_input *in, uint32_t old,
            uint32_t record)
{
    uint32_t doc = in->record[old];
    uint32_t number = doc == GONE ? GONE : in->number[doc];

    if (number != GONE)
        m->column[number] = zigzag((uint64_t)record - number);
}

/* Store the records of a block that stay. */
static enum morgue_status
pack_anew(struct merge *m, struct merge_input *in, enum store which,
          const struct text_block *block, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct morgue_str record;
    const char *text = store_unpack(in->s, block, m->inflater, &m->arena);

    if (!text && !in->s->damaged)
        return error_nomem(err);
    for (uint32_t i = 0; i < block->records && !in->s->damaged && !st; i++) {
        if (!stays(in, block->first + i))
            continue;
        if (!store_cut(&record, text, block->size, i)) {
            in->s->damaged = true;
        } else if (which == STORE_HEADS) {
            st = builder_head(m->b, record, err);
        } else {
            move_record(m, in, block->first + i,
                        m->b->bodies.records + m->b->bodies.block_records);
            st = builder_body(m->b, record, err);
        }
    }
    arena_reset(&m->arena);
    return st ? st : segment_status(in->s, err);
}

static enum morgue_status
copy_block(struct merge *m, struct merge_input *in,
           const struct text_block *block, struct morgue_error *err)
{
    enum morgue_status st = builder_copy_block(
        m->b, block->packed, block->size, block->records, err);

    for (uint32_t i = 0; i < block->records && !st; i++)
        move_record(m, in, block->first + i,
                    m->b->bodies.records - block->records + i);
    return st;
}

/* Whether the block was compressed as hard as can be: a zlib stream tells it
 * (RFC 1950, FLEVEL). */
static bool
is_tight(const struct text_block *block)
{
    return block->packed.len > 1 && (uint8_t)block->packed.s[1] >> 6 == 3;
}

/* Blocks of bodies that lose nothing are copied, unless they are small or
 * could be smaller. */
static enum morgue_status
store_block_of(struct merge *m, struct merge_input *in, enum store which,
               const struct text_block *block, struct morgue_error *err)
{
    enum { SMALL = 32 * 1024 };
    uint32_t live = live_records(in, block);

    if (live == 0)
        return MORGUE_OK;
    if (which == STORE_BODIES && live == block->records &&
        block->size >= SMALL && (!m->tight || is_tight(block)))
        return copy_block(m, in, block, err);
    return pack_anew(m, in, which, block, err);
}

static enum morgue_status
store_input(struct merge *m, struct merge_input *in, enum store which,
            struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    uint32_t blocks = store_blocks(in->s, which), next = 0;
    struct text_block block;

    for (uint32_t i = 0; i < blocks && !st; i++) {
        if (!store_block(&block, in->s, which, i) || block.first != next ||
            block.records > in->s->docs - next) {
            in->s->damaged = true;
            break;
        }
        next += block.records;
        st = stop_failure(m->stop, err);
        if (!st)
            st = store_block_of(m, in, which, &block, err);
        forget_some(m, block.packed.len);
    }
    in->s->damaged |= !st && next != in->s->docs;
    return st ? st : segment_status(in->s, err);
}

/* All stored articles; then the column of where they are. */
static enum morgue_status
store_all(struct merge *m, struct morgue_error *err)
{
    enum morgue_status st = inflater_new(&m->inflater, err);

    for (uint32_t i = 0; i < m->n && !st; i++) {
        st = turn_records(m->in + i, err);
        if (!st)
            st = store_input(m, m->in + i, STORE_BODIES, err);
        if (!st)
            st = store_input(m, m->in + i, STORE_HEADS, err);
    }
    if (st)
        return st;
    return builder_column(m->b, COLUMN_STORE, m->column, m->counts.docs, err);
}

/* ---- lists -------------------------------------------------------------- */

static bool
head_before(const struct merge_input *a, const struct merge_input *b)
{
    return a->head < b->head;
}

/* To the next article of the input's list that stays, or in->list.n is 0. */
static enum morgue_status
next_posting(struct merge_input *in, struct morgue_error *err)
{
    struct list_reader *l = &in->list;
    enum morgue_status st = MORGUE_OK;

    for (;;) {
        if (in->at < l->n) {
            in->head = in->number[l->doc[in->at]];
            if (in->head != GONE)
                return MORGUE_OK;
            in->delta_at += l->count[in->at++];
            continue;
        }
        st = list_read_block(l, true, err);
        in->at = 0;
        in->delta_at = 0;
        if (st || l->n == 0)
            return st;
    }
}

static enum morgue_status
start_list(struct merge *m, uint32_t i, struct morgue_error *err)
{
    struct merge_input *in = m->in + i;
    enum morgue_status st;

    list_read_start(&in->list, in->s, &in->walk.info);
    in->at = 0;
    in->delta_at = 0;
    st = next_posting(in, err);
    if (!st && in->list.n > 0)
        m->lists.item[m->lists.n++] = i;
    return st;
}

/* Add the posting that the input is at, and go to the next. */
static inline enum morgue_status
take_posting(struct merge *m, struct merge_input *in, uint32_t flags,
             struct morgue_error *err)
{
    struct list_writer *w = &m->b->lists;
    const struct list_reader *l = &in->list;
    uint32_t pos = 0, n = l->count[in->at];

    list_add(w, in->head, l->wdf[in->at]);
    for (uint32_t k = 0; (flags & TERM_POSITIONS) && k < n; k++) {
        pos += l->delta[in->delta_at + k];
        list_position(w, pos);
    }
    in->delta_at += n;
    in->at++;
    return next_posting(in, err);
}

/* Merge the lists of the inputs that stand at one term; place->df is 0 where
 * no article of them stays.  With a column, `number` is its value for these.
 */
static enum morgue_status
merge_lists(struct merge *m, struct list_place *place, uint32_t flags,
            struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    *place = (struct list_place){.df = 0};
    m->lists.n = 0;
    for (uint32_t i = 0; i < m->same_n && !st; i++) {
        st = segment_status(m->in[m->same[i]].s, err);
        if (!st)
            st = start_list(m, m->same[i], err);
    }
    if (st || m->lists.n == 0)
        return st;
    make_heap(&m->lists, m->in, head_before);
    list_begin(&m->b->lists, flags);
    while (m->lists.n > 0 && !st) {
        struct merge_input *in = m->in + m->lists.item[0];

        st = take_posting(m, in, flags, err);
        settle_first(&m->lists, m->in, in->list.n > 0, head_before);
    }
    if (!st)
        st = list_end(&m->b->lists, place, err);
    /* what is touched comes with what is about it */
    forget_some(m, (uint64_t)m->same_n * 2 * PAGE + place->df * UINT64_C(3));
    return st;
}

/* What a list of the term at hand has, which is the same in all inputs. */
static uint32_t
joint_flags(const struct merge *m)
{
    const uint32_t both = TERM_POSITIONS | TERM_ZERO_WDF;
    uint32_t flags = m->in[m->same[0]].walk.info.flags & both;

    for (uint32_t i = 1; i < m->same_n; i++) {
        struct merge_input *in = m->in + m->same[i];

        in->s->damaged |= (in->walk.info.flags & both) != flags;
    }
    return flags;
}

/* ---- lists that are shared ---------------------------------------------- */

static struct moved *
moved_cell(const struct merge *m, struct hash128 from)
{
    size_t i = (size_t)from.low & (m->moved_cap - 1);

    while (m->moved[i].kept && (m->moved[i].from.low != from.low ||
                                m->moved[i].from.high != from.high))
        i = (i + 1) & (m->moved_cap - 1);
    return m->moved + i;
}

static bool
grow_moved(struct merge *m)
{
    struct merge old = *m;

    if (m->moved_n < m->moved_cap / 2)
        return true;
    m->moved_cap = old.moved_cap ? old.moved_cap * 2 : 1024;
    m->moved = calloc(m->moved_cap, sizeof *m->moved);
    if (!m->moved) {
        *m = old;
        return false;
    }
    for (size_t i = 0; i < old.moved_cap; i++)
        if (old.moved[i].kept)
            *moved_cell(m, old.moved[i].from) = old.moved[i];
    free(old.moved);
    return true;
}

/* Where the lists of the term at hand come from.  The same places make the
 * same list; of an inline one, what is in it. */
static struct hash128
origin(const struct merge *m)
{
    for (uint32_t i = 0; i < m->same_n; i++) {
        const struct term_info *info = &m->in[m->same[i]].walk.info;
        bool is_inline = info->flags & TERM_INLINE;

        m->from[i][0] = (uint64_t)m->same[i] << 1 | is_inline;
        m->from[i][1] =
            is_inline ? (uint64_t)info->doc << 32 | info->wdf : info->post;
    }
    return hash128(m->from, m->same_n * sizeof *m->from);
}

/* Remember where the list of the word at hand went. */
static enum morgue_status
keep(struct merge *m, const struct list_place *place, struct morgue_error *err)
{
    struct moved *cell;

    if (m->kept_n == m->kept_cap) {
        size_t cap = m->kept_cap ? m->kept_cap * 2 : 1024;
        struct kept *more = realloc(m->kept, cap * sizeof *more);

        if (!more)
            return error_nomem(err);
        m->kept = more;
        m->kept_cap = cap;
    }
    m->kept[m->kept_n++] = (struct kept){.post = place->post,
                                         .pos = place->pos,
                                         .df = place->df,
                                         .flags = place->flags};
    if (place->df == 0 || (place->flags & TERM_INLINE))
        return MORGUE_OK;
    if (!grow_moved(m))
        return error_nomem(err);
    cell = moved_cell(m, origin(m));
    m->moved_n += cell->kept == 0;
    cell->from = origin(m);
    cell->kept = (uint32_t)m->kept_n;
    return MORGUE_OK;
}

static struct list_place
place_of(const struct kept *k)
{
    return (struct list_place){
        .post = k->post, .pos = k->pos, .df = k->df, .flags = k->flags};
}

/* The list of the stem at hand, if it is a word's. */
static bool
shared(const struct merge *m, struct list_place *place)
{
    const struct moved *cell;

    if (m->moved_cap == 0)
        return false;
    cell = moved_cell(m, origin(m));
    if (!cell->kept)
        return false;
    *place = place_of(m->kept + cell->kept - 1);
    if (place->flags & TERM_POSITIONS)
        place->flags ^= TERM_POSITIONS | TERM_SHARED;
    return true;
}

/* ---- terms -------------------------------------------------------------- */

static bool
term_before(const struct merge_input *a, const struct merge_input *b)
{
    return term_walk_compare(&a->walk, &b->walk) < 0;
}

/* Begin to walk over the terms from `from` on. */
static void
start_terms(struct merge *m, struct morgue_str from)
{
    m->terms.n = m->same_n = 0;
    for (uint32_t i = 0; i < m->n; i++) {
        term_walk_start(&m->in[i].walk, m->in[i].s, from);
        if (term_walk_next(&m->in[i].walk))
            m->terms.item[m->terms.n++] = i;
    }
    make_heap(&m->terms, m->in, term_before);
}

/* Leave the last term, and gather the inputs that stand at the next in
 * m->same.  False behind the last. */
static bool
next_term(struct merge *m)
{
    for (uint32_t i = 0; i < m->same_n; i++)
        if (term_walk_next(&m->in[m->same[i]].walk)) {
            m->terms.item[m->terms.n++] = m->same[i];
            /* up from the end to where it belongs */
            for (uint32_t k = m->terms.n - 1; k > 0; k = (k - 1) / 2) {
                uint32_t up = m->terms.item[(k - 1) / 2];

                if (!term_before(m->in + m->terms.item[k], m->in + up))
                    break;
                m->terms.item[(k - 1) / 2] = m->terms.item[k];
                m->terms.item[k] = up;
            }
        }
    m->same_n = 0;
    while (m->terms.n > 0) {
        uint32_t i = m->terms.item[0];

        if (m->same_n > 0 && term_before(m->in + m->same[0], m->in + i))
            break;
        m->same[m->same_n++] = i;
        settle_first(&m->terms, m->in, false, term_before);
    }
    return m->same_n > 0;
}

static struct morgue_str
term_at_hand(const struct merge *m)
{
    const struct term_walk *w = &m->in[m->same[0]].walk;

    return str_slice(w->term, w->len);
}

/* Words as they stand have no prefix, which would be a capital letter. */
static bool
is_word(struct morgue_str term)
{
    return term.len == 0 || term.s[0] < 'A' || term.s[0] > 'Z';
}

/* Look every now and then whether the merge has to end. */
static enum morgue_status
look_up(struct merge *m, struct morgue_error *err)
{
    enum { TERMS = 256 };

    return ++m->looked % TERMS ? MORGUE_OK : stop_failure(m->stop, err);
}

/* The lists of words from `from` to the first term that is none. */
static enum morgue_status
merge_words(struct merge *m, struct morgue_str from, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    struct list_place place;

    start_terms(m, from);
    while (!st && next_term(m) && is_word(term_at_hand(m))) {
        st = look_up(m, err);
        if (!st)
            st = merge_lists(m, &place, joint_flags(m), err);
        if (!st)
            st = keep(m, &place, err);
    }
    return st;
}

/* Where the list of the word at hand went, or what it is if it is inline. */
static enum morgue_status
recall(struct merge *m, struct list_place *place, struct morgue_error *err)
{
    if (m->kept_at == m->kept_n) { /* it was not there before */
        m->in[m->same[0]].s->damaged = true;
        return segment_status(m->in[m->same[0]].s, err);
    }
    *place = place_of(m->kept + m->kept_at++);
    if (place->flags & TERM_INLINE)
        return merge_lists(m, place, joint_flags(m), err);
    return MORGUE_OK;
}

/* Add what became the stem at hand in one input. */
static enum morgue_status
add_stem_words(struct merge *m, struct merge_input *in,
               struct morgue_error *err)
{
    struct morgue_str word;

    if (!stem_words_start(&in->words, &in->walk))
        return segment_status(in->s, err);
    while (stem_words_next(&in->words, &word)) {
        struct morgue_str *more =
            list_grown(m->word, &m->word_cap, m->word_n + 1, sizeof *more);

        if (more)
            m->word = more;
        if (!more || !arena_str(&m->arena, word, &m->word[m->word_n]))
            return error_nomem(err);
        m->word_n++;
    }
    return segment_status(in->s, err);
}

/* The words that became the stem at hand, of all inputs: also where none of
 * its articles stays, for each input's are read one after another. */
static enum morgue_status
gather_stem_words(struct merge *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    arena_reset(&m->arena);
    m->word_n = 0;
    for (uint32_t i = 0; i < m->same_n && !st; i++)
        st = add_stem_words(m, m->in + m->same[i], err);
    return st;
}

static enum morgue_status
merge_term(struct merge *m, struct morgue_error *err)
{
    struct morgue_str term = term_at_hand(m);
    struct list_place place;
    enum morgue_status st = MORGUE_OK;

    if (is_stem(term))
        st = gather_stem_words(m, err);
    if (st)
        return st;
    if (is_word(term))
        st = recall(m, &place, err);
    else if (term.s[0] != TERM_STEM_PREFIX[0] || !shared(m, &place))
        st = merge_lists(m, &place, joint_flags(m), err);
    if (st || place.df == 0)
        return st;
    st = builder_term(m->b, term, &place, err);
    return st || !is_stem(term)
               ? st
               : builder_stem_words(m->b, m->word, m->word_n, err);
}

static enum morgue_status
merge_terms(struct merge *m, struct morgue_error *err)
{
    enum morgue_status st = merge_words(m, STR(""), err);

    if (!st)
        st = merge_words(m, STR("["), err); /* behind the capital letters */
    for (uint32_t i = 0; i < m->n; i++)
        stem_words_init(&m->in[i].words, m->in[i].s);
    if (!st)
        start_terms(m, STR(""));
    while (!st && next_term(m)) {
        st = look_up(m, err);
        if (!st)
            st = merge_term(m, err);
    }
    for (uint32_t i = 0; i < m->n && !st; i++)
        st = segment_status(m->in[i].s, err);
    return st;
}

/* ---- columns ------------------------------------------------------------ */

static enum morgue_status
copy_column(struct merge *m, enum segment_column c, struct morgue_error *err)
{
    for (uint32_t i = 0; i < m->n; i++) {
        const struct merge_input *in = m->in + i;
        const struct column *from = &in->s->column[c];

        for (uint32_t doc = 0; doc < in->s->docs; doc++)
            if (in->number[doc] != GONE)
                m->column[in->number[doc]] = column_get(from, doc);
    }
    if (c == COLUMN_DATE || c == COLUMN_ZONE)
        level_undated(m->column, &m->counts);
    return builder_column(m->b, c, m->column, m->counts.docs, err);
}

/* The values of an input's articles, as the output numbers them. */
static enum morgue_status
gather_values(struct merge *m, struct field_values *v, struct merge_input *in,
              enum field f, struct morgue_error *err)
{
    const struct column *column = &in->s->column[column_of_field(f)];
    struct renumber r;
    enum morgue_status st = renumber_init(&r, v, in->s, f)
                                ? segment_status(in->s, err)
                                : error_nomem(err);

    for (uint32_t doc = 0; doc < in->s->docs && !st; doc++)
        if (in->number[doc] != GONE)
            st = renumber(&m->column[in->number[doc]], &r,
                          column_get(column, doc), err);
    renumber_free(&r);
    return st;
}

static enum morgue_status
copy_values(struct merge *m, enum field f, struct morgue_error *err)
{
    struct field_values v;
    enum morgue_status st = MORGUE_OK;

    arena_reset(&m->arena);
    field_values_init(&v, f, NULL, &m->arena);
    for (uint32_t i = 0; i < m->n && !st; i++)
        st = gather_values(m, &v, m->in + i, f, err);
    if (!st)
        st = builder_values(m->b, f, &v, m->column, m->counts.docs, err);
    field_values_free(&v);
    return st;
}

/* COLUMN_STORE is written with what is stored. */
static enum morgue_status
copy_columns(struct merge *m, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (int c = 0; c < COLUMN_VALUES && !st; c++)
        if (c != COLUMN_STORE)
            st = copy_column(m, (enum segment_column)c, err);
    for (int i = 0; i < FIELD_VALUES_N && !st; i++)
        st = copy_values(m, (enum field)(FIELD_VALUES + i), err);
    return st;
}

/* ---- all of it ---------------------------------------------------------- */

static bool
make_room(struct merge *m, struct segment *const *segment)
{
    uint64_t docs = 0;

    m->in = calloc(m->n, sizeof *m->in);
    m->docs.item = calloc(m->n, sizeof(uint32_t));
    m->lists.item = calloc(m->n, sizeof(uint32_t));
    m->terms.item = calloc(m->n, sizeof(uint32_t));
    m->same = calloc(m->n, sizeof *m->same);
    m->from = calloc(m->n, sizeof *m->from);
    for (uint32_t i = 0; m->in && i < m->n; i++) {
        struct merge_input *in = m->in + i;

        in->s = segment[i];
        docs += in->s->docs;
        list_reader_init(&in->list);
        in->number = calloc(in->s->docs + (size_t)1, sizeof *in->number);
        in->record = calloc(in->s->docs + (size_t)1, sizeof *in->record);
        if (!in->number || !in->record)
            return false;
    }
    m->code = calloc(docs + 1, sizeof *m->code);
    m->column = calloc(docs + 1, sizeof *m->column);
    return m->in && m->docs.item && m->lists.item && m->terms.item &&
           m->same && m->from && m->code && m->column;
}

static void
give_back(struct merge *m)
{
    for (uint32_t i = 0; m->in && i < m->n; i++) {
        list_reader_free(&m->in[i].list);
        free(m->in[i].number);
        free(m->in[i].record);
    }
    free(m->in);
    free(m->docs.item);
    free(m->lists.item);
    free(m->terms.item);
    free(m->same);
    free(m->from);
    free(m->code);
    free(m->column);
    free(m->kept);
    free(m->moved);
    free(m->word);
    arena_free(&m->arena);
    inflater_free(m->inflater);
}

static enum morgue_status
merge_all(struct merge *m, struct morgue_error *err)
{
    enum morgue_status st = touch_columns(m, err);

    if (st)
        return st;
    number_docs(m);
    m->b->lists.code = m->code;
    st = store_all(m, err);
    if (!st)
        st = merge_terms(m, err);
    return st ? st : copy_columns(m, err);
}

enum morgue_status
segment_merge(struct segment_file *out, const struct dir *dir,
              struct segment *const *segment, uint32_t n, bool tight,
              struct stop *stop, struct morgue_error *err)
{
    struct merge m = {.n = n, .tight = tight, .stop = stop};
    enum morgue_status st = MORGUE_OK;

    arena_init(&m.arena, SIZE_MAX / 2);
    if (!make_room(&m, segment)) {
        st = error_nomem(err);
        goto done;
    }
    st = builder_new(&m.b, dir, out->name, tight ? TEXT_WELL : TEXT_FAST, err);
    if (!st)
        st = merge_all(&m, err);
    if (!st)
        st = builder_finish(m.b, &m.counts, &out->size, &out->sum, err);
    out->docs = m.counts.docs;
done:
    builder_free(m.b, !st);
    give_back(&m);
    return st;
}
