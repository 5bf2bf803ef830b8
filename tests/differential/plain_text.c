/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * plain_text.c - stored articles into who has which term, and where
 *
 * What the table in terms.h says, read field by field and word by word.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../common/base/hash.h"
#include "../../common/engine/id_term.h"
#include "../../common/text/sentence.h"
#include "plain.h"

/* ---- terms -------------------------------------------------------------- */

/* `list` with room for one more; NULL when out of memory. */
static void *
grown(struct arena *a, void *list, size_t n, size_t *cap, size_t size)
{
    void *more;

    if (n < *cap)
        return list;
    *cap = *cap ? 2 * *cap : 2;
    more = arena_zero(a, *cap, size);
    if (more && n > 0)
        memcpy(more, list, n * size);
    return more;
}

static size_t
cell_of(const struct plain *p, struct morgue_str s)
{
    size_t i = (size_t)(hash64(s.s, s.len) % p->table_size);

    while (p->table[i] && !str_eq(p->table[i]->s, s))
        i = (i + 1) % p->table_size;
    return i;
}

const struct plain_term *
plain_find(const struct plain *p, struct morgue_str s)
{
    return p->table[cell_of(p, s)];
}

static bool
widen(struct plain *p)
{
    struct plain_term **old = p->table;
    size_t n = p->table_size;

    p->table_size = n ? 2 * n : 1 << 14;
    p->table = calloc(p->table_size, sizeof(struct plain_term *));
    for (size_t i = 0; p->table && i < n; i++)
        if (old[i])
            p->table[cell_of(p, old[i]->s)] = old[i];
    free(old);
    return p->table != NULL;
}

static struct plain_term *
find_or_make(struct plain *p, struct morgue_str s)
{
    size_t i = cell_of(p, s);
    struct plain_term *t = p->table[i];

    if (t)
        return t;
    t = arena_zero(&p->arena, 1, sizeof *t);
    if (!t || !arena_str(&p->arena, s, &t->s))
        return NULL;
    p->table[i] = t;
    p->terms++;
    return 2 * p->terms < p->table_size || widen(p) ? t : NULL;
}

/* ---- an article --------------------------------------------------------- */

struct reading {
    struct plain *p;
    struct session *m; /* for its tokenizer and stemmer */
    uint32_t number;
    struct plain_article *article;
    int lang;
    char code[LANG_MAX];
    const char *space; /* of its stems: "en" */
};

/* The article has `prefix` and `s` as a term, `wdf` times more, at `spot` if
 * that is not NULL.  NULL when out of memory. */
static struct plain_term *
add(struct reading *r, const char *prefix, struct morgue_str s, uint32_t wdf,
    const struct spot *spot)
{
    struct arena *a = &r->p->arena;
    char name[TERM_MAX + 1];
    int len = snprintf(name, sizeof name, "%s%.*s", prefix, (int)s.len, s.s);
    struct plain_term *t = find_or_make(r->p, str_slice(name, (size_t)len));
    struct holder *h;

    if (!t)
        return NULL;
    if (t->n == 0 || t->holder[t->n - 1].article != r->number) {
        t->holder = grown(a, t->holder, t->n, &t->cap, sizeof *t->holder);
        if (!t->holder)
            return NULL;
        t->holder[t->n++] = (struct holder){.article = r->number};
    }
    h = &t->holder[t->n - 1];
    h->wdf += wdf;
    r->article->length += wdf;
    if (!spot || (h->n > 0 && h->spot[h->n - 1].area == spot->area &&
                  h->spot[h->n - 1].position == spot->position))
        return t;
    h->spot = grown(a, h->spot, h->n, &h->cap, sizeof *h->spot);
    if (!h->spot)
        return NULL;
    h->spot[h->n++] = *spot;
    return t;
}

/* `stem` is the stem of `word`. */
static bool
is_stem_of(struct reading *r, struct plain_term *stem, struct plain_term *word)
{
    for (size_t i = 0; i < stem->word_n; i++)
        if (stem->word[i] == word)
            return true;
    stem->word = grown(&r->p->arena, stem->word, stem->word_n, &stem->word_cap,
                       sizeof(struct plain_term *));
    if (stem->word)
        stem->word[stem->word_n++] = word;
    return stem->word != NULL;
}

