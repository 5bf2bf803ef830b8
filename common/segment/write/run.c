/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * run.c - articles in memory, to be one segment
 *
 * While articles come, every word of their texts is noted, which word and
 * where, in one number: a word mostly stands right behind the one before.  No
 * list is grown.  When the run is written:
 *
 *   - the articles are put in their order, newest first;
 *   - the notes, read in that order, are dealt out by word (a counting sort):
 *     then each word's notes are its postings and positions, ready;
 *   - the terms are sorted;
 *   - each term's list is made of the notes of its words: a word as it stands
 *     nearly always of one, a stem of the few forms that were seen; a stem of
 *     a single form shares that one's list;
 *   - the dictionary is written.
 *
 * So stems cost once for each posting, not for each token.  Memory: about 12
 * bytes a token, the articles' bytes, and the words, each once.
 */
#include "run.h"

#include <assert.h>
#include <stdlib.h>

#include "../../article/record.h"
#include "../../base/memory.h"
#include "../../engine/id_term.h"
#include "../../text/order.h"
#include "../../text/terms.h"
#include "../../text/words.h"
#include "build.h"

/* One use of a word as it is noted: its slot, and how far its position is from
 * the one before, which is 0 for the first.  STEP_FAR: the position follows as
 * a number by itself. */
enum { STEP_BITS = 2, STEP_FAR = 3, SLOT_MAX = UINT32_MAX >> STEP_BITS };

/* And when it is dealt out to its word. */
typedef uint64_t note;

static inline note
make_note(uint32_t doc, uint32_t pos)
{
    return (note)doc << 32 | pos;
}

static inline uint32_t
note_doc(note n)
{
    return (uint32_t)(n >> 32);
}

static inline uint32_t
note_pos(note n)
{
    return (uint32_t)n;
}

/* A word of the run. */
struct word_slot {
    const struct word *word;
    bool in_title; /* some of its uses are */
};

struct run_doc {
    struct morgue_date date;
    uint64_t hash, arrival, length;
    const uint32_t *note, *note_end;
    struct morgue_str head, body;
    uint32_t title_end; /* the first position that is not the title's */
    uint32_t words;     /* of the body */
    uint32_t fields;    /* record_fields */
    uint32_t value[FIELD_VALUES_N]; /* numbers in the run's tables */
    size_t other, other_end;        /* which of the run's are its own */
};

/* A term that no word stands behind, at an article.  Those of an article stand
 * together, each term's by position. */
struct other {
    struct lexeme *lexeme;
    uint32_t doc, pos, wdf;
};

/* What a term's list is made of. */
enum kind {
    KIND_WORD,
    KIND_BOUNDARY,
    KIND_STEM,
    KIND_TITLE,
    KIND_TITLE_STEM,
    KIND_OTHER
};

struct target {
    const struct lexeme *lexeme;
    uint32_t source; /* its first one, counted from 1; 0: none */
    uint32_t sources;
    enum kind kind;
    struct list_place place;
};

struct source {
    uint32_t slot; /* KIND_OTHER: an index into `other` */
    uint32_t next; /* as target.source */
};

struct run {
    uint32_t mark;
    struct lexicon *lexicon;
    struct arena notes, records; /* of the articles */
    size_t note_n;
    struct word_slot *slot;
    size_t slot_n, slot_cap;
    struct run_doc *doc;
    size_t doc_n, doc_cap;
    struct other *other;
    size_t other_n, other_cap;
    struct field_values values[FIELD_VALUES_N];
    struct buf head;    /* of the article at hand */
    struct arena arena; /* of values, and the terms that name articles */

    /* when it is written */
    uint32_t *rank;      /* of an article, in the order of the segment */
    uint32_t *title_end; /* by rank */
    uint8_t *code;       /* by rank: of its length */
    uint32_t *end;       /* by slot: where its notes end; notes_of */
    note *dealt, *merged, *room;
    struct target *target;
    size_t target_n, target_cap;
    struct source *source;
    size_t source_n, source_cap;
    struct term_order *order; /* within `order_room` */
    struct term_order *order_room;
    size_t order_n;
    struct morgue_str *word; /* of the stem at hand */
    size_t word_cap;
};

