/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * places.c - whether an article has what nodes look for that have places
 *
 * Each node makes the list of its places from those of its children, in the
 * order of where they begin and then of where they end; the root only until it
 * has one, unless all are wanted.  Positions of author, place and topics are
 * runs of their own: the bits from RUN_SHIFT on tell the run, so that places
 * of two runs are never in reach of each other.
 *
 * A place lies in a window: a field of the article, and for sentences and
 * paragraphs one of these.  Windows are found by the marks that articles have
 * where these begin (term.h).  In other runs there are no marks; there the
 * values are further apart (TERM_VALUE_GAP) than any reach.
 */
#include "places.h"

#include <assert.h>
#include <stdlib.h>

#include "../article/field.h"
#include "../base/hash.h"
#include "../text/terms.h"

enum { RUN_SHIFT = PLACE_RUN_SHIFT, NONE = -1 };

_Static_assert(REACH_MAX < TERM_VALUE_GAP, "no reach leads out of a value");

struct span_list {
    struct span *v;
    size_t n, cap;
    uint32_t longest; /* of them, end - start */
};

/* A stem, and the words that it is the stem of, as numbers of terms. */
struct stem {
    size_t *word;
    size_t n, cap;
};

/* A term that the source is asked about. */
struct asked {
    struct morgue_str s;
    size_t stem; /* one more than the number of its words; 0: not asked for */
};

struct place_node {
    const struct query *query;
    struct place_node *child;
    /* of a term: */
    uint32_t run;
    ptrdiff_t gate; /* a stem, which the article must have; NONE */
    size_t *word;   /* the terms with positions */
    size_t word_n;
    /* in the article at hand: */
    struct span_list places;
};

/* Where something begins. */
enum place_mark {
    MARK_SENTENCE,
    MARK_PARAGRAPH,
    MARK_DATELINE,
    MARK_BODY,
    MARKS
};

static const char *const mark_term[MARKS] = {
    [MARK_SENTENCE] = TERM_SENTENCE,
    [MARK_PARAGRAPH] = TERM_PARAGRAPH,
    [MARK_DATELINE] = TERM_DATELINE,
    [MARK_BODY] = TERM_BODY,
};

struct places {
    struct arena *arena;
    const struct place_source *source;
    struct asked *term;
    size_t term_n, term_cap;
    size_t *slot, slots; /* one more than the number of a term, by its hash; 0:
                            none; slots is a power of two */
    struct stem *stem;   /* those that were asked about; the last is at hand */
    size_t stem_n, stem_cap;
    struct place_node *root;
    ptrdiff_t mark[MARKS]; /* numbers of terms; NONE: not needed */
    struct position_list at[MARKS];
    bool known[MARKS]; /* of the article at hand */
    struct position_list read;
    size_t pairs; /* that were looked at, since the stop was, */
    size_t looks; /* and how often that was */
    bool nomem;
};

/* ---- lists that grow in the arena --------------------------------------- */

/* `list` with room for one more item than n; NULL when out of memory. */
static void *
grown(struct places *p, void *list, size_t n, size_t *cap, size_t size)
{
    size_t more = *cap ? *cap * 2 : 8;
    char *new;

    if (n < *cap)
        return list;
    new = arena_alloc(p->arena, more * size);
    if (!new) {
        p->nomem = true;
        return NULL;
    }
    if (n > 0)
        memcpy(new, list, n * size);
    *cap = more;
    return new;
}

uint32_t *
places_room(struct places *p, struct position_list *out, size_t n)
{
    size_t cap = out->cap ? out->cap : 64;
    uint32_t *new;

    if (out->cap - out->n >= n)
        return out->v + out->n;
    while (cap - out->n < n)
        cap *= 2;
    new = arena_alloc(p->arena, cap * sizeof *new);
    if (!new) {
        p->nomem = true;
        return NULL;
    }
    if (out->n > 0)
        memcpy(new, out->v, out->n * sizeof *new);
    out->v = new;
    out->cap = cap;
    return out->v + out->n;
}

