/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * locate.c - what of an article made a query match it
 *
 * The tree is cut into units, the largest nodes that have places and the words
 * beside them.  An article is read once (sought.h), then each unit asked.  A
 * unit that stands in one alternative of several has a gate, a node above it
 * that has to match for itself; where all that is known of an article does
 * not tell (ids), it is taken as matching.
 *
 * The places of a node with places are cut down from its root: of each child
 * those are left that lie within one of those left of its parent, which one
 * pass over both lists in their order tells.
 */
#include "locate.h"

#include <stdlib.h>

#include "../../common/engine/places.h"
#include "../../common/text/words.h"
#include "sought.h"

enum {
    EMIT_MAX = 1 << 20 /* marks of an article, before the first are taken */
};

/* A node that has to match for what is below it to be marked. */
struct locator_gate {
    const struct query *query;
    struct locator_gate *outer; /* that has to, too */
    struct locator_gate *next;  /* made after it */
    bool open;                  /* in the article at hand */
};

struct locator_unit {
    struct locator *locator;
    const struct query *query;
    struct locator_gate *gate; /* NULL: it has none */
    bool hidden; /* it is marked nowhere, and only asked whether it matches */
    struct sought_term **term; /* the word's; those of `places` by number */
    size_t term_n;
    struct places *places; /* NULL: it is a word */
    struct place_source source;
    const struct place_node *root; /* in the article at hand; NULL: nowhere */
};

/* A list of marks. */
struct located_list {
    struct located *v;
    size_t n, cap;
};

struct locator {
    struct arena arena;   /* what lasts */
    struct arena scratch; /* of the article at hand */
    struct sought sought;
    enum locator_scope scope;
    struct locator_unit **unit;
    size_t unit_n, unit_cap;
    struct locator_gate *gate, **last_gate;
    struct stop stop;
    struct morgue_error *err;
    struct located_list marks, wholes;
    const struct morgue_article *article;
};

/* Places that are left of a node's; ascending. */
struct span_cut {
    const struct span *v;
    size_t n;
};

/* ---- units -------------------------------------------------------------- */

static enum morgue_status collect(struct locator *l, const struct query *q,
                                  struct locator_gate *gate, bool one_of);

static struct locator_unit *
new_unit(struct locator *l, const struct query *q, struct locator_gate *gate)
{
    struct locator_unit *u = arena_zero(&l->arena, 1, sizeof *u);
    struct locator_unit **list =
        list_grown(l->unit, &l->unit_cap, l->unit_n + 1, sizeof *list);

    if (list)
        l->unit = list;
    if (!u || !list)
        return NULL;
    *u = (struct locator_unit){.locator = l, .query = q, .gate = gate};
    return l->unit[l->unit_n++] = u;
}

/* A word: a term, or several that are it. */
static enum morgue_status
add_word(struct locator *l, const struct query *q, struct locator_gate *gate)
{
    struct locator_unit *u = new_unit(l, q, gate);
    size_t n = q->op == QUERY_TERM ? 1 : q->child_n;

    if (u)
        u->term = arena_zero(&l->arena, n + 1, sizeof *u->term);
    if (!u || !u->term)
        return error_nomem(l->err);
    for (size_t i = 0; i < n; i++) {
        const struct query *term = q->op == QUERY_TERM ? q : q->child[i];

        u->term[i] = sought_add(&l->sought, term->term);
        if (!u->term[i])
            return error_nomem(l->err);
    }
    u->term_n = n;
    return MORGUE_OK;
}

/* Append where a term of the unit stands, for its evaluator. */
static void
read_spots(void *unit, size_t term, struct places *places,
           struct position_list *out)
{
    const struct locator_unit *u = unit;
    const struct sought_term *t = u->term[term];
    uint32_t *to = places_room(places, out, t->n);

    for (size_t i = 0; to && i < t->n; i++)
        to[i] = t->spot[i].pos;
    if (to)
        out->n += t->n;
}