/* ---- the object --------------------------------------------------------- */

enum morgue_status
run_new(struct run **out, uint32_t mark, struct morgue_error *err)
{
    struct run *r = calloc(1, sizeof *r);

    *out = r;
    if (!r)
        return error_nomem(err);
    r->mark = mark;
    buf_init(&r->head, SIZE_MAX / 2);
    arena_init(&r->notes, SIZE_MAX / 2);
    arena_init(&r->records, SIZE_MAX / 2);
    arena_init(&r->arena, SIZE_MAX / 2);
    for (int i = 0; i < FIELD_VALUES_N; i++)
        field_values_init(&r->values[i], (enum field)(FIELD_VALUES + i),
                          &r->arena, &r->arena);
    return MORGUE_OK;
}

void
run_free(struct run *r)
{
    if (!r)
        return;
    free(r->slot);
    free(r->doc);
    free(r->other);
    free(r->rank);
    free(r->title_end);
    free(r->end);
    free(r->code);
    for (int i = 0; i < FIELD_VALUES_N; i++)
        field_values_free(&r->values[i]);
    free(r->dealt);
    free(r->merged);
    free(r->room);
    free(r->target);
    free(r->source);
    free(r->order_room);
    free(r->word);
    buf_free(&r->head);
    arena_free(&r->notes);
    arena_free(&r->records);
    arena_free(&r->arena);
    free(r);
}

uint32_t
run_docs(const struct run *r)
{
    return (uint32_t)r->doc_n;
}

/* Room for one more item of a list of the run; NULL when out of memory. */
#define MORE(r, list)                                                         \
    more((void **)&(r)->list, &(r)->list##_n, &(r)->list##_cap,               \
         sizeof *(r)->list)

static void *
more(void **list, size_t *n, size_t *cap, size_t size)
{
    void *grown = list_grown(*list, cap, *n + 1, size);

    if (!grown)
        return NULL;
    *list = grown;
    return (char *)grown + (*n)++ * size;
}

/* ---- articles in -------------------------------------------------------- */

static bool
add_slot(struct run *r, struct word *w)
{
    struct word_slot *s = r->slot_n < SLOT_MAX ? MORE(r, slot) : NULL;

    if (!s)
        return false;
    *s = (struct word_slot){.word = w};
    w->mark = r->mark;
    w->slot = (uint32_t)(r->slot_n - 1);
    w->uses = 0;
    return true;
}

static enum morgue_status
add_words(struct run *r, struct run_doc *doc, const struct word_list *words,
          struct morgue_error *err)
{
    uint32_t *to = arena_alloc(&r->notes, 2 * words->n * sizeof *to);
    uint32_t last = 0;

    if (!to)
        return error_nomem(err);
    doc->note = to;
    for (size_t i = 0; i < words->n; i++) {
        struct word *w = words->use[i].word;
        uint32_t pos = words->use[i].pos, step = pos - last;

        if (w->mark != r->mark && !add_slot(r, w))
            return error_nomem(err);
        w->uses++;
        doc->length += w->terms;
        *to++ = w->slot << STEP_BITS | (step < STEP_FAR ? step : STEP_FAR);
        if (step >= STEP_FAR)
            *to++ = pos;
        last = pos;
    }
    for (size_t i = 0; i < words->title_n; i++) {
        const struct word *w = words->use[i].word;

        /* what it counts more, and the title's own terms */
        doc->length += (uint64_t)w->terms * FIELD_TITLE_WDF;
        r->slot[w->slot].in_title = true;
    }
    doc->note_end = to;
    arena_trim(&r->notes, to);
    r->note_n += words->n;
    return MORGUE_OK;
}