static void
put(struct places *p, struct span_list *list, struct span s)
{
    struct span *v = grown(p, list->v, list->n, &list->cap, sizeof *v);

    if (!v)
        return;
    list->v = v;
    v[list->n++] = s;
    if (s.end - s.start > list->longest)
        list->longest = s.end - s.start;
}

/* ---- terms -------------------------------------------------------------- */

/* Where the number of a term stands, or may be put. */
static size_t *
slot_of(const struct places *p, struct morgue_str s)
{
    size_t mask = p->slots - 1, i = (size_t)hash64(s.s, s.len) & mask;

    while (p->slot[i] > 0 && !str_eq(p->term[p->slot[i] - 1].s, s))
        i = (i + 1) & mask;
    return &p->slot[i];
}

/* Have room for one more; false when out of memory. */
static bool
room_for_term(struct places *p)
{
    enum { FIRST = 16 };
    struct asked *term;

    if (p->term_n >= p->slots / 2) {
        size_t n = p->slots ? p->slots * 2 : FIRST;
        size_t *slot = arena_zero(p->arena, n, sizeof *slot);

        p->nomem |= !slot;
        if (!slot)
            return false;
        p->slot = slot;
        p->slots = n;
        for (size_t i = 0; i < p->term_n; i++)
            *slot_of(p, p->term[i].s) = i + 1;
    }
    term = grown(p, p->term, p->term_n, &p->term_cap, sizeof *term);
    if (!term)
        return false;
    p->term = term;
    return true;
}

/* The number of a term; NONE when out of memory. */
static ptrdiff_t
number_of(struct places *p, struct morgue_str s)
{
    size_t *slot;

    if (!room_for_term(p))
        return NONE;
    slot = slot_of(p, s);
    if (*slot > 0)
        return (ptrdiff_t)*slot - 1;
    p->term[p->term_n].stem = 0;
    if (!arena_str(p->arena, s, &p->term[p->term_n].s)) {
        p->nomem = true;
        return NONE;
    }
    *slot = ++p->term_n;
    return (ptrdiff_t)p->term_n - 1;
}

bool
places_term(const struct places *p, size_t i, struct morgue_str *out)
{
    if (i >= p->term_n)
        return false;
    *out = p->term[i].s;
    return true;
}

/* Which run of positions the terms with a prefix are in: 0 is that of title,
 * dateline and body. */
static uint32_t
run_of(struct morgue_str prefix)
{
    for (int f = 0; f < FIELD_N; f++)
        if (field_info[f].kind == FIELD_WORDS && field_info[f].wdf == 0 &&
            prefix.len > 0 && str_eq(prefix, str_of(field_info[f].prefix)))
            return (uint32_t)f + 1;
    return 0;
}

_Static_assert(FIELD_TOPICS + 1 < 1 << (32 - RUN_SHIFT), "a run has its bits");

/* A term as its prefixes and the rest. */
struct term_parts {
    bool stem;
    struct morgue_str field; /* the prefix of a field */
    struct morgue_str rest;
};

static struct term_parts
parts_of(struct morgue_str term)
{
    const size_t len = sizeof TERM_STEM_PREFIX - 1;
    struct term_parts parts = {.stem =
                                   str_starts(term, STR(TERM_STEM_PREFIX))};
    size_t from = parts.stem ? len : 0, at = from;

    while (at < term.len && term.s[at] >= 'A' && term.s[at] <= 'Z')
        at++;
    parts.field = str_slice(term.s + from, at - from);
    parts.rest = str_slice(term.s + at, term.len - at);
    return parts;
}

uint32_t
places_run(struct morgue_str term)
{
    return run_of(parts_of(term).field);
}

/* The two together, in the arena. */
static struct morgue_str
joined(struct places *p, struct morgue_str a, struct morgue_str b)
{
    char *s = arena_alloc(p->arena, a.len + b.len + 1);

    if (!s) {
        p->nomem = true;
        return STR("");
    }
    if (a.len > 0)
        memcpy(s, a.s, a.len);
    if (b.len > 0)
        memcpy(s + a.len, b.s, b.len);
    s[a.len + b.len] = '\0';
    return str_slice(s, a.len + b.len);
}

