/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * t_expand.c - the terms that a pattern stands for
 *
 * Archives of random words, in several scripts, of both engines, in one and in
 * several segments, with deletions: what engine_expand says of random patterns
 * is what pattern_has says of each of engine_terms.  And pattern_has itself
 * against a table, and edits against the definition.
 */
#include <assert.h>
#include <stdlib.h>

#include "../../common/engine/engine.h"
#include "../../common/segment/engine_segment.h"
#include "../../common/xapian/engine_xapian.h"
#include "../random.h"
#include "scratch.h"

enum { CHARS = 300, TERMS = 60000 };

static uint64_t seed = 20261130;

static uint32_t
below(uint32_t n)
{
    return (uint32_t)(random_next(&seed) % n);
}

/* ---- patterns ----------------------------------------------------------- */

struct drawn {
    struct pattern p;
    uint32_t c[CHARS];
};

/* A pattern from text: * and ? are wildcards where there are no edits. */
static void
read_pattern(struct drawn *d, const char *s, unsigned edits)
{
    const char *end = s + strlen(s);

    d->p = (struct pattern){.c = d->c, .edits = edits};
    while (s < end) {
        uint32_t c;

        s += utf8_decode(s, end, &c, NULL);
        if (edits == 0 && c == '*')
            c = PATTERN_MANY;
        if (edits == 0 && c == '?')
            c = PATTERN_ONE;
        d->c[d->p.n++] = c;
    }
}

static bool
automaton_says(const struct pattern *p, struct morgue_str word)
{
    struct automaton a;

    automaton_init(&a, p);
    return automaton_takes(&a, word);
}

static void
pattern_table(void)
{
    static const struct {
        const char *pattern, *word;
        unsigned edits;
        bool has;
    } row[] = {
        {"", "", 0, true},
        {"", "a", 0, false},
        {"*", "", 0, true},
        {"*", "anything", 0, true},
        {"a*", "a", 0, true},
        {"a*", "ba", 0, false},
        {"*fix", "suffix", 0, true},
        {"*fix", "fix", 0, true},
        {"*fix", "fixed", 0, false},
        {"in*x", "index", 0, true},
        {"in*x", "inx", 0, true},
        {"in*x", "indexes", 0, false},
        {"w?rd", "word", 0, true},
        {"w?rd", "wrd", 0, false},
        {"w?rd", "wooord", 0, false},
        {"?", "ł", 0, true},
        {"??", "ł", 0, false},
        {"*a*b*", "xxabyy", 0, true},
        {"*a*b*", "ba", 0, false},
        {"*ab*ab", "abab", 0, true},
        {"*ab*ab", "aab", 0, false},
        {"**a", "a", 0, true},
        {"?*", "", 0, false},
        {"по*т", "порт", 0, true},
        {"word", "word", 1, true},
        {"word", "wor", 1, true},
        {"word", "words", 1, true},
        {"word", "ford", 1, true},
        {"word", "owrd", 1, true},
        {"word", "wrod", 1, true},
        {"word", "wodr", 1, true},
        {"word", "ord", 1, true},
        {"word", "sword", 1, true},
        {"word", "wo", 1, false},
        {"word", "wo", 2, true},
        {"word", "drow", 2, false},
        {"word", "owdr", 1, false},
        {"word", "owdr", 2, true},
        {"ca", "abc", 2, false}, /* 3: no letter is edited twice */
        {"порт", "прот", 1, true},
        {"порт", "спорта", 1, false},
        {"порт", "спорта", 2, true},
        {"a", "", 1, true},
        {"ab", "", 1, false},
        {"ab", "", 2, true},
        {"ab", "ba", 1, true},
        {"a", "bcd", 2, false},
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        struct drawn d;

        read_pattern(&d, row[i].pattern, row[i].edits);
        test_that(pattern_has(&d.p, str_of(row[i].word)) == row[i].has,
                  __FILE__, __LINE__, "'%s' with %u of '%s'", row[i].word,
                  row[i].edits, row[i].pattern);
        test_that(automaton_says(&d.p, str_of(row[i].word)) == row[i].has,
                  __FILE__, __LINE__, "automaton: '%s' with %u of '%s'",
                  row[i].word, row[i].edits, row[i].pattern);
    }
}