/* A node that has places. */
static enum morgue_status
add_placed(struct locator *l, const struct query *q, struct locator_gate *gate,
           bool hidden)
{
    struct locator_unit *u = new_unit(l, q, gate);
    enum morgue_status st;
    struct morgue_str term;
    size_t n = 0;

    if (!u)
        return error_nomem(l->err);
    l->sought.few = false;
    u->hidden = hidden;
    u->source = (struct place_source){.read = read_spots,
                                      .payload = u,
                                      .stop = &l->stop,
                                      .pairs_max = LOCATOR_PAIRS_MAX};
    st = places_new(&u->places, &l->arena, q, &u->source, l->err);
    if (st)
        return st;
    while (places_term(u->places, n, &term))
        n++;
    u->term = arena_zero(&l->arena, n + 1, sizeof *u->term);
    for (; u->term && u->term_n < n; u->term_n++) {
        (void)places_term(u->places, u->term_n, &term);
        u->term[u->term_n] = sought_add(&l->sought, term);
        if (!u->term[u->term_n])
            return error_nomem(l->err);
        u->term[u->term_n]->needed = true;
    }
    return u->term ? MORGUE_OK : error_nomem(l->err);
}

static struct locator_unit *
placed_unit(const struct locator *l, const struct query *q)
{
    for (size_t i = 0; i < l->unit_n; i++)
        if (l->unit[i]->query == q && l->unit[i]->places)
            return l->unit[i];
    return NULL;
}

/* Have all that is below a gate looked for, though it is not marked. */
static enum morgue_status
look_for_all(struct locator *l, const struct query *q)
{
    enum morgue_status st = MORGUE_OK;

    if (q->op == QUERY_TERM)
        return sought_add(&l->sought, q->term) ? MORGUE_OK
                                               : error_nomem(l->err);
    if (query_is_placed(q->op))
        return placed_unit(l, q) ? MORGUE_OK : add_placed(l, q, NULL, true);
    for (size_t i = 0; i < q->child_n && !st; i++)
        st = look_for_all(l, q->child[i]);
    return st;
}

/* What is below a node that is one of several and may not match. */
static enum morgue_status
collect_gated(struct locator *l, const struct query *q,
              struct locator_gate *outer)
{
    struct locator_gate *gate = arena_zero(&l->arena, 1, sizeof *gate);
    enum morgue_status st;

    if (!gate)
        return error_nomem(l->err);
    *gate = (struct locator_gate){.query = q, .outer = outer};
    *l->last_gate = gate;
    l->last_gate = &gate->next;
    l->sought.few = false;
    st = collect(l, q, gate, false);
    return st ? st : look_for_all(l, q);
}

static enum morgue_status
collect_children(struct locator *l, const struct query *q, size_t n,
                 struct locator_gate *gate, bool one_of)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < n && !st; i++)
        st = collect(l, q->child[i], gate, one_of);
    return st;
}

/* How many children of a node that matches with all of them, or without some,
 * may be marked.  The first; what only says which articles (x^0) stands behind
 * every article. */
static size_t
marked_children(const struct query *q)
{
    return q->op == QUERY_FILTER && q->child[0]->op == QUERY_EVERY ? q->child_n
                                                                   : 1;
}

/* The units of a node; `one_of`: the article may match without it. */
static enum morgue_status
collect(struct locator *l, const struct query *q, struct locator_gate *gate,
        bool one_of)
{
    switch (q->op) {
    case QUERY_TERM:
    case QUERY_FORMS:
    case QUERY_WORDS:
        return add_word(l, q, gate);
    case QUERY_ANY:
    case QUERY_BEST:
        return collect_children(l, q, q->child_n, gate, true);
    case QUERY_SCALE:
        return collect_children(l, q, 1, gate, one_of);
    case QUERY_ALL:
        return one_of ? collect_gated(l, q, gate)
                      : collect_children(l, q, q->child_n, gate, false);
    case QUERY_SOME:
        return one_of ? collect_gated(l, q, gate)
                      : collect_children(l, q, q->child_n, gate, true);
    case QUERY_NOT:
    case QUERY_FILTER:
        return one_of
                   ? collect_gated(l, q, gate)
                   : collect_children(l, q, marked_children(q), gate, false);
    default:
        return query_is_placed(q->op) ? add_placed(l, q, gate, false)
                                      : MORGUE_OK;
    }
}

enum morgue_status
locator_new(struct locator **out, const struct query *query,
            struct tokenizer *tokenizer, struct stemmer *stemmer,
            enum locator_scope scope, struct morgue_error *err)
{
    struct locator *l = calloc(1, sizeof *l);
    enum morgue_status st;