enum morgue_status
places_add_word(struct places *p, struct morgue_str word,
                struct morgue_error *err)
{
    struct stem *stem = &p->stem[p->stem_n - 1];
    ptrdiff_t number = number_of(p, word);
    size_t *list =
        grown(p, stem->word, stem->n, &stem->cap, sizeof *stem->word);

    if (!list || number == NONE)
        return error_nomem(err);
    stem->word = list;
    for (size_t i = 0; i < stem->n; i++)
        if (stem->word[i] == (size_t)number)
            return MORGUE_OK;
    stem->word[stem->n++] = (size_t)number;
    return MORGUE_OK;
}

/* The words of a stem, asked for once for each term that has it. */
static enum morgue_status
words_of(const struct stem **out, struct places *p, size_t term,
         struct morgue_str stem, struct morgue_error *err)
{
    struct stem *list;

    if (p->term[term].stem > 0) {
        *out = &p->stem[p->term[term].stem - 1];
        return MORGUE_OK;
    }
    list = grown(p, p->stem, p->stem_n, &p->stem_cap, sizeof *list);
    if (!list)
        return error_nomem(err);
    p->stem = list;
    list[p->stem_n++] = (struct stem){.n = 0};
    p->term[term].stem = p->stem_n;
    *out = &list[p->stem_n - 1];
    return p->source->words(p->source->payload, stem, p, err);
}

static enum morgue_status
make_stem(struct place_node *node, struct places *p,
          const struct term_parts *parts, struct morgue_error *err)
{
    const struct stem *stem = NULL;
    enum morgue_status st;

    node->gate = number_of(p, node->query->term);
    if (node->gate == NONE)
        return error_nomem(err);
    st = words_of(&stem, p, (size_t)node->gate,
                  joined(p, STR(TERM_STEM_PREFIX), parts->rest), err);
    if (st)
        return st;
    node->word_n = stem->n;
    node->word = stem->word;
    if (parts->field.len == 0)
        return MORGUE_OK;
    node->word = arena_zero(p->arena, stem->n + 1, sizeof *node->word);
    for (size_t i = 0; node->word && i < stem->n; i++) {
        ptrdiff_t n =
            number_of(p, joined(p, parts->field, p->term[stem->word[i]].s));

        node->word[i] = n == NONE ? 0 : (size_t)n;
    }
    return node->word && !p->nomem ? MORGUE_OK : error_nomem(err);
}

static enum morgue_status
make_term(struct place_node *node, struct places *p, struct morgue_error *err)
{
    struct term_parts parts = parts_of(node->query->term);
    ptrdiff_t number;

    node->run = run_of(parts.field) << RUN_SHIFT;
    node->gate = NONE;
    if (parts.stem && p->source->words)
        return make_stem(node, p, &parts, err);
    node->word = arena_zero(p->arena, 1, sizeof *node->word);
    number = number_of(p, node->query->term);
    if (!node->word || number == NONE)
        return error_nomem(err);
    node->word[0] = (size_t)number;
    node->word_n = 1;
    return MORGUE_OK;
}

/* ---- making ------------------------------------------------------------- */

static void
need(struct places *p, enum place_mark mark)
{
    if (p->mark[mark] == NONE)
        p->mark[mark] = number_of(p, str_of(mark_term[mark]));
}

/* The marks that a node goes by.  What is less apart than fields are needs
 * none. */
static void
need_marks(struct places *p, const struct query *q)
{
    bool reaches = q->op == QUERY_NEAR || q->op == QUERY_APART;

    if (reaches && q->reach.unit == REACH_SENTENCE)
        need(p, MARK_SENTENCE);
    else if (reaches && q->reach.unit == REACH_PARAGRAPH)
        need(p, MARK_PARAGRAPH);
    else if (q->op == QUERY_WITHIN || (reaches && q->reach.n > TERM_GAP) ||
             (q->op == QUERY_PHRASE && q->n >= TERM_GAP)) {
        need(p, MARK_DATELINE);
        need(p, MARK_BODY);
    }
}