static enum morgue_status
add_other(struct run *r, struct lexeme *l, uint32_t pos, uint32_t wdf,
          struct morgue_error *err)
{
    struct other *o = MORE(r, other);

    if (!o)
        return error_nomem(err);
    *o = (struct other){
        .lexeme = l, .doc = (uint32_t)(r->doc_n - 1), .pos = pos, .wdf = wdf};
    return MORGUE_OK;
}

/* A term of which hardly any comes twice, so the lexicon has no use for it. */
static enum morgue_status
add_rare(struct run *r, const char *s, size_t len, struct morgue_error *err)
{
    struct lexeme *l =
        arena_zero(&r->arena, 1, sizeof *l + (len < 8 ? 8 : len));

    if (!l)
        return error_nomem(err);
    l->len = (uint32_t)len;
    memcpy(l->s, s, len);
    return add_other(r, l, 0, 0, err);
}

/* The term that names the article. */
static enum morgue_status
add_id(struct run *r, struct morgue_str id, struct morgue_error *err)
{
    struct id_term t = id_term(id);

    return add_rare(r, t.s, t.len, err);
}

static enum morgue_status
add_values(struct run *r, struct run_doc *doc,
           const struct morgue_article *article, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;
    uint64_t number;

    for (int i = 0; i < FIELD_VALUES_N && !st; i++) {
        st = field_values_add(
            &number, &r->values[i],
            record_get(article, (enum field)(FIELD_VALUES + i)), err);
        doc->value[i] = (uint32_t)number;
    }
    return st;
}

/* The bytes of a record, and a NUL. */
static enum morgue_status
add_record(struct run *r, struct run_doc *doc,
           const struct morgue_article *article, struct morgue_error *err)
{
    enum morgue_status st;

    buf_reset(&r->head);
    record_put_head(&r->head, article);
    st = buf_status(&r->head, err);
    if (st)
        return st;
    if (!arena_str(&r->records, buf_view(&r->head), &doc->head) ||
        !arena_str(&r->records, article->body, &doc->body))
        return error_nomem(err);
    doc->body.len++; /* its NUL is stored, too */
    return MORGUE_OK;
}

enum morgue_status
run_put(struct run *r, struct term_maker *terms, const struct engine_doc *d,
        uint64_t arrival, struct morgue_error *err)
{
    struct word_maker *maker = term_maker_words(terms);
    struct word_list words;
    struct run_doc *doc = MORE(r, doc);
    enum morgue_status st;

    if (!doc)
        return error_nomem(err);
    *doc = (struct run_doc){.date = d->article->date,
                            .hash = d->hash,
                            .arrival = arrival,
                            .fields = record_fields(d->article)};
    if (r->doc_n == 1)
        word_maker_trim(maker);
    r->lexicon = word_maker_lexicon(maker);
    st = word_maker_run(&words, maker, d->article, err);
    if (!st)
        st = add_words(r, doc, &words, err);
    if (st)
        return st;
    if (words.title_n > 0)
        doc->title_end = words.use[words.title_n - 1].pos + 1;
    doc->words = words.body_words;
    doc->other = r->other_n;
    for (size_t i = 0; i < words.other_n && !st; i++) {
        const struct term_use *u = words.other + i;

        doc->length += u->wdf;
        st = u->lent ? add_rare(r, u->lexeme->s, u->lexeme->len, err)
                     : add_other(r, u->lexeme, u->pos, u->wdf, err);
    }
    if (!st)
        st = add_id(r, d->article->id, err);
    doc->other_end = r->other_n;
    if (!st)
        st = add_values(r, doc, d->article, err);
    return st ? st : add_record(r, doc, d->article, err);
}

/* ---- the order of articles ---------------------------------------------- */