    *out = NULL;
    if (!l)
        return error_nomem(err);
    l->scope = scope;
    l->last_gate = &l->gate;
    l->err = err;
    arena_init(&l->arena, SIZE_MAX / 2);
    arena_init(&l->scratch, SIZE_MAX / 2);
    sought_init(&l->sought, tokenizer, stemmer);
    l->sought.few = true;
    l->sought.body = scope == LOCATE_BODY;
    st = collect(l, query, NULL, false);
    if (st)
        locator_free(l);
    else
        *out = l;
    return st;
}

void
locator_free(struct locator *l)
{
    if (!l)
        return;
    sought_free(&l->sought);
    arena_free(&l->arena);
    arena_free(&l->scratch);
    free(l->unit);
    free(l->marks.v);
    free(l->wholes.v);
    free(l);
}

size_t
locator_units_n(const struct locator *l)
{
    return l->unit_n;
}

/* ---- whether a gate is open --------------------------------------------- */

/* Whether the node matches the article at hand; `else_` where that cannot be
 * told. */
static bool matches(const struct locator *l, const struct query *q,
                    bool else_);

/* How many of the children from the `from`th on do. */
static size_t
count(const struct locator *l, const struct query *q, size_t from, bool else_)
{
    size_t n = 0;

    for (size_t i = from; i < q->child_n; i++)
        n += matches(l, q->child[i], else_);
    return n;
}

static bool
has_term(const struct locator *l, const struct query *q, bool else_)
{
    const struct sought_term *t = sought_find(&l->sought, q->term);

    return t && t->known ? t->there : else_;
}

static bool
matches(const struct locator *l, const struct query *q, bool else_)
{
    switch (q->op) {
    case QUERY_TERM:
        return has_term(l, q, else_);
    case QUERY_FORMS:
    case QUERY_WORDS:
    case QUERY_ANY:
    case QUERY_BEST:
        return count(l, q, 0, else_) > 0;
    case QUERY_ALL:
    case QUERY_FILTER:
    case QUERY_SCALE:
        return count(l, q, 0, else_) == q->child_n;
    case QUERY_SOME:
        return count(l, q, 0, else_) >= q->n;
    case QUERY_NOT:
        return matches(l, q->child[0], else_) && count(l, q, 1, !else_) == 0;
    case QUERY_DATES:
        return period_has(&q->period, l->article->date);
    case QUERY_LENGTH:
        return l->sought.body_words >= q->least &&
               l->sought.body_words <= q->most;
    case QUERY_HAS:
        return str_trim(record_get(l->article, q->field)).len > 0;
    case QUERY_EVERY:
    case QUERY_NONE:
        return q->op == QUERY_EVERY;
    default:
        return query_is_placed(q->op) ? placed_unit(l, q)->root != NULL
                                      : else_;
    }
}

/* Those that are outer were made first. */
static void
find_open(struct locator *l)
{
    for (struct locator_gate *g = l->gate; g; g = g->next)
        g->open = (!g->outer || g->outer->open) && matches(l, g->query, true);
}

/* ---- marks -------------------------------------------------------------- */

static enum morgue_status
add(struct locator *l, struct located_list *list, const struct located *what)
{
    struct located *v;

    if (list->n == EMIT_MAX)
        return MORGUE_OK;
    v = list_grown(list->v, &list->cap, list->n + 1, sizeof *v);
    if (!v)
        return error_nomem(l->err);
    list->v = v;
    v[list->n++] = *what;
    return MORGUE_OK;
}

static enum morgue_status
mark_spot(struct locator *l, size_t unit, const struct term_spot *s,
          uint32_t pos)
{
    if (l->scope == LOCATE_BODY && s->field != FIELD_BODY)
        return MORGUE_OK;
    return add(l, &l->marks,
               &(struct located){.start = s->start,
                                 .end = s->end,
                                 .unit = unit,
                                 .field = (enum field)s->field,
                                 .pos = pos});
}

/* All of a word's spots; not more of each term than can be marked. */
static enum morgue_status
mark_word(struct locator *l, size_t unit)
{
    const struct locator_unit *u = l->unit[unit];
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < u->term_n && !st; i++) {
        const struct sought_term *t = u->term[i];
        size_t most = l->marks.n + LOCATOR_MARKS_MAX;

        for (size_t k = 0; k < t->n && l->marks.n < most && !st; k++)
            st = mark_spot(l, unit, &t->spot[k], t->spot[k].pos);
    }
    return st;
}

static int
by_pos(const void *a, const void *b)
{
    const struct located *x = a, *y = b;

    return (x->pos > y->pos) - (x->pos < y->pos);
}