/* The whole table of distances, from the definition. */
static unsigned
distance(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
    unsigned d[20][20];

    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            unsigned best = (unsigned)(i == 0 ? j : i);

            if (i > 0 && j > 0) {
                best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
                best = d[i - 1][j] + 1 < best ? d[i - 1][j] + 1 : best;
                best = d[i][j - 1] + 1 < best ? d[i][j - 1] + 1 : best;
            }
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
                a[i - 2] == b[j - 1] && d[i - 2][j - 2] + 1 < best)
                best = d[i - 2][j - 2] + 1;
            d[i][j] = best;
        }
    return d[n][m];
}

static size_t
draw_short(uint32_t *c, char *s, size_t *len)
{
    static const uint32_t letter[] = {'a', 'b', 'c', 0x43F};
    size_t n = below(9);

    *len = 0;
    for (size_t i = 0; i < n; i++) {
        c[i] = letter[below(4)];
        *len += utf8_encode(c[i], s + *len);
    }
    return n;
}

static void
edits_are_distances(void)
{
    for (int i = 0; i < 50000; i++) {
        uint32_t a[16], b[16];
        char s[64], unused[64];
        size_t len, skipped, n = draw_short(a, unused, &skipped);
        size_t m = draw_short(b, s, &len);
        struct pattern p = {.c = a, .n = n, .edits = 1 + below(2)};
        bool has = distance(a, n, b, m) <= p.edits;

        CHECK(pattern_has(&p, str_slice(s, len)) == has);
        CHECK(automaton_says(&p, str_slice(s, len)) == has);
    }
}

/* ---- archives ----------------------------------------------------------- */

static const struct alphabet {
    uint32_t from;
    unsigned n, longest;
} alphabet[] = {
    {'a', 6, 9},     {'a', 26, 6},   {'a', 3, 30},    {'0', 10, 5},
    {0x3B1, 8, 7},   {0x430, 12, 8}, {0x4E00, 9, 3},  {0x5D0, 10, 5},
    {0x10300, 5, 6}, {'a', 4, 3},    {0xAC00, 20, 4},
};

/* A word, of which some begin, or end, as others do. */
static size_t
draw_word(char *out, size_t room)
{
    static const char *const end[] = {"ation", "ing", "s", "ский", "ς"};
    const struct alphabet *a =
        alphabet + below(sizeof alphabet / sizeof *alphabet);
    size_t n = 1 + below(a->longest), len = 0;

    for (size_t i = 0; i < n && len + 20 < room; i++)
        len += utf8_encode(a->from + below(1 + below(a->n)), out + len);
    if (below(4) == 0) {
        const char *more = end[below(5)];

        memcpy(out + len, more, strlen(more));
        len += strlen(more);
    }
    return len;
}

static void
add_words(struct buf *b, unsigned n)
{
    char word[200];

    for (unsigned i = 0; i < n; i++) {
        buf_add(b, word, draw_word(word, sizeof word));
        buf_char(b, ' ');
    }
}

static void
add_article(morgue_update *u, unsigned id, unsigned words)
{
    struct morgue_article a = MORGUE_ARTICLE_INIT;
    struct buf title, body, author, topics;
    char name[20];

    buf_init(&title, 1 << 20);
    buf_init(&body, 1 << 20);
    buf_init(&author, 1 << 20);
    buf_init(&topics, 1 << 20);
    add_words(&title, 4);
    add_words(&body, words);
    add_words(&author, 2);
    add_words(&topics, 2);
    snprintf(name, sizeof name, "%s%u", id % 2 ? "id" : "ID", id);
    a.id = str_of(name);
    a.title = buf_view(&title);
    a.body = buf_view(&body);
    a.author = buf_view(&author);
    a.topics = buf_view(&topics);
    a.section = id % 3 ? STR("World News") : STR("Sport");
    a.source = id % 2 ? STR("bbc one") : STR("BBC 2");
    a.lang = id % 3 ? STR("en") : STR("de");
    CHECK_INT(morgue_update_add(u, &a, NULL), MORGUE_OK);
    buf_free(&title);
    buf_free(&body);
    buf_free(&author);
    buf_free(&topics);
}