/* Newest first, then as they arrived; those without a date last. */
static int
by_date(const void *a, const void *b)
{
    const struct run_doc *x = *(const struct run_doc *const *)a;
    const struct run_doc *y = *(const struct run_doc *const *)b;
    bool x_dated = x->date.precision != MORGUE_DATE_NONE;
    bool y_dated = y->date.precision != MORGUE_DATE_NONE;

    if (x_dated != y_dated)
        return x_dated ? -1 : 1;
    if (x_dated && x->date.seconds != y->date.seconds)
        return x->date.seconds > y->date.seconds ? -1 : 1;
    return x->arrival < y->arrival ? -1 : x->arrival > y->arrival;
}

/* The articles in their order, freed with free(); NULL when out of memory. */
static const struct run_doc **
order_docs(struct run *r)
{
    const struct run_doc **order = calloc(r->doc_n + 1, sizeof(void *));

    r->rank = calloc(r->doc_n + 1, sizeof *r->rank);
    r->title_end = calloc(r->doc_n + 1, sizeof *r->title_end);
    r->code = calloc(r->doc_n + 1, sizeof *r->code);
    if (!order || !r->rank || !r->title_end || !r->code) {
        free(order);
        return NULL;
    }
    for (size_t i = 0; i < r->doc_n; i++)
        order[i] = r->doc + i;
    qsort(order, r->doc_n, sizeof *order, by_date);
    for (size_t i = 0; i < r->doc_n; i++) {
        r->rank[order[i] - r->doc] = (uint32_t)i;
        r->title_end[i] = order[i]->title_end;
        r->code[i] = length_code(order[i]->length);
    }
    return order;
}

/* ---- dealing out -------------------------------------------------------- */

/* Where each word's notes will begin, until they are dealt out: then it is
 * where they end. */
static enum morgue_status
find_ends(struct run *r, struct morgue_error *err)
{
    enum { AHEAD = 8 };
    uint32_t at = 0;

    r->end = malloc((r->slot_n + 1) * sizeof *r->end);
    if (!r->end)
        return error_nomem(err);
    for (size_t i = 0; i < r->slot_n; i++) {
        if (i + AHEAD < r->slot_n)
            LEXICON_FETCH(&r->slot[i + AHEAD].word->uses);
        r->end[i] = at;
        at += r->slot[i].word->uses;
    }
    return MORGUE_OK;
}

static enum morgue_status
deal(struct run *r, const struct run_doc *const *order,
     struct morgue_error *err)
{
    enum morgue_status st = find_ends(r, err);

    if (st)
        return st;
    r->dealt = large_alloc((r->note_n + 1) * sizeof *r->dealt);
    if (!r->dealt)
        return error_nomem(err);
    for (size_t i = 0; i < r->doc_n; i++) {
        const uint32_t *from = order[i]->note, *end = order[i]->note_end;
        uint32_t pos = 0;

        while (from < end) {
            uint32_t n = *from++, step = n & STEP_FAR;

            pos = step < STEP_FAR ? pos + step : *from++;
            r->dealt[r->end[n >> STEP_BITS]++] = make_note((uint32_t)i, pos);
        }
    }
    arena_free(&r->notes);
    return MORGUE_OK;
}

/* The notes of a word, and how many. */
static const note *
notes_of(const struct run *r, uint32_t slot, size_t *n)
{
    uint32_t at = slot == 0 ? 0 : r->end[slot - 1];

    *n = r->end[slot] - at;
    return r->dealt + at;
}

/* ---- which terms there are ---------------------------------------------- */

/* Let the term `l` be made of one more source. */
static enum morgue_status
add_source(struct run *r, struct lexeme *l, enum kind kind, uint32_t slot,
           struct morgue_error *err)
{
    struct source *s = MORE(r, source);
    struct target *t;