/* The word that a plural has for its singular's stem (term.h). */
static struct plain_term *
add_singular(struct reading *r, const char *prefix, const struct token *tok,
             uint32_t wdf, const struct spot *spot)
{
    char whole[16];

    snprintf(whole, sizeof whole, "%sXN:", prefix);
    return add(r, whole, str_slice(tok->s, tok->len - 1), wdf, spot);
}

/* A word under a prefix, with its stems. */
static bool
add_stemmed(struct reading *r, const char *prefix, const struct token *tok,
            uint32_t wdf, const struct spot *spot)
{
    char space[32];
    struct stems stems = {0};
    struct plain_term *word =
        add(r, prefix, str_slice(tok->s, tok->len), wdf, spot);

    if (!word)
        return false;
    if (tok->flags & TOKEN_NGRAM)
        return true;
    if (stemmer_stem(&stems, r->m->stemmer, r->lang, tok, NULL))
        return false;
    snprintf(space, sizeof space, "Z%s%s:", prefix, r->space);
    for (size_t i = 0; i < stems.n; i++) {
        struct plain_term *stem = add(r, space, stems.stem[i], wdf, NULL);

        if (i == 1 && (tok->flags & TOKEN_PLURAL))
            word = add_singular(r, prefix, tok, wdf, spot);
        if (!stem || !word || !is_stem_of(r, stem, word))
            return false;
    }
    return true;
}

static bool
add_word(struct reading *r, enum field field, const struct token *tok,
         const struct spot *spot)
{
    struct morgue_str s = str_slice(tok->s, tok->len);

    switch (field) {
    case FIELD_TITLE:
        return add_stemmed(r, "", tok, 3, spot) &&
               add_stemmed(r, "S", tok, 1, spot);
    case FIELD_AUTHOR:
        return add(r, "A", s, 1, spot) != NULL;
    case FIELD_PLACE:
        return add(r, "XP", s, 1, spot) != NULL;
    case FIELD_TOPICS:
        return add(r, "XT", s, 1, spot) != NULL;
    default: /* dateline and body */
        return add_stemmed(r, "", tok, 1, spot);
    }
}

/* ---- sentences ---------------------------------------------------------- */

struct start {
    size_t at;
    bool paragraph;
};

/* Where the sentences of a body begin; all else is one. */
static struct start *
find_starts(struct reading *r, enum field field, struct morgue_str text,
            size_t *n)
{
    struct start *list = NULL, one = {0, true};
    struct sentence_scan scan;
    size_t cap = 0;

    *n = 0;
    sentence_scan_init(&scan, tokenizer_fold(r->m->tokenizer), text, r->code);
    while (field == FIELD_BODY ? sentence_next(&scan, &one.at, &one.paragraph)
                               : *n == 0) {
        list = grown(&r->p->arena, list, *n, &cap, sizeof *list);
        if (!list)
            return NULL;
        list[(*n)++] = one;
    }
    return list;
}

/* The next position of an area: with a word that begins at `at`. */
static bool
add_position(struct reading *r, struct area *a, const struct start *start,
             size_t n, size_t at)
{
    size_t cap = a->cap, same = a->cap;
    uint32_t sentence = 0, paragraph = 0;

    for (size_t i = 0; i < n && start[i].at <= at; i++) {
        sentence++;
        paragraph += start[i].paragraph;
    }
    a->sentence =
        grown(&r->p->arena, a->sentence, a->n, &cap, sizeof *a->sentence);
    a->paragraph =
        grown(&r->p->arena, a->paragraph, a->n, &same, sizeof *a->paragraph);
    a->cap = cap;
    if (!a->sentence || !a->paragraph)
        return false;
    a->sentence[a->n] = sentence;
    a->paragraph[a->n++] = paragraph;
    return true;
}

/* The marks at the position that an area has got last. */
static bool
add_marks(struct reading *r, const struct area *a)
{
    size_t i = a->n - 1;
    struct spot spot = {(uint32_t)(a - r->article->area), (uint32_t)i};

    if (a->field != FIELD_TITLE && a->field != FIELD_DATELINE &&
        a->field != FIELD_BODY)
        return true;
    if (i == 0 && a->field == FIELD_DATELINE &&
        !add(r, "XM:", STR("d"), 0, &spot))
        return false;
    if (i == 0 && a->field == FIELD_BODY && !add(r, "XM:", STR("b"), 0, &spot))
        return false;
    if ((i == 0 || a->paragraph[i] != a->paragraph[i - 1]) &&
        !add(r, "XM:", STR("p"), 0, &spot))
        return false;
    return (i > 0 && a->sentence[i] == a->sentence[i - 1]) ||
           add(r, "XM:", STR("s"), 0, &spot);
}