static enum morgue_status
make_node(struct place_node *node, struct places *p, const struct query *q,
          struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    node->query = q;
    if (q->op == QUERY_TERM)
        return make_term(node, p, err);
    need_marks(p, q);
    node->child = arena_zero(p->arena, q->child_n + 1, sizeof *node->child);
    if (!node->child)
        return error_nomem(err);
    for (size_t i = 0; i < q->child_n && !st; i++)
        st = make_node(&node->child[i], p, q->child[i], err);
    return st;
}

enum morgue_status
places_new(struct places **out, struct arena *arena, const struct query *query,
           const struct place_source *source, struct morgue_error *err)
{
    struct places *p = arena_zero(arena, 1, sizeof *p);
    enum morgue_status st;

    *out = p;
    if (!p)
        return error_nomem(err);
    p->arena = arena;
    p->source = source;
    for (int i = 0; i < MARKS; i++)
        p->mark[i] = NONE;
    p->root = arena_zero(arena, 1, sizeof *p->root);
    st = p->root ? make_node(p->root, p, query, err) : error_nomem(err);
    return st ? st : places_status(p, err);
}

enum morgue_status
places_status(const struct places *p, struct morgue_error *err)
{
    return p->nomem ? error_nomem(err) : MORGUE_OK;
}

/* ---- windows ------------------------------------------------------------ */

/* The positions of a mark in the article at hand. */
static const struct position_list *
marks(struct places *p, enum place_mark mark)
{
    struct position_list *at = &p->at[mark];

    if (!p->known[mark]) {
        at->n = 0;
        p->known[mark] = true;
        if (p->mark[mark] != NONE)
            p->source->read(p->source->payload, (size_t)p->mark[mark], p, at);
    }
    return at;
}

/* How many positions of the list are not behind `pos`. */
static size_t
count_to(const struct position_list *list, uint32_t pos)
{
    size_t lo = 0, hi = list->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (list->v[mid] <= pos)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Cut the window around `pos` off at the marks. */
static struct span
cut(struct span window, const struct position_list *at, uint32_t pos)
{
    size_t n = count_to(at, pos);

    if (n > 0 && at->v[n - 1] > window.start)
        window.start = at->v[n - 1];
    if (n < at->n && at->v[n] - 1 < window.end)
        window.end = at->v[n] - 1;
    return window;
}

/* What a place that has `pos` has to be in, to be in one field, or unit, with
 * what else is. */
static struct span
window_of(struct places *p, const struct query *q, uint32_t pos)
{
    uint32_t run = pos >> RUN_SHIFT;
    struct span window = {run << RUN_SHIFT, ((run + 1) << RUN_SHIFT) - 1};
    bool reaches = q->op == QUERY_NEAR || q->op == QUERY_APART;

    if (run > 0)
        return window;
    if (reaches && q->reach.unit == REACH_SENTENCE)
        return cut(window, marks(p, MARK_SENTENCE), pos);
    if (reaches && q->reach.unit == REACH_PARAGRAPH)
        return cut(window, marks(p, MARK_PARAGRAPH), pos);
    if (p->mark[MARK_BODY] != NONE) {
        window = cut(window, marks(p, MARK_DATELINE), pos);
        window = cut(window, marks(p, MARK_BODY), pos);
    }
    return window;
}

static bool
lies_in(struct span s, struct span window)
{
    return s.start >= window.start && s.end <= window.end;
}

/* ---- places ------------------------------------------------------------- */

/* Fill in the places of a node; whether there are any.  With `any` it is
 * enough to know that. */
static bool find(struct places *p, struct place_node *node, bool any);

static int
compare(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end > y->end) - (x->end < y->end);
}

/* Put the list in order, each place once. */
static void
order(struct span_list *list)
{
    size_t n = 0;
    bool ascending = true;

    for (size_t i = 1; i < list->n && ascending; i++)
        ascending = compare(&list->v[i - 1], &list->v[i]) < 0;
    if (ascending)
        return;
    qsort(list->v, list->n, sizeof *list->v, compare);
    for (size_t i = 0; i < list->n; i++)
        if (n == 0 || compare(&list->v[n - 1], &list->v[i]) != 0)
            list->v[n++] = list->v[i];
    list->n = n;
}