    if (!s)
        return error_nomem(err);
    if (l->mark != r->mark) {
        t = MORE(r, target);
        if (!t)
            return error_nomem(err);
        *t = (struct target){.lexeme = l, .kind = kind};
        l->mark = r->mark;
        l->slot = (uint32_t)(r->target_n - 1);
    }
    t = r->target + l->slot;
    *s = (struct source){.slot = slot, .next = t->source};
    t->source = (uint32_t)r->source_n;
    t->sources++;
    return MORGUE_OK;
}

static enum morgue_status
add_title_source(struct run *r, const struct lexeme *of, enum kind kind,
                 uint32_t slot, struct morgue_error *err)
{
    struct lexeme *l;
    enum morgue_status st = lexicon_title_term(&l, r->lexicon, of, err);

    return st ? st : add_source(r, l, kind, slot, err);
}

static enum morgue_status
add_slot_targets(struct run *r, uint32_t slot, struct morgue_error *err)
{
    const struct word *w = r->slot[slot].word;
    bool title = r->slot[slot].in_title;
    enum morgue_status st;

    if (w->boundary)
        return add_source(r, w->raw, KIND_BOUNDARY, slot, err);
    st = add_source(r, w->raw, KIND_WORD, slot, err);
    if (!st && title)
        st = add_title_source(r, w->raw, KIND_TITLE, slot, err);
    for (int k = 0; k < 2 && w->stem[k] && !st; k++) {
        st = add_source(r, w->stem[k], KIND_STEM, slot, err);
        if (!st && title)
            st = add_title_source(r, w->stem[k], KIND_TITLE_STEM, slot, err);
    }
    return st;
}

static enum morgue_status
add_targets(struct run *r, const struct run_doc *const *order,
            struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < r->slot_n && !st; i++)
        st = add_slot_targets(r, (uint32_t)i, err);
    for (size_t i = 0; i < r->doc_n && !st; i++)
        for (size_t k = order[i]->other; k < order[i]->other_end && !st; k++)
            st = add_source(r, r->other[k].lexeme, KIND_OTHER, (uint32_t)k,
                            err);
    return st;
}

/* ---- lists -------------------------------------------------------------- */

static void
merge_two(note *to, const note *a, size_t a_n, const note *b, size_t b_n)
{
    size_t i = 0, k = 0;

    while (i < a_n && k < b_n) {
        bool second = b[k] < a[i];

        *to++ = second ? b[k] : a[i];
        k += second;
        i += !second;
    }
    memcpy(to, a + i, (a_n - i) * sizeof *to);
    memcpy(to + (a_n - i), b + k, (b_n - k) * sizeof *to);
}

/* All notes of a term's words in order, and how many.  Those of several are
 * merged, one after another into what there is. */
static const note *
gather(struct run *r, const struct target *t, size_t *n)
{
    const struct source *s = r->source + t->source - 1;
    const note *from = notes_of(r, s->slot, n);

    while (s->next) {
        note *to = from == r->merged ? r->room : r->merged;
        const note *more;
        size_t more_n;

        s = r->source + s->next - 1;
        more = notes_of(r, s->slot, &more_n);
        merge_two(to, from, *n, more, more_n);
        *n += more_n;
        from = to;
    }
    return from;
}

/* The list of all notes, or of those in `titles`. */
static inline void
list_notes(struct list_writer *w, const note *from, size_t n,
           const uint32_t *title_end, bool positions, bool titles)
{
    uint32_t doc = UINT32_MAX, last = 0;

    list_begin(w, positions ? TERM_POSITIONS : 0);
    for (size_t i = 0; i < n; i++) {
        uint32_t pos = note_pos(from[i]);
        bool in_title = pos < title_end[note_doc(from[i])];

        if (titles && !in_title)
            continue;
        if (note_doc(from[i]) != doc) {
            doc = note_doc(from[i]);
            last = 0;
            list_add(w, doc, 0);
        }
        w->wdf[w->n - 1] += in_title && !titles ? FIELD_TITLE_WDF : 1;
        if (positions && pos != last)
            list_position(w, pos);
        last = pos;
    }
}