/* ---- fields ------------------------------------------------------------- */

static bool
add_text(struct reading *r, enum field field, struct morgue_str text)
{
    struct plain_article *art = r->article;
    const struct token *tok;
    size_t n;
    struct start *start = find_starts(r, field, text, &n);
    struct area *a;

    art->area = grown(&r->p->arena, art->area, art->n, &art->cap, sizeof *a);
    if (!art->area || (n > 0 && !start))
        return false;
    a = &art->area[art->n];
    *a = (struct area){.field = field};
    tokenizer_start(r->m->tokenizer, text, TOKEN_DOCUMENT);
    while ((tok = tokenizer_next(r->m->tokenizer)) != NULL) {
        struct spot spot = {(uint32_t)art->n, tok->position};

        if (tok->position == a->n &&
            (!add_position(r, a, start, n, tok->start) || !add_marks(r, a)))
            return false;
        if (tok->position >= a->n)
            return complain("positions of '%s' have a gap", tok->s);
        if (!add_word(r, field, tok, &spot))
            return false;
    }
    art->n++;
    return true;
}

static bool
add_lines(struct reading *r, enum field field, struct morgue_str text)
{
    struct morgue_str line;
    bool good = true;

    while (good && str_line(&text, &line))
        good = add_text(r, field, line);
    return good;
}

static bool
add_value(struct reading *r, const char *prefix, struct morgue_str value)
{
    char s[FOLD_VALUE_MAX];
    size_t n = fold_value(s, tokenizer_fold(r->m->tokenizer), value);

    return n == 0 || add(r, prefix, str_slice(s, n), 0, NULL);
}

/* A host, and what of it begins behind a dot and has one. */
static bool
add_hosts(struct reading *r, struct morgue_str host)
{
    bool good = add(r, "H", host, 0, NULL) != NULL;

    for (size_t i = 0; i < host.len && good; i++) {
        struct morgue_str rest = str_slice(host.s + i + 1, host.len - i - 1);

        if (host.s[i] == '.' && str_find(rest, 0, STR(".")) < rest.len)
            good = add(r, "H", rest, 0, NULL) != NULL;
    }
    return good;
}

/* An address as the world has them (archives.c), which are short enough for
 * `s`: its host in small letters; of a long one the end as a hash. */
static bool
add_address(struct reading *r, struct morgue_str url)
{
    char s[2 * TERM_MAX];
    struct morgue_str rest = str_trim(url), at = rest;
    size_t n = str_find(rest, 0, STR("://")), host = 0, len;
    struct hash128 h;

    rest.len = str_find(rest, 0, STR("#"));
    if (n < rest.len)
        at = rest = str_slice(rest.s + n + 3, rest.len - n - 3);
    n = str_find(rest, 0, STR("@"));
    if (n < rest.len)
        at = str_slice(rest.s + n + 1, rest.len - n - 1);
    if (str_starts(at, STR("www.")))
        at = str_slice(at.s + 4, at.len - 4);
    if (at.len >= sizeof s)
        return complain("plain: an address of %zu bytes", at.len);
    for (len = 0; len < at.len; len++)
        s[len] = at.s[len];
    if (!str_starts(at, STR("urn:")))
        for (; host < len && s[host] != '/' && s[host] != ':'; host++)
            s[host] = to_lower(s[host]);
    if (host > 0 && !add_hosts(r, str_slice(s, host)))
        return false;
    while (len > 0 && s[len - 1] == '/')
        len--;
    if (len > 193) {
        h = hash128(s + 160, len - 160);
        len = 160 + (size_t)snprintf(
                        s + 160, sizeof s - 160, "#%016llx%016llx",
                        (unsigned long long)h.high, (unsigned long long)h.low);
    }
    return len == 0 || add(r, "U", str_slice(s, len), 0, NULL);
}

/* The term that names it. */
static bool
add_id(struct reading *r, struct morgue_str id)
{
    struct id_term t = id_term(id);

    return add(r, "", str_slice(t.s, t.len), 0, NULL) != NULL;
}