/* So many more pairs of places, or positions, are looked at; whether there
 * must not be more. */
static bool
must_end(struct places *p, size_t pairs)
{
    enum { LOOK = 1 << 14 }; /* pairs, of some nanoseconds each */
    struct stop *stop = p->source->stop;

    p->pairs += pairs;
    if (p->pairs < LOOK)
        return stop_seen(stop);
    p->pairs = 0;
    p->looks++;
    if (p->source->pairs_max > 0 && p->looks > p->source->pairs_max / LOOK)
        stop->timed_out = true;
    return stop_now(stop);
}

static void
find_term(struct places *p, struct place_node *node)
{
    const struct place_source *s = p->source;

    if (node->gate != NONE && !s->has(s->payload, (size_t)node->gate))
        return;
    p->read.n = 0;
    for (size_t i = 0; i < node->word_n; i++)
        s->read(s->payload, node->word[i], p, &p->read);
    if (must_end(p, p->read.n + node->word_n))
        return;
    for (size_t i = 0; i < p->read.n; i++) {
        uint32_t pos = p->read.v[i];

        if (pos >> RUN_SHIFT == 0) /* else it is damage */
            put(p, &node->places,
                (struct span){node->run | pos, node->run | pos});
    }
    if (node->word_n > 1)
        order(&node->places);
}

static void
find_any(struct places *p, struct place_node *node, bool any)
{
    for (size_t i = 0; i < node->query->child_n; i++) {
        struct place_node *c = &node->child[i];

        if (!find(p, c, any))
            continue;
        for (size_t k = 0; k < c->places.n; k++)
            put(p, &node->places, c->places.v[k]);
        if (any)
            return;
    }
    order(&node->places);
}