/* The list of a boundary, which has no wdf. */
static void
list_boundary(struct list_writer *w, const note *from, size_t n)
{
    uint32_t doc = UINT32_MAX;

    list_begin(w, TERM_POSITIONS | TERM_ZERO_WDF);
    for (size_t i = 0; i < n; i++) {
        if (note_doc(from[i]) != doc) {
            doc = note_doc(from[i]);
            list_add(w, doc, 0);
        }
        list_position(w, note_pos(from[i]));
    }
}

static int
by_note(const void *a, const void *b)
{
    note x = *(const note *)a, y = *(const note *)b;

    return x < y ? -1 : x > y;
}

/* The list of a term that no word stands behind. */
static void
list_other(struct list_writer *w, struct run *r, const struct target *t)
{
    const struct other *one = r->other + r->source[t->source - 1].slot;
    size_t n = t->sources, at = n;
    bool ascends = true;

    for (uint32_t s = t->source; s; s = r->source[s - 1].next) {
        const struct other *o = r->other + r->source[s - 1].slot;

        r->merged[--at] = make_note(r->rank[o->doc], o->pos);
        ascends =
            ascends && (at + 1 == n || r->merged[at] <= r->merged[at + 1]);
    }
    assert(at == 0);
    if (!ascends) /* two terms have become one (join_equals) */
        qsort(r->merged, n, sizeof *r->merged, by_note);
    list_begin(w, (one->pos ? TERM_POSITIONS : 0) |
                      (one->wdf ? 0 : TERM_ZERO_WDF));
    for (size_t i = 0, first; i < n;) {
        uint32_t doc = note_doc(r->merged[i]);

        for (first = i; i < n && note_doc(r->merged[i]) == doc; i++)
            ;
        list_add(w, doc, (uint32_t)(i - first) * one->wdf);
        for (size_t k = first; one->pos && k < i; k++)
            if (k == first || r->merged[k] != r->merged[k - 1])
                list_position(w, note_pos(r->merged[k]));
    }
}

/* Whether the stem has the list of a word as it stands, whose place is known;
 * *place becomes it. */
static bool
shares(const struct run *r, const struct target *t, struct list_place *place)
{
    const struct word_slot *slot;
    const struct target *word;

    if (t->kind != KIND_STEM || t->sources != 1)
        return false;
    slot = r->slot + r->source[t->source - 1].slot;
    word = r->target + slot->word->raw->slot;
    if (word->sources != 1)
        return false;
    *place = word->place;
    if (place->flags & TERM_POSITIONS) {
        place->flags &= ~(uint32_t)TERM_POSITIONS;
        if (!(place->flags & TERM_INLINE))
            place->flags |= TERM_SHARED;
    }
    return true;
}

static enum morgue_status
write_list(struct run *r, struct list_writer *w, struct target *t,
           struct morgue_error *err)
{
    const note *from = NULL;
    size_t n = 0;

    if (shares(r, t, &t->place))
        return MORGUE_OK;
    if (t->kind != KIND_OTHER)
        from = gather(r, t, &n);
    switch (t->kind) {
    case KIND_WORD:
        list_notes(w, from, n, r->title_end, true, false);
        break;
    case KIND_BOUNDARY:
        list_boundary(w, from, n);
        break;
    case KIND_STEM:
        list_notes(w, from, n, r->title_end, false, false);
        break;
    case KIND_TITLE:
        list_notes(w, from, n, r->title_end, true, true);
        break;
    case KIND_TITLE_STEM:
        list_notes(w, from, n, r->title_end, false, true);
        break;
    case KIND_OTHER:
        list_other(w, r, t);
        break;
    }
    return list_end(w, &t->place, err);
}

/* ---- the dictionary ----------------------------------------------------- */

/* Two articles with one id or address have its term from two lexemes: make it
 * one. */