/* `rounds` updates; each but the first writes articles of the one before
 * anew, and deletes some. */
static void
make_archive(const char *path, const char *engine, unsigned rounds,
             unsigned words)
{
    enum { ARTICLES = 40 };

    for (unsigned r = 0; r < rounds; r++) {
        struct morgue_update_options o = MORGUE_UPDATE_INIT;
        morgue_update *u = NULL;

        o.threads = 1;
        o.engine = engine;
        CHECK_INT(morgue_update_open(&u, path, &o, NULL), MORGUE_OK);
        for (unsigned i = 0; i < ARTICLES; i++)
            add_article(u, r * ARTICLES * 2 / 3 + i, words);
        for (unsigned i = 0; r > 0 && i < 5; i++) {
            char name[20];

            snprintf(name, sizeof name, "%s%u", (i * 7 + r) % 2 ? "id" : "ID",
                     i * 7 + r);
            CHECK_INT(morgue_update_remove(u, name, NULL, NULL), MORGUE_OK);
        }
        CHECK_INT(morgue_update_commit(u, NULL, NULL), MORGUE_OK);
        morgue_update_close(u);
    }
}

struct terms {
    struct expansion *v;
    size_t n;
    struct arena arena;
};

static struct terms terms;

static bool
note_term(struct morgue_str term, uint64_t articles, void *payload)
{
    (void)payload;
    assert(terms.n < TERMS);
    if (!arena_str(&terms.arena, term, &terms.v[terms.n].term))
        abort();
    terms.v[terms.n++].articles = articles;
    return true;
}

struct opened {
    struct dir dir;
    struct engine_reader *reader;
};

static void
open_archive(struct opened *o, const char *path, const struct engine *engine)
{
    CHECK_INT(dir_open(&o->dir, path, NULL), MORGUE_OK);
    CHECK_INT(engine_reader_open(&o->reader, engine, &o->dir, NULL),
              MORGUE_OK);
    arena_reset(&terms.arena);
    terms.n = 0;
    CHECK_INT(engine_terms(o->reader, STR(""), note_term, NULL, NULL),
              MORGUE_OK);
    CHECK(terms.n > 1000);
}

static void
close_archive(struct opened *o)
{
    engine_reader_close(o->reader);
    dir_close(&o->dir);
}

/* ---- what is asked ------------------------------------------------------ */

static const char *const prefixes[] = {"",     "",  "",    "",    "S",   "A",
                                       "XT",   "Z", "XS:", "XO:", "XP",  "X",
                                       "Zen:", "L", "Q",   "ZS",  "none"};

static size_t
characters_of(uint32_t *c, struct morgue_str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.len && n < CHARS; n++)
        at += utf8_decode(s.s + at, s.s + s.len, &c[n], NULL);
    return n;
}

/* A word of the archive, or what follows a prefix. */
static size_t
draw_from(uint32_t *c, struct morgue_str prefix)
{
    for (int i = 0; i < 200; i++) {
        struct morgue_str t = terms.v[below((uint32_t)terms.n)].term;

        if (t.len > prefix.len && str_starts(t, prefix))
            return characters_of(
                c, str_slice(t.s + prefix.len, t.len - prefix.len));
    }
    c[0] = 'a';
    return 1;
}

static void
draw_wildcards(struct drawn *d, struct morgue_str prefix)
{
    uint32_t c[CHARS];
    size_t n = draw_from(c, prefix), from = 0, to = n;

    d->p = (struct pattern){.c = d->c};
    if (below(2)) { /* a piece of it */
        from = below((uint32_t)n);
        to = from + below((uint32_t)(n - from + 1));
        if (below(4))
            d->c[d->p.n++] = PATTERN_MANY;
    }
    for (size_t i = from; i < to; i++) {
        uint32_t what = below(14);

        if (what == 0)
            d->c[d->p.n++] = PATTERN_ONE;
        else if (what == 1)
            d->c[d->p.n++] = PATTERN_MANY;
        else
            d->c[d->p.n++] = c[i];
    }
    if (below(3) == 0)
        d->c[d->p.n++] = PATTERN_MANY;
}