/* The first of the marks from the `from`th on, which are by position, that is
 * not before `pos`. */
static size_t
mark_at(const struct located_list *list, size_t from, uint32_t pos)
{
    size_t hi = list->n;

    while (from < hi) {
        size_t mid = from + (hi - from) / 2;

        if (list->v[mid].pos < pos)
            from = mid + 1;
        else
            hi = mid;
    }
    return from;
}

/* Where a walk over places, in their order, is in those of a parent. */
struct cut_walk {
    size_t at;
    uint32_t farthest; /* end of those that begin at or before it */
};

/* Whether the place, no earlier than the one before, lies within one. */
static bool
lies_within(struct cut_walk *w, const struct span_cut *within, struct span s)
{
    for (; w->at < within->n && within->v[w->at].start <= s.start; w->at++)
        if (within->v[w->at].end > w->farthest)
            w->farthest = within->v[w->at].end;
    return w->farthest >= s.end;
}

/* What is left of a node's places within those of its parent; of a root
 * (NULL) as many as pairs are looked for. */
static enum morgue_status
cut_places(struct span_cut *out, struct locator *l,
           const struct place_node *node, const struct span_cut *within)
{
    struct cut_walk walk = {0};
    struct span *left;
    size_t n = 0;

    out->v = place_spans(node, &out->n);
    if (!within) {
        if (out->n > PLACES_MAX)
            out->n = PLACES_MAX;
        return MORGUE_OK;
    }
    left = arena_zero(&l->scratch, out->n + 1, sizeof *left);
    if (!left)
        return error_nomem(l->err);
    for (size_t i = 0; i < out->n; i++)
        if (lies_within(&walk, within, out->v[i]))
            left[n++] = out->v[i];
    *out = (struct span_cut){.v = left, .n = n};
    return MORGUE_OK;
}

/* The words of a term within the places of its parent. */
static enum morgue_status
mark_term(struct locator *l, size_t unit, const struct place_node *node,
          const struct span_cut *within)
{
    const struct sought_term *t = l->unit[unit]->term[place_term(node)];
    enum morgue_status st = MORGUE_OK;
    struct cut_walk walk = {0};
    size_t n;
    const struct span *v = place_spans(node, &n);

    for (size_t i = 0; i < n && i < t->n && !st; i++)
        if (lies_within(&walk, within, v[i]))
            st = mark_spot(l, unit, &t->spot[i], v[i].start);
    return st;
}

/* Whether what is between the ends of each place of a node is the words that
 * make it. */
static bool
is_solid(const struct query *q)
{
    size_t n =
        q->op == QUERY_ANY || q->op == QUERY_BEST || q->op == QUERY_PHRASE
            ? q->child_n
            : 1;

    if (q->op == QUERY_TERM || q->op == QUERY_FORMS || q->op == QUERY_WORDS)
        return true;
    if (q->op == QUERY_NEAR || (q->op == QUERY_PHRASE && q->n > 0))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_solid(q->child[i]))
            return false;
    return true;
}

/* Make one mark of those from the `from`th on that are in one place. */
static enum morgue_status
join_marks(struct locator *l, size_t from, const struct span_cut *places)
{
    struct located_list *list = &l->marks;
    const size_t behind = list->n;
    enum morgue_status st = MORGUE_OK;

    if (behind > from)
        qsort(list->v + from, behind - from, sizeof *list->v, by_pos);
    for (size_t i = 0; i < places->n && !st; i++) {
        const struct span s = places->v[i];
        struct located_list old = {.v = list->v, .n = behind};
        size_t k = mark_at(&old, from, s.start);
        struct located all;

        if (k == behind || list->v[k].pos > s.end)
            continue;
        all = list->v[k];
        for (; k < behind && list->v[k].pos <= s.end; k++) {
            if (list->v[k].start < all.start)
                all.start = list->v[k].start;
            if (list->v[k].end > all.end)
                all.end = list->v[k].end;
        }
        st = add(l, list, &all);
    }
    if (list->n > behind) {
        memmove(list->v + from, list->v + behind,
                (list->n - behind) * sizeof *list->v);
        list->n -= behind - from;
    }
    return st;
}