static void
join_equals(struct run *r)
{
    size_t n = 0;

    for (size_t i = 0; i < r->target_n; i++) {
        struct target *t = r->target + r->order[i].slot, *last;
        struct source *s;

        if (n == 0 ||
            term_order_compare(r->order + n - 1, r->order + i) != 0) {
            r->order[n++] = r->order[i];
            continue;
        }
        last = r->target + r->order[n - 1].slot;
        for (s = r->source + t->source - 1; s->next;)
            s = r->source + s->next - 1;
        s->next = last->source;
        last->source = t->source;
        last->sources += t->sources;
    }
    r->order_n = n;
}

static enum morgue_status
sort_terms(struct run *r, struct morgue_error *err)
{
    r->order_room = large_alloc((r->target_n * 2 + 1) * sizeof *r->order);
    if (!r->order_room)
        return error_nomem(err);
    for (size_t i = 0; i < r->target_n; i++)
        r->order_room[i] = term_order_of(r->target[i].lexeme, (uint32_t)i);
    r->order =
        term_sort(r->order_room, r->order_room + r->target_n, r->target_n);
    join_equals(r);
    return MORGUE_OK;
}

/* The lists of words, for stems may share them; then those of what is made of
 * words.  Both in the dictionary's order, so that it tells in a byte or two
 * where each is. */
static enum morgue_status
write_word_lists(struct run *r, struct builder *b, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (int words = 1; words >= 0; words--)
        for (size_t i = 0; i < r->order_n && !st; i++) {
            struct target *t = r->target + r->order[i].slot;

            if (t->kind != KIND_OTHER && (t->kind == KIND_WORD) == words)
                st = write_list(r, &b->lists, t, err);
        }
    return st;
}

/* The words that became the stem. */
static enum morgue_status
write_stem_words(struct run *r, struct builder *b, const struct target *t,
                 struct morgue_error *err)
{
    size_t n = 0;

    for (uint32_t s = t->source; s; s = r->source[s - 1].next) {
        struct morgue_str *word =
            list_grown(r->word, &r->word_cap, n + 1, sizeof *word);
        const struct lexeme *raw;

        if (!word)
            return error_nomem(err);
        raw = r->slot[r->source[s - 1].slot].word->raw;
        r->word = word;
        word[n++] = str_slice(raw->s, raw->len);
    }
    return builder_stem_words(b, r->word, n, err);
}

/* The dictionary, and the lists of the other terms. */
static enum morgue_status
write_terms(struct run *r, struct builder *b, struct morgue_error *err)
{
    enum { AHEAD = 8 };
    enum morgue_status st = sort_terms(r, err);

    if (!st)
        st = write_word_lists(r, b, err);
    for (size_t i = 0; i < r->order_n && !st; i++) {
        struct target *t = r->target + r->order[i].slot;

        if (i + AHEAD < r->order_n) {
            const struct term_order *next = r->order + i + AHEAD;

            LEXICON_FETCH(r->target + next->slot);
            LEXICON_FETCH(next->lexeme);
        }
        if (t->kind == KIND_OTHER)
            st = write_list(r, &b->lists, t, err);
        if (!st)
            st = builder_term(b, str_slice(t->lexeme->s, t->lexeme->len),
                              &t->place, err);
        if (!st && t->kind == KIND_STEM)
            st = write_stem_words(r, b, t, err);
    }
    return st;
}

/* ---- writing ------------------------------------------------------------ */

/* Room to merge the notes of the term that has the most. */
static enum morgue_status
make_room(struct run *r, struct morgue_error *err)
{
    size_t most = r->other_n;

    for (size_t i = 0; i < r->target_n; i++) {
        const struct target *t = r->target + i;
        size_t n = 0;

        if (t->kind == KIND_OTHER || t->sources < 2)
            continue;
        for (uint32_t s = t->source; s; s = r->source[s - 1].next) {
            size_t uses;

            (void)notes_of(r, r->source[s - 1].slot, &uses);
            n += uses;
        }
        most = n > most ? n : most;
    }
    r->merged = malloc((most + 1) * sizeof *r->merged);
    r->room = malloc((most + 1) * sizeof *r->room);
    return r->merged && r->room ? MORGUE_OK : error_nomem(err);
}