static void
draw_edits(struct drawn *d, struct morgue_str prefix)
{
    uint32_t c[CHARS], other[CHARS];
    size_t n = draw_from(c, prefix), others = draw_from(other, prefix);

    d->p = (struct pattern){.c = d->c, .edits = 1 + below(2)};
    for (size_t i = 0; i < n; i++) {
        uint32_t what = below((uint32_t)n + 4);

        if (what == 0)
            continue;
        if (what == 1)
            d->c[d->p.n++] = other[below((uint32_t)others)];
        if (what == 2 && i + 1 < n) {
            d->c[d->p.n++] = c[i + 1];
            d->c[d->p.n++] = c[i++];
        } else {
            d->c[d->p.n++] = what == 3 ? other[0] : c[i];
        }
    }
}

static bool
counts(struct morgue_str term, struct morgue_str prefix,
       const struct pattern *p)
{
    char last = prefix.len > 0 ? prefix.s[prefix.len - 1] : 'X';
    bool capital = last >= 'A' && last <= 'Z' && !strchr("QUH", last);
    struct morgue_str rest;

    if (!str_starts(term, prefix))
        return false;
    rest = str_slice(term.s + prefix.len, term.len - prefix.len);
    if (capital && rest.len > 0 && rest.s[0] >= 'A' && rest.s[0] <= 'Z')
        return false;
    return pattern_has(p, rest);
}

static int
most_first(const void *a, const void *b)
{
    const struct expansion *x = a, *y = b;

    if (x->articles != y->articles)
        return x->articles < y->articles ? 1 : -1;
    return str_compare(x->term, y->term);
}

static size_t found; /* terms, in all */

static void
ask(struct engine_reader *r, struct morgue_str prefix, const struct pattern *p,
    size_t max)
{
    static struct expansion right[TERMS];
    struct expansions got;
    struct arena arena;
    size_t n = 0;
    bool same;

    for (size_t i = 0; i < terms.n; i++)
        if (counts(terms.v[i].term, prefix, p))
            right[n++] = terms.v[i];
    qsort(right, n, sizeof *right, most_first);
    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(engine_expand(&got, r, &arena, prefix, p, max, NULL, NULL),
              MORGUE_OK);
    found += got.n;
    same = got.all == n && got.n == (n < max ? n : max);
    for (size_t i = 0; same && i < got.n; i++)
        same = got.v[i].articles == right[i].articles &&
               str_eq(got.v[i].term, right[i].term);
    test_that(same, __FILE__, __LINE__,
              "prefix '%s', %u edits, %zu characters: %zu of %llu, not %zu",
              prefix.s, p->edits, p->n, got.n, (unsigned long long)got.all, n);
    arena_free(&arena);
}

static void
ask_many(struct engine_reader *r, int n)
{
    static const size_t most[] = {SIZE_MAX, 1000, 100, 7, 1, 0};

    found = 0;
    for (int i = 0; i < n; i++) {
        struct morgue_str prefix =
            str_of(prefixes[below(sizeof prefixes / sizeof *prefixes)]);
        struct drawn d;

        if (below(2))
            draw_wildcards(&d, prefix);
        else
            draw_edits(&d, prefix);
        ask(r, prefix, &d.p, most[below(6)]);
    }
    CHECK(found > (size_t)n);
}

static void
ask_frequencies(struct engine_reader *r)
{
    uint64_t articles;

    for (int i = 0; i < 500; i++) {
        const struct expansion *e = terms.v + below((uint32_t)terms.n);

        CHECK_INT(engine_frequency(&articles, r, e->term, NULL), MORGUE_OK);
        CHECK_INT(articles, e->articles);
    }
    CHECK_INT(engine_frequency(&articles, r, STR("no such term"), NULL),
              MORGUE_OK);
    CHECK_INT(articles, 0);
}

/* ---- cases -------------------------------------------------------------- */

static char path[200];
static const struct engine *engine;

static void
compact(void)
{
    CHECK_INT(morgue_compact(path, NULL), MORGUE_OK);
}