static bool
keep_values(struct reading *r, const struct morgue_article *a)
{
    bool good = true;

    for (int f = 0; f < FIELD_N; f++)
        r->article->has[f] = str_trim(record_get(a, (enum field)f)).len > 0;
    for (int i = 0; i < FIELD_VALUES_N && good; i++)
        good = arena_str(&r->p->arena,
                         record_get(a, (enum field)(FIELD_VALUES + i)),
                         &r->article->value[i]);
    return good;
}

static bool
add_article(struct reading *r, const struct morgue_article *a)
{
    r->lang = stem_find(a->lang);
    r->space = r->lang == STEM_NONE ? "" : stem_language((size_t)r->lang);
    stem_code(r->code, a->lang);
    return add_text(r, FIELD_TITLE, a->title) &&
           add_text(r, FIELD_DATELINE, a->dateline) &&
           add_text(r, FIELD_BODY, a->body) &&
           add_lines(r, FIELD_AUTHOR, a->author) &&
           add_lines(r, FIELD_PLACE, a->place) &&
           add_lines(r, FIELD_TOPICS, a->topics) &&
           add_value(r, "XS:", a->section) && add_value(r, "XO:", a->source) &&
           add_value(r, "XE:", a->embargo) && add_address(r, a->url) &&
           (!*r->code || add(r, "L", str_of(r->code), 0, NULL)) &&
           add_id(r, a->id) && keep_values(r, a);
}

/* ---- a state ------------------------------------------------------------ */

static bool
read_all(struct plain *p)
{
    const struct facts *f = p->facts;
    struct session *m = f->pair->s[0];
    struct arena text;
    double length = 0;
    bool good = true;

    arena_init(&text, SIZE_MAX / 2);
    for (size_t i = 0; i < f->n && good; i++) {
        struct reading r = {
            .p = p, .m = m, .number = (uint32_t)i, .article = &p->article[i]};
        struct morgue_article a;

        arena_reset(&text);
        good = !engine_article(&a, m->reader, &text, f->article[i].number[0],
                               true, NULL) &&
               add_article(&r, &a);
        length += (double)p->article[i].length;
    }
    arena_free(&text);
    p->mean_length = f->n > 0 ? length / (double)f->n : 0;
    return good || complain("plain: cannot read the articles");
}

/* Whether the engines count the same. */
static bool
statistics_agree(const struct plain *p)
{
    const struct facts *f = p->facts;
    struct engine_counts c;

    for (size_t i = 0; i < f->term_n; i++) {
        const struct plain_term *t = plain_find(p, f->term[i].s);

        if (!t || t->n != f->term[i].articles)
            return complain("plain: %zu articles have '%s', of %llu",
                            t ? t->n : 0, f->term[i].s.s,
                            (unsigned long long)f->term[i].articles);
    }
    if (f->term_n + f->n != p->terms) /* and each article's name */
        return complain("plain: %zu terms, of %zu", p->terms - f->n,
                        f->term_n);
    if (engine_counts(&c, f->pair->s[0]->reader, NULL) ||
        fabs(c.mean_length - p->mean_length) > 1e-9 * p->mean_length)
        return complain("plain: a mean length of %.17g, and not %.17g",
                        p->mean_length, c.mean_length);
    return true;
}

/* The `i`th of the lines that are not empty. */
static bool
line_at(struct morgue_str *out, struct morgue_str text, size_t i)
{
    while (str_line(&text, out))
        if (out->len > 0 && i-- == 0)
            return true;
    return false;
}

bool
plain_value(struct morgue_str *out, const struct plain *p, size_t article,
            enum field f, size_t i)
{
    struct morgue_str text = p->article[article].value[f - FIELD_VALUES];
    struct morgue_str before;

    for (size_t line = 0; line_at(out, text, line); line++) {
        size_t k = 0;

        while (k < line && line_at(&before, text, k) && !str_eq(before, *out))
            k++;
        if (k == line && i-- == 0)
            return true;
    }
    return false;
}

bool
plain_read(struct plain **out, const struct facts *f)
{
    struct plain *p = *out = calloc(1, sizeof *p);

    if (!p)
        return complain("out of memory");
    p->facts = f;
    arena_init(&p->arena, SIZE_MAX / 2);
    p->article = arena_zero(&p->arena, f->n + 1, sizeof *p->article);
    return p->article && widen(p) && read_all(p) && statistics_agree(p);
}

void
plain_free(struct plain *p)
{
    if (!p)
        return;
    free(p->table);
    arena_free(&p->arena);
    free(p);
}