static enum morgue_status
write_records(struct run *r, struct builder *b,
              const struct run_doc *const *order, struct morgue_error *err)
{
    enum morgue_status st = MORGUE_OK;

    for (size_t i = 0; i < r->doc_n && !st; i++) {
        st = builder_head(b, order[i]->head, err);
        if (!st)
            st = builder_body(b, order[i]->body, err);
    }
    arena_free(&r->records);
    return st;
}

/* A column of what the articles have by themselves. */
static uint64_t
own_value(const struct run_doc *doc, enum segment_column c)
{
    switch (c) {
    case COLUMN_DATE:
        return date_value(doc->date.seconds);
    case COLUMN_ZONE:
        return zone_value(doc->date);
    case COLUMN_LENGTH:
        return doc->length;
    case COLUMN_CODE:
        return length_code(doc->length);
    case COLUMN_HASH:
        return doc->hash;
    case COLUMN_ARRIVAL:
        return doc->arrival;
    case COLUMN_WORDS:
        return doc->words;
    case COLUMN_FIELDS:
        return doc->fields;
    case COLUMN_STORE: /* they were stored in order */
        return 0;
    default:
        return doc->value[c - COLUMN_VALUES];
    }
}

static enum morgue_status
write_columns(struct run *r, struct builder *b,
              const struct run_doc *const *order,
              const struct segment_counts *counts, struct morgue_error *err)
{
    uint32_t n = (uint32_t)r->doc_n;
    uint64_t *value = calloc(r->doc_n + 1, sizeof *value);
    enum morgue_status st = value ? MORGUE_OK : error_nomem(err);

    for (int i = 0; i < COLUMN_N && !st; i++) {
        enum segment_column c = (enum segment_column)i;

        for (size_t k = 0; k < r->doc_n; k++)
            value[k] = own_value(order[k], c);
        if (c == COLUMN_DATE || c == COLUMN_ZONE)
            level_undated(value, counts);
        if (c < COLUMN_VALUES)
            st = builder_column(b, c, value, n, err);
        else
            st = builder_values(b, field_of_column(c),
                                &r->values[c - COLUMN_VALUES], value, n, err);
    }
    free(value);
    return st;
}

static enum morgue_status
write_all(struct run *r, struct builder *b, struct segment_file *out,
          struct morgue_error *err)
{
    const struct run_doc **order = order_docs(r);
    struct segment_counts counts = {.docs = (uint32_t)r->doc_n};
    enum morgue_status st = order ? MORGUE_OK : error_nomem(err);

    for (size_t i = 0; i < r->doc_n; i++) {
        counts.length += r->doc[i].length;
        counts.dated += r->doc[i].date.precision != MORGUE_DATE_NONE;
    }
    if (!st)
        st = deal(r, order, err);
    if (!st)
        st = write_records(r, b, order, err);
    if (!st)
        st = add_targets(r, order, err);
    if (!st)
        st = make_room(r, err);
    b->lists.code = r->code;
    if (!st)
        st = write_terms(r, b, err);
    if (!st)
        st = write_columns(r, b, order, &counts, err);
    if (!st)
        st = builder_finish(b, &counts, &out->size, &out->sum, err);
    out->docs = counts.docs;
    free(order);
    return st;
}

enum morgue_status
run_write(struct run *r, const struct dir *dir, struct segment_file *out,
          struct morgue_error *err)
{
    struct builder *b = NULL;
    enum morgue_status st = builder_new(&b, dir, out->name, TEXT_FAST, err);

    if (!st)
        st = write_all(r, b, out, err);
    builder_free(b, !st);
    return st;
}