static void
expands(unsigned rounds, unsigned words, bool compacted)
{
    struct opened o;

    if (!scratch_make(path, sizeof path, "expand"))
        return;
    make_archive(path, engine->name, rounds, words);
    if (compacted)
        compact();
    CHECK_INT(morgue_check(path, NULL, NULL, NULL), MORGUE_OK);
    open_archive(&o, path, engine);
    ask_many(o.reader, 1000);
    ask_frequencies(o.reader);
    close_archive(&o);
    CHECK(scratch_drop(path));
}

static void
in_one_segment(void)
{
    expands(1, 900, false);
}

static void
in_segments_with_deletions(void)
{
    expands(5, 250, false);
}

static void
when_compacted(void)
{
    expands(4, 250, true);
}

static void
with_few_words(void)
{
    expands(2, 12, false);
}

static const struct pattern everything = {
    .c = (const uint32_t[]){PATTERN_MANY}, .n = 1};

/* A deadline that is over, and an interrupt. */
static void
ends_early(void)
{
    struct stop late = {.deadline = 0}, raised = STOP_NEVER;
    morgue_interrupt *i = NULL;
    struct morgue_error err;
    struct expansions got;
    struct arena arena;
    struct opened o;

    CHECK_INT(morgue_interrupt_new(&i, NULL), MORGUE_OK);
    if (!scratch_make(path, sizeof path, "expand"))
        return;
    make_archive(path, engine->name, 1, 1500);
    open_archive(&o, path, engine);
    arena_init(&arena, SIZE_MAX / 2);
    CHECK_INT(engine_expand(&got, o.reader, &arena, STR(""), &everything, 10,
                            &late, &err),
              MORGUE_OK);
    CHECK(late.timed_out && got.all < terms.n);
    raised.raise = i;
    morgue_interrupt_raise(i);
    CHECK_INT(engine_expand(&got, o.reader, &arena, STR(""), &everything, 10,
                            &raised, &err),
              MORGUE_INTERRUPTED);
    arena_free(&arena);
    close_archive(&o);
    morgue_interrupt_free(i);
    CHECK(scratch_drop(path));
}

/* Every allocation of a call fails in turn: arenas have ever more room. */
static void
without_memory(void)
{
    const uint32_t c[] = {PATTERN_MANY, 'i', 'n', 'g'};
    const struct pattern p = {.c = c, .n = 4};
    unsigned failed = 0;
    struct opened o;

    if (!scratch_make(path, sizeof path, "expand"))
        return;
    make_archive(path, engine->name, 3, 400);
    open_archive(&o, path, engine);
    for (size_t room = 0; room < 2000000; room += 10000) {
        struct sg_reader *r = (struct sg_reader *)o.reader;
        struct expansions got;
        struct arena arena;
        enum morgue_status st;

        arena_init(&arena, room);
        if (engine == &engine_segment) {
            arena_free(&r->scratch);
            arena_init(&r->scratch, room);
        }
        st = engine_expand(&got, o.reader, &arena, STR(""), &p, SIZE_MAX, NULL,
                           NULL);
        CHECK(st == MORGUE_OK || st == MORGUE_NOMEM);
        failed += st == MORGUE_NOMEM;
        arena_free(&arena);
    }
    CHECK(failed > 1 && failed < 200);
    ask(o.reader, STR(""), &p, SIZE_MAX);
    close_archive(&o);
    CHECK(scratch_drop(path));
}

static void
run_on(const struct engine *e)
{
    engine = e;
    RUN_ON(e->name, in_one_segment);
    RUN_ON(e->name, in_segments_with_deletions);
    RUN_ON(e->name, when_compacted);
    RUN_ON(e->name, with_few_words);
    RUN_ON(e->name, ends_early);
    RUN_ON(e->name, without_memory);
}

int
main(void)
{
    terms.v = calloc(TERMS, sizeof *terms.v);
    arena_init(&terms.arena, SIZE_MAX / 2);
    if (!terms.v)
        return 1;
    RUN(pattern_table);
    RUN(edits_are_distances);
    run_on(&engine_segment);
    run_on(&engine_xapian);
    arena_free(&terms.arena);
    free(terms.v);
    return test_end();
}