/* The first of the places that begins at `pos` or behind it. */
static size_t
first_from(const struct span_list *list, uint32_t pos)
{
    size_t lo = 0, hi = list->n;

    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;

        if (list->v[mid].start < pos)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* All children, or none of them where one has no place. */
static bool
find_children(struct places *p, struct place_node *node)
{
    for (size_t i = 0; i < node->query->child_n; i++)
        if (!find(p, &node->child[i], false))
            return false;
    return true;
}

/* From a place of the first child the nearest of each that follows, and of the
 * last child all that are near enough: what is beside the phrase is as far
 * from it as from the nearest of these. */
static void
phrase_from(struct places *p, struct place_node *node, struct span at,
            bool any)
{
    const struct span window = window_of(p, node->query, at.start);
    const size_t n = node->query->child_n;
    uint32_t left = node->query->n, end = at.end;

    for (size_t i = 1; i < n; i++) {
        const struct span_list *list = &node->child[i].places;
        size_t next = first_from(list, end + 1);

        for (size_t k = next; i == n - 1 && k < list->n; k++) {
            at.end = list->v[k].end;
            if (list->v[k].start - end - 1 > left || must_end(p, 1) ||
                node->places.n == PLACES_MAX)
                return;
            if (lies_in(at, window))
                put(p, &node->places, at);
            if (any && node->places.n > 0)
                return;
        }
        if (next == list->n || list->v[next].start - end - 1 > left)
            return;
        left -= list->v[next].start - end - 1;
        end = list->v[next].end;
    }
    if (n == 1 && lies_in(at, window))
        put(p, &node->places, at);
}

static void
find_phrase(struct places *p, struct place_node *node, bool any)
{
    const struct span_list *first = &node->child[0].places;

    if (!find_children(p, node))
        return;
    for (size_t i = 0; i < first->n; i++) {
        phrase_from(p, node, first->v[i], any);
        if (any && node->places.n > 0)
            return;
    }
    order(&node->places);
}

/* How far what is in reach of `a`, in its window, may be from it. */
static uint32_t
farthest(const struct reach *r, struct span a)
{
    return r->unit == REACH_POSITIONS ? r->n
           : a.start >> RUN_SHIFT     ? TERM_VALUE_GAP
                                      : UINT32_MAX;
}

/* Whether b is in reach of a, which it does not overlap. */
static bool
in_reach(const struct reach *r, struct span a, struct span b)
{
    uint32_t n = farthest(r, a);

    if (b.start > a.end)
        return b.start - a.end <= n;
    return !r->ordered && a.start > b.end && a.start - b.end <= n;
}

/* Where the places of `list` begin that may be in reach of `a`. */
static size_t
reach_from(const struct span_list *list, const struct reach *r, struct span a,
           struct span window)
{
    uint32_t n = farthest(r, a);
    uint32_t back = n < UINT32_MAX - list->longest ? n + list->longest : n;
    uint32_t from = r->ordered       ? a.end + 1
                    : a.start > back ? a.start - back
                                     : 0;

    return first_from(list, from > window.start ? from : window.start);
}

/* Whether no later place can be in reach. */
static bool
is_beyond(const struct reach *r, struct span a, struct span b,
          struct span window)
{
    return b.start > window.end ||
           (b.start > a.end && b.start - a.end > farthest(r, a));
}

static struct span
hull(struct span a, struct span b)
{
    return (struct span){a.start < b.start ? a.start : b.start,
                         a.end > b.end ? a.end : b.end};
}

static void
find_near(struct places *p, struct place_node *node, bool any)
{
    const struct reach *r = &node->query->reach;
    const struct span_list *first = &node->child[0].places;
    const struct span_list *second = &node->child[1].places;

    if (!find_children(p, node))
        return;
    for (size_t i = 0; i < first->n; i++) {
        struct span a = first->v[i];
        struct span window = window_of(p, node->query, a.start);

        if (!lies_in(a, window))
            continue;
        for (size_t k = reach_from(second, r, a, window); k < second->n; k++) {
            struct span b = second->v[k];

            if (is_beyond(r, a, b, window))
                break;
            if (must_end(p, 1))
                goto end;
            if (!in_reach(r, a, b) || !lies_in(b, window))
                continue;
            put(p, &node->places, hull(a, b));
            if (any)
                return;
            if (node->places.n == PLACES_MAX)
                goto end;
        }
    }
end:
    order(&node->places);
}

/* Where the places of `list` begin that may overlap `a` or be in its reach. */
static size_t
company_from(const struct span_list *list, const struct reach *r,
             struct span a, struct span window)
{
    uint32_t back = list->longest < a.start ? list->longest : a.start;
    size_t near = reach_from(list, r, a, window);
    size_t over = first_from(list, a.start - back);

    return near < over ? near : over;
}

/* Whether a place of the second child is in reach of `a`, or overlaps it.
 * What leads out of its window itself has nothing in reach. */
static bool
has_company(struct places *p, const struct place_node *node, struct span a)
{
    const struct reach *r = &node->query->reach;
    const struct span_list *second = &node->child[1].places;
    struct span window = window_of(p, node->query, a.start);
    const bool inside = lies_in(a, window);

    for (size_t k = company_from(second, r, a, window); k < second->n; k++) {
        struct span b = second->v[k];
        bool overlaps = b.start <= a.end && a.start <= b.end;

        if (b.start > a.end && is_beyond(r, a, b, window))
            break;
        if (must_end(p, 1))
            break;
        if (overlaps ? compare(&a, &b) != 0
                     : inside && in_reach(r, a, b) && lies_in(b, window))
            return true;
    }
    return false;
}

static void
find_apart(struct places *p, struct place_node *node, bool any)
{
    const struct span_list *first = &node->child[0].places;

    if (!find(p, &node->child[0], false))
        return;
    (void)find(p, &node->child[1], false);
    for (size_t i = 0; i < first->n; i++) {
        if (has_company(p, node, first->v[i]))
            continue;
        put(p, &node->places, first->v[i]);
        if (any)
            return;
    }
}

/* The positions of a part of the article; start > end: it is empty. */
static struct span
part_of(struct places *p, const struct query *q)
{
    const struct position_list *dateline = marks(p, MARK_DATELINE);
    const struct position_list *body = marks(p, MARK_BODY);
    struct span part = {1, (1u << RUN_SHIFT) - 1};

    if (q->part != PART_HEADLEAD)
        part.start = dateline->n > 0 ? dateline->v[0]
                     : body->n > 0   ? body->v[0]
                                     : 1u << RUN_SHIFT;
    if (q->part != PART_BODY && body->n > 0 && q->n < part.end - body->v[0])
        part.end = body->v[0] + q->n - 1;
    return part;
}

static void
find_within(struct places *p, struct place_node *node, bool any)
{
    const struct span_list *all = &node->child[0].places;
    struct span part;

    if (!find(p, &node->child[0], false))
        return;
    part = part_of(p, node->query);
    for (size_t i = 0; i < all->n; i++) {
        if (!lies_in(all->v[i], part))
            continue;
        put(p, &node->places, all->v[i]);
        if (any)
            return;
    }
}

static void
find_times(struct places *p, struct place_node *node)
{
    const struct span_list *all = &node->child[0].places;
    uint32_t n = 0;

    if (!find(p, &node->child[0], false))
        return;
    for (size_t i = 0; i < all->n; i++)
        n += i == 0 || all->v[i].start != all->v[i - 1].start;
    for (size_t i = 0; i < all->n && n >= node->query->n; i++)
        put(p, &node->places, all->v[i]);
}

static bool
find(struct places *p, struct place_node *node, bool any)
{
    node->places.n = 0;
    node->places.longest = 0;
    switch (node->query->op) {
    case QUERY_TERM:
        find_term(p, node);
        break;
    case QUERY_PHRASE:
        find_phrase(p, node, any);
        break;
    case QUERY_NEAR:
        find_near(p, node, any);
        break;
    case QUERY_APART:
        find_apart(p, node, any);
        break;
    case QUERY_WITHIN:
        find_within(p, node, any);
        break;
    case QUERY_TIMES:
        find_times(p, node);
        break;
    case QUERY_FORMS:
    case QUERY_WORDS:
    case QUERY_ANY:
    case QUERY_BEST:
        find_any(p, node, any);
        break;
    default:
        assert(false); /* such a node has no places */
    }
    return node->places.n > 0;
}

bool
places_match(struct places *p)
{
    enum { ARTICLE = 100 }; /* in pairs, about */

    memset(p->known, 0, sizeof p->known);
    if (must_end(p, ARTICLE))
        return false;
    return find(p, p->root, true) && !p->nomem && !stop_seen(p->source->stop);
}

const struct place_node *
places_all(struct places *p)
{
    memset(p->known, 0, sizeof p->known);
    p->looks = 0;
    return find(p, p->root, false) && !p->nomem ? p->root : NULL;
}

const struct span *
place_spans(const struct place_node *node, size_t *n)
{
    *n = node->places.n;
    return node->places.v;
}

const struct query *
place_query(const struct place_node *node)
{
    return node->query;
}

const struct place_node *
place_child(const struct place_node *node, size_t i)
{
    return &node->child[i];
}

size_t
place_term(const struct place_node *node)
{
    return node->word[0];
}

/* ---- the words of a tree ------------------------------------------------ */

static struct query *
words_under(struct arena *arena, enum query_op op, const struct query *q,
            size_t n)
{
    struct query **child = arena_zero(arena, n + 1, sizeof(struct query *));

    for (size_t i = 0; child && i < n; i++)
        child[i] = places_words(arena, q->child[i]);
    if (!child)
        return NULL;
    return n == 1 && op != q->op ? child[0] : query_node(arena, op, child, n);
}

struct query *
places_words(struct arena *arena, const struct query *query)
{
    struct query *copy;

    switch (query->op) {
    case QUERY_PHRASE:
    case QUERY_NEAR:
        return words_under(arena, QUERY_ALL, query, query->child_n);
    case QUERY_APART:
    case QUERY_WITHIN:
    case QUERY_TIMES:
        return places_words(arena, query->child[0]);
    case QUERY_ANY:
    case QUERY_BEST:
        return words_under(arena, query->op, query, query->child_n);
    default:
        copy = arena_alloc(arena, sizeof *copy);
        if (copy)
            *copy = *query;
        return copy;
    }
}