/* The words that made the node match, within places of its parent. */
static enum morgue_status
mark_node(struct locator *l, size_t unit, const struct place_node *node,
          const struct span_cut *within)
{
    const struct query *q = place_query(node);
    const size_t from = l->marks.n;
    enum morgue_status st;
    struct span_cut left;
    size_t n = q->child_n;

    if (q->op == QUERY_TERM)
        return mark_term(l, unit, node, within);
    if (q->op == QUERY_APART)
        n = 1;
    st = cut_places(&left, l, node, within);
    if (!st && left.n == 0)
        return MORGUE_OK;
    for (size_t i = 0; i < n && !st; i++)
        st = mark_node(l, unit, place_child(node, i), &left);
    if (!st && q->op == QUERY_PHRASE && is_solid(q))
        st = join_marks(l, from, &left);
    return st;
}

/* From the first mark to the last of each place of a unit, whose marks are
 * those from the `from`th on. */
static enum morgue_status
take_wholes(struct locator *l, size_t unit, size_t from)
{
    struct located_list *list = &l->marks;
    enum morgue_status st = MORGUE_OK;
    struct span_cut root;

    if (list->n > from)
        qsort(list->v + from, list->n - from, sizeof *list->v, by_pos);
    st = cut_places(&root, l, l->unit[unit]->root, NULL);
    for (size_t i = 0; i < root.n && !st; i++) {
        size_t first = mark_at(list, from, root.v[i].start);
        size_t last = mark_at(list, from, root.v[i].end + 1);
        struct located whole;

        if (first >= last)
            continue;
        whole = list->v[first];
        whole.end = list->v[last - 1].end;
        if (whole.end > whole.start)
            st = add(l, &l->wholes, &whole);
    }
    return st;
}

static enum morgue_status
mark_placed(struct locator *l, size_t unit)
{
    const size_t from = l->marks.n;
    enum morgue_status st = mark_node(l, unit, l->unit[unit]->root, NULL);

    return st || l->scope != LOCATE_BODY ? st : take_wholes(l, unit, from);
}

static enum morgue_status
mark_unit(struct locator *l, size_t unit)
{
    const struct locator_unit *u = l->unit[unit];
    const size_t from = l->marks.n;
    enum morgue_status st;

    if (u->hidden || (u->gate && !u->gate->open))
        return MORGUE_OK;
    if (u->places)
        return u->root ? mark_placed(l, unit) : MORGUE_OK;
    st = mark_word(l, unit);
    if (l->scope == LOCATE_BODY)
        for (size_t i = from; i < l->marks.n && !st; i++)
            st = add(l, &l->wholes, &l->marks.v[i]);
    return st;
}

/* ---- articles ----------------------------------------------------------- */

/* By field and where they begin, the longer first. */
static int
by_start(const void *a, const void *b)
{
    const struct located *x = a, *y = b;

    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return (x->end < y->end) - (x->end > y->end);
}

static enum morgue_status
find_places(struct locator *l)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < l->unit_n && !st; i++) {
        struct locator_unit *u = l->unit[i];

        if (!u->places)
            continue;
        l->stop = (struct stop)STOP_NEVER;
        u->root = places_all(u->places);
        st = places_status(u->places, l->err);
    }
    return st;
}

enum morgue_status
locator_run(struct locator *l, const struct morgue_article *article,
            struct morgue_error *err)
{
    enum morgue_status st;

    l->err = err;
    l->article = article;
    l->marks.n = l->wholes.n = 0;
    arena_reset(&l->scratch);
    st = sought_read(&l->sought, article, err);
    if (!st)
        st = find_places(l);
    if (!st)
        find_open(l);
    for (size_t i = 0; i < l->unit_n && !st; i++)
        st = mark_unit(l, i);
    if (l->marks.n > 0)
        qsort(l->marks.v, l->marks.n, sizeof *l->marks.v, by_start);
    if (l->marks.n > LOCATOR_MARKS_MAX)
        l->marks.n = LOCATOR_MARKS_MAX;
    return st;
}

const struct located *
locator_marks(const struct locator *l, enum field field, size_t *n)
{
    size_t from = 0, to;

    while (from < l->marks.n && l->marks.v[from].field != field)
        from++;
    for (to = from; to < l->marks.n && l->marks.v[to].field == field;)
        to++;
    *n = to - from;
    return *n > 0 ? l->marks.v + from : NULL;
}

const struct located *
locator_wholes(const struct locator *l, size_t *n)
{
    *n = l->wholes.n;
    return l->wholes.v;
}
